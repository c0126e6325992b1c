import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { HandlerUses } from './handler-uses';
import { legacyTypeText } from './legacy-type-text';
import { toldText } from './word-types';

/** Carries what an operation answers with to the callback that it is handed, under whatever name it arrives there. */
export class CallbackCarrier {
  private readonly handlers: {
    readonly declaration: ts.SignatureDeclaration | ts.JSDocSignature;
    readonly parameter: ts.ParameterDeclaration;
    readonly text: string;
  }[] = [];

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly annotate: (parameter: ts.ParameterDeclaration, text: string) => void,
  ) {}

  collect(call: ts.CallExpression): void {
    this.carryToParameter(call);
    this.carryToAnyParameter(call);
  }

  /** `capture(params, done)` and `done(null, result)`: the function that receives `done` learns what it is called with. */
  private carryToParameter(call: ts.CallExpression): void {
    const operation = legacyTypeOf(this.checker, this.checker.getTypeAtLocation(call.expression));
    if (operation?.kind === 'operation' && operation.style === 'callback') {
      const callback = call.arguments[1];
      const signature = this.checker.getResolvedSignature(call);
      const parameter = signature?.getParameters()[1];
      if (callback === undefined || parameter === undefined || !ts.isIdentifier(callback)) return;
      const target = this.untypedParameter(callback);
      const text = this.checker.typeToString(
        this.checker.getTypeOfSymbol(parameter),
        undefined,
        ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseFullyQualifiedType,
      );
      if (target !== undefined) this.annotate(target, `(${text})`);
      return;
    }
    const value = call.arguments[1];
    if (!ts.isIdentifier(call.expression) || value === undefined) return;
    const target = this.untypedParameter(call.expression);
    // What is called here with a state may elsewhere be called with other words.
    const text =
      target === undefined
        ? undefined
        : (legacyTypeText(this.checker, this.checker.getTypeAtLocation(value)) ?? toldText(this.checker, value));
    if (target !== undefined && text !== undefined) {
      this.annotate(target, `((error: any, result: ${text}, ...more: any[]) => any)`);
    }
  }

  /** `(err: Error, data: any) => …` and `.then((data: any) => …)`: the annotation says nothing, the call does. */
  private carryToAnyParameter(call: ts.CallExpression): void {
    const callee = legacyTypeOf(this.checker, this.checker.getTypeAtLocation(call.expression));
    if (callee?.kind === 'operation' && callee.style === 'callback') {
      const result = this.checker.getResolvedSignature(call)?.getParameters()[1];
      const signature = result === undefined ? undefined : this.checker.getTypeOfSymbol(result).getCallSignatures()[0];
      const type = signature?.getParameters()[1];
      this.annotateAny(call.arguments[1], 1, type === undefined ? undefined : this.checker.getTypeOfSymbol(type));
    }
    if (!ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== 'then') return;
    const promise = this.checker.getTypeAtLocation(call.expression.expression);
    if (legacyTypeOf(this.checker, promise)?.kind !== 'promise') return;
    const [type] = this.checker.getTypeArguments(promise as ts.TypeReference);
    this.annotateAny(call.arguments[0], 0, type);
    this.annotateNamed(call.arguments[0], type);
  }

  /** `.then(showCapture)`: a function of the project is given the answer without a call of it being written. */
  private annotateNamed(handler: ts.Expression | undefined, type: ts.Type | undefined): void {
    if (handler === undefined || type === undefined || ts.isFunctionLike(handler)) return;
    const declaration = this.checker.getTypeAtLocation(handler).getCallSignatures()[0]?.getDeclaration();
    const parameter = declaration !== undefined && 'body' in declaration ? declaration.parameters[0] : undefined;
    const text = legacyTypeText(this.checker, type);
    if (declaration === undefined || parameter === undefined || !ts.isParameter(parameter) || text === undefined)
      return;
    this.handlers.push({ declaration, parameter, text });
  }

  /** To be asked when every file has been looked through: what others hand their own answers to, too, stays untyped. */
  finish(sources: readonly ts.SourceFile[]): void {
    if (this.handlers.length === 0) return;
    const uses = new HandlerUses(this.checker, sources);
    for (const { declaration, parameter, text } of this.handlers)
      if (uses.isGivenOnly(declaration, text)) this.annotate(parameter, text);
  }

  private annotateAny(handler: ts.Expression | undefined, index: number, type: ts.Type | undefined): void {
    if (
      handler === undefined ||
      type === undefined ||
      !(ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))
    )
      return;
    const parameter = handler.parameters[index];
    const text = legacyTypeText(this.checker, type);
    if (parameter?.type?.kind === ts.SyntaxKind.AnyKeyword && text !== undefined) this.annotate(parameter, text);
  }

  private untypedParameter(name: ts.Identifier): ts.ParameterDeclaration | undefined {
    const declaration = this.checker.getSymbolAtLocation(name)?.valueDeclaration;
    if (declaration === undefined || !ts.isParameter(declaration)) return undefined;
    const any = (this.checker.getTypeAtLocation(declaration).flags & ts.TypeFlags.Any) !== 0;
    return any ? declaration : undefined;
  }
}
