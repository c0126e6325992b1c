import { ts } from 'ts-morph';
import { outside } from '../../typed-program/outside';
import { type FileContext, walk } from '../context';
import { callTaking, isFollowed, isLogged, isWrittenInto } from './value-flow';

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
