import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import { takesAnyExpression } from '../../rewriting/takes-any-expression';
import { awaited } from '../awaited';
import { outside } from '../../typed-program/outside';
import { type FileContext, walk } from '../context';
import { callTaking, isFollowed, isLogged, isWrittenInto } from './value-flow';

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

const TEXT_ALONE =
  /^(?:includes|indexOf|match|replace|replaceAll|search|slice|split|startsWith|endsWith|substring|trim|length)$/;

/** Where the answer is taken as the text that it was: searched, written to a file, handed to what nothing is known of. */
function takenAsText(context: FileContext, node: ts.Expression): string | undefined {
  const outer = outside(node);
  const { parent } = outer;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === outer)
    return TEXT_ALONE.test(parent.name.text) ? context.text(parent) : undefined;
  if (isWrittenInto(outer)) return context.text(parent);
  const call = callTaking(outer);
  if (call === undefined || isLogged(call) || /^JSON\.parse$/.test(call.expression.getText())) return undefined;
  return isFollowed(context, call, outer, false) ? undefined : context.text(call.expression);
}

/** Lists what takes the JSON text of an answer for text: it is the v2 object from now on. */
export function reportTakenAsText(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) && !ts.isAwaitExpression(node)) return;
    if (context.typeOf(node)?.kind !== 'jsonText') return;
    const taken = takenAsText(context, node);
    if (taken === undefined) return;
    context.leaveOpen(node, {
      rule: 'node-client/escape',
      legacy: { name: 'the text of an answer' },
      replacement: null,
      message: `${taken} takes ${context.text(node)} for the JSON text of an answer, which is the v2 object from now on: read its fields, or write it with JSON.stringify, and mind that fields and words are those of v2.`,
    });
  });
}
