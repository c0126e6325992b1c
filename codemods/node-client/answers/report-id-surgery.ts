import { ts } from 'ts-morph';
import type { FileContext } from '../context';

const SURGERY = /^(?:slice|split|substr|substring|replace|match|lastIndexOf|charAt)$/;

/** Names that merchants give to ids of Amazon Pay; what is cut at a dash under such a name is one. */
const ID_NAME = /^(?:amazon\w*|(?:order|order_?reference|auth|authorization|capture|charge|refund))_?id$/i;

const isCutAtDash = (node: ts.PropertyAccessExpression): boolean =>
  ts.isCallExpression(node.parent) && /^['"/]-[AC]?['"/]$/.test(node.parent.arguments[0]?.getText() ?? '');

/** An id of Amazon that is cut apart: v2 ids look alike, but which id derives from which is another matter. */
export function reportIdSurgery(context: FileContext, node: ts.Expression): void {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node || !SURGERY.test(parent.name.text)) return;
  const type = context.typeOf(node);
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : node.getText();
  const byName = ID_NAME.test(name) && isCutAtDash(parent);
  if (type?.kind !== 'id' && !byName) return;
  const place = {
    rule: 'node-client/result-read',
    legacy: { name: type?.kind === 'id' ? type.name : name },
    replacement: { name: 'chargePermissionId' },
    message: `${context.text(parent)} takes an id apart; a Charge id never yields its Charge Permission id, so read chargePermissionId of the charge.`,
  };
  // What goes by its name is found again.
  if (byName) context.report(parent, { ...place, automation: 'manual', confidence: 'low', rewritten: false });
  else context.leaveOpen(parent, place);
}
