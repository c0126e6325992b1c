import { ts } from 'ts-morph';
import { type FileContext, unwrap } from './context';
import type { ClientMode } from './plan-clients';

/** The v2 client that takes the place of `client.offAmazonPayments`, as source text. */
export function v2ClientText(
  context: FileContext,
  receiver: ts.Expression,
  mode: ClientMode,
  emit: (node: ts.Node) => string,
): string {
  const object = unwrap(receiver);
  const type = context.typeOf(object);
  const isMember =
    ts.isPropertyAccessExpression(object) &&
    type?.kind === 'offAmazonPayments' &&
    context.typeOf(object.expression)?.kind === 'client';
  const byName = ts.isPropertyAccessExpression(object) && object.name.text === 'offAmazonPayments';
  const node = isMember || byName ? (object as ts.PropertyAccessExpression).expression : object;
  const base = emit(node);
  const simple = ts.isParenthesizedExpression(node) || /^[\w$.?!()[\]'"]+$/.test(base) ? base : `(${base})`;
  return mode === 'beside' ? `${simple}.checkoutV2` : simple;
}
