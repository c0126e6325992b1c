import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';
import { nodesOf } from './nodes';

/** The call that a name is handed to or called by, with what hangs on the name: `show`, `handlers.show`, `show.bind(null)`. */
function callAround(name: ts.Identifier): { readonly call: ts.CallExpression; readonly handler: ts.Node } | undefined {
  let handler: ts.Node = name;
  while (ts.isPropertyAccessExpression(handler.parent)) handler = handler.parent;
  const { parent } = handler;
  return ts.isCallExpression(parent) ? { call: parent, handler } : undefined;
}

/** What functions of the project are given, wherever they are named in a call. */
export class HandlerUses {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly sources: readonly ts.SourceFile[],
  ) {}

  /** Whatever calls the function, or takes it to call it, gives it a value of this type. */
  isGivenOnly(declaration: ts.SignatureDeclaration | ts.JSDocSignature, text: string): boolean {
    return this.sources.every((source) =>
      nodesOf(source).every((node) => {
        const use = ts.isIdentifier(node) ? callAround(node) : undefined;
        if (use === undefined || this.declarationOf(node) !== declaration) return true;
        return this.givenBy(use.call, use.handler) === text;
      }),
    );
  }

  private declarationOf(name: ts.Node): ts.SignatureDeclaration | ts.JSDocSignature | undefined {
    return this.checker.getTypeAtLocation(name).getCallSignatures()[0]?.getDeclaration();
  }

  private givenBy(call: ts.CallExpression, handler: ts.Node): string | undefined {
    const { expression } = call;
    const [first] = call.arguments;
    if (expression === handler)
      return first === undefined ? undefined : legacyTypeText(this.checker, this.checker.getTypeAtLocation(first));
    if (first !== handler || !ts.isPropertyAccessExpression(expression) || expression.name.text !== 'then')
      return undefined;
    const promise = this.checker.getTypeAtLocation(expression.expression);
    if (legacyTypeOf(this.checker, promise)?.kind !== 'promise') return undefined;
    const [type] = this.checker.getTypeArguments(promise as ts.TypeReference);
    return type === undefined ? undefined : legacyTypeText(this.checker, type);
  }
}
