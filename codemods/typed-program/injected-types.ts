import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { isTestFile } from '../rewriting/is-test-file';

/** What stands for a dependency: a text, or the symbol of a constant. */
type Token = string | ts.Symbol;

type Target = ts.ParameterDeclaration | ts.PropertyDeclaration;

const propertyOf = (object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined => {
  const property = object.properties.find((each) => each.name?.getText() === name);
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
};

const methodOf = ({ expression }: ts.CallExpression): string =>
  ts.isPropertyAccessExpression(expression) ? expression.name.text : '';

/**
 * Follows dependencies through a container: `{ provide: TOKEN, useFactory }` and `@Inject(TOKEN)` of Nest, `bind(TOKEN)` and
 * `@inject(TOKEN)` of inversify, `register(TOKEN, { useFactory })` of tsyringe, `set(TOKEN, value)` of typedi.
 */
export class InjectedTypes {
  private readonly given = new Map<Token, (ts.Type | undefined)[]>();
  private readonly asked: { readonly token: Token; readonly target: Target }[] = [];

  constructor(private readonly checker: ts.TypeChecker) {}

  collect(node: ts.Node): void {
    if (ts.isObjectLiteralExpression(node)) {
      const provided = propertyOf(node, 'provide');
      if (provided !== undefined) this.give(provided, node);
    } else if (ts.isCallExpression(node)) this.collectCall(node);
    else if (ts.isParameter(node) || ts.isPropertyDeclaration(node)) this.ask(node);
  }

  /** Where every provider of a token gives the same thing of legacy: what asks for it, and its type. */
  found(): { readonly target: Target; readonly type: ts.Type }[] {
    return this.asked.flatMap(({ token, target }) => {
      const types = this.given.get(token) ?? [];
      const [type] = types;
      const kinds = new Set(types.map((each) => (each === undefined ? undefined : this.checker.typeToString(each))));
      return type === undefined || kinds.size > 1 ? [] : [{ target, type }];
    });
  }

  private collectCall(call: ts.CallExpression): void {
    const [first, second] = call.arguments;
    const method = methodOf(call);
    if (/^(?:register|registerInstance|set)$/.test(method) && first !== undefined && second !== undefined) {
      if (ts.isObjectLiteralExpression(second)) this.give(first, second);
      else this.note(first, this.legacyOf(second));
    }
    if (!/^to(?:ConstantValue|DynamicValue)$/.test(method) || first === undefined) return;
    const bound = (call.expression as ts.PropertyAccessExpression).expression;
    const token = ts.isCallExpression(bound) && methodOf(bound) === 'bind' ? bound.arguments[0] : undefined;
    if (token === undefined) return;
    this.note(token, method === 'toConstantValue' ? this.legacyOf(first) : this.returnedBy(first));
  }

  private give(token: ts.Expression, provider: ts.ObjectLiteralExpression): void {
    const value = propertyOf(provider, 'useValue');
    const factory = propertyOf(provider, 'useFactory');
    if (value !== undefined) this.note(token, this.legacyOf(value));
    else if (factory !== undefined) this.note(token, this.returnedBy(factory));
    const tokens = propertyOf(provider, 'inject');
    if (factory === undefined || tokens === undefined || !ts.isArrayLiteralExpression(tokens)) return;
    if (!ts.isArrowFunction(factory) && !ts.isFunctionExpression(factory)) return;
    factory.parameters.forEach((target, index) => {
      const injected = tokens.elements[index];
      const key = injected === undefined ? undefined : this.keyOf(injected);
      if (key !== undefined) this.asked.push({ token: key, target });
    });
  }

  private note(token: ts.Expression, type: ts.Type | undefined): void {
    const key = this.keyOf(token);
    if (key === undefined || isTestFile(token.getSourceFile().fileName)) return;
    this.given.set(key, [...(this.given.get(key) ?? []), type]);
  }

  /** `@Inject(TOKEN) private readonly client: any` */
  private ask(target: Target): void {
    for (const { expression } of ts.getDecorators(target) ?? []) {
      if (!ts.isCallExpression(expression) || !/^inject$/i.test(expression.expression.getText())) continue;
      const [token] = expression.arguments;
      const key = token === undefined ? undefined : this.keyOf(token);
      if (key !== undefined) this.asked.push({ token: key, target });
    }
  }

  private keyOf(token: ts.Expression): Token | undefined {
    const type = this.checker.getTypeAtLocation(token);
    if (type.isStringLiteral()) return type.value;
    const name = ts.isPropertyAccessExpression(token) ? token.name : token;
    const symbol = this.checker.getSymbolAtLocation(name);
    const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  private legacyOf(node: ts.Expression): ts.Type | undefined {
    const type = this.checker.getTypeAtLocation(node);
    return legacyTypeOf(this.checker, type) === undefined ? undefined : type;
  }

  private returnedBy(factory: ts.Expression): ts.Type | undefined {
    const [signature] = this.checker.getTypeAtLocation(factory).getCallSignatures();
    const type = signature === undefined ? undefined : this.checker.getReturnTypeOfSignature(signature);
    const legacy = type === undefined ? undefined : legacyTypeOf(this.checker, type);
    if (type === undefined || legacy === undefined) return undefined;
    // An asynchronous factory is awaited before anything is injected.
    return legacy.kind === 'promise' ? this.checker.getTypeArguments(type as ts.TypeReference)[0] : type;
  }
}
