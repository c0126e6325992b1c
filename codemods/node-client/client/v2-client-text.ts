import { ts } from 'ts-morph';
import { type FileContext, unwrap } from '../context';
import type { ClientMode } from '../plan-clients';

/** The client of `client.offAmazonPayments`, and the operations of a client that are kept under a name of their own. */
export function clientNode(context: FileContext, receiver: ts.Expression): ts.Expression {
  const object = unwrap(receiver);
  const isMember =
    ts.isPropertyAccessExpression(object) &&
    context.typeOf(object)?.kind === 'offAmazonPayments' &&
    context.typeOf(object.expression)?.kind === 'client';
  const byName = ts.isPropertyAccessExpression(object) && object.name.text === 'offAmazonPayments';
  return isMember || byName ? (object as ts.PropertyAccessExpression).expression : object;
}

/** What is asked for v2 operations: beside the legacy client a member of it. */
export const v2Member = (client: string, mode: ClientMode): string =>
  mode === 'beside' ? `${client}.checkoutV2` : client;

/** The v2 client that takes the place of `client.offAmazonPayments`, as source text. */
export function v2ClientText(
  context: FileContext,
  receiver: ts.Expression,
  mode: ClientMode,
  emit: (node: ts.Node) => string,
): string {
  const node = clientNode(context, receiver);
  const base = emit(node);
  const simple = ts.isParenthesizedExpression(node) || /^[\w$#.?!()[\]'"]+$/.test(base) ? base : `(${base})`;
  return v2Member(simple, mode);
}
