import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import { takesAnyExpression } from '../../rewriting/takes-any-expression';
import { awaited } from '../awaited';
import type { FileContext } from '../context';

/** `JSON.parse(text)` of a client that answers in JSON text: the v2 object needs no parsing. */
export function dropParse(context: FileContext, node: ts.Node): void {
  if (!ts.isCallExpression(node)) return;
  const [handler] = node.arguments;
  const { expression } = node;
  // `.then(JSON.parse)`
  if (
    handler?.getText() === 'JSON.parse' &&
    node.arguments.length === 1 &&
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === 'then'
  ) {
    const promise = context.typeOf(expression.expression);
    if (promise?.kind === 'promise' && promise.of.kind === 'jsonText')
      context.rewriter.replace(node, (emit) => emit(expression.expression));
    return;
  }
  if (node.expression.getText() !== 'JSON.parse') return;
  const [text] = node.arguments;
  if (text !== undefined && context.typeOf(text)?.kind === 'jsonText')
    context.rewriter.replace(node, (emit) => {
      if (isOfCaller(context, text))
        return `(typeof ${emit(text)} === 'string' ? JSON.parse(${emit(text)}) : ${emit(text)})`;
      // `JSON.parse(await answer).CaptureResult` waits for the answer, not for a member of the promise.
      const isWhole = isAccess(text) || ts.isIdentifier(text) || ts.isCallExpression(text);
      return isWhole || takesAnyExpression(node) ? emit(text) : `(${emit(text)})`;
    });
}

/** `const parse = (text) => JSON.parse(text)`: others may call it with text that is still text. */
function isOfCaller(context: FileContext, text: ts.Expression): boolean {
  const given = awaited(text);
  const declared = ts.isIdentifier(given) ? context.checker.getSymbolAtLocation(given)?.valueDeclaration : undefined;
  return declared !== undefined && ts.isParameter(declared) && !ts.isCallExpression(declared.parent.parent);
}
