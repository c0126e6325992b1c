import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import { isRepeatable } from '../../rewriting/is-repeatable';
import { isTypeScript } from '../../rewriting/is-type-script';
import { type FileContext, unwrap } from '../context';
import { awaits, holdsUp, yields } from '../calls/suspends';
import { clientNode } from './v2-client-text';

/** `client?.offAmazonPayments.refund()` or `shop.pay?.offAmazonPayments…`: nothing is called where there is none. */
export function isOptional(call: ts.CallExpression, receiver: ts.Expression): boolean {
  for (let node = unwrap(call.expression); isAccess(node); node = unwrap(node.expression)) {
    if (node.questionDotToken === undefined) continue;
    const object = unwrap(node.expression);
    // The v2 client has its operations at hand: `client.offAmazonPayments?.refund` asks for what there is no more.
    const ofOperations = ts.isPropertyAccessExpression(object) && object.name.text === 'offAmazonPayments';
    if (object === unwrap(receiver) ? !ofOperations : true) return true;
  }
  return false;
}

/** `?.` in front of a part of the chain that only a `?.` before it let go (`client?.pay.refund().then()`). */
export function keepChainShort(context: FileContext, node: ts.CallExpression, receiver: ts.Expression): void {
  if (!isOptional(node, receiver)) return;
  let end: ts.Node = node;
  while (ts.isNonNullExpression(end.parent)) end = end.parent;
  const { parent } = end;
  if (!isAccess(parent) || parent.expression !== end || parent.questionDotToken !== undefined) return;
  const { rewriter } = context;
  // Of `refund()!.then` the `!` goes, since in front of it `?.` would have nothing to stop.
  const text = ts.isPropertyAccessExpression(parent) ? '?' : '?.';
  rewriter.insert(rewriter.start(parent.getChildAt(1)), text);
}

/**
 * The client has to be asked for once, in front of the function that makes the v2 call: where legacy waited for it,
 * tested it, or asked for it before its parameters, which that function takes.
 *
 * @param takesParameters the parameters, or the callback, are made in front of that function as well
 */
export const isAskedFirst = (
  context: FileContext,
  node: ts.CallExpression,
  receiver: ts.Expression,
  takesParameters: boolean,
): boolean =>
  !isRepeatable(clientNode(context, receiver)) &&
  (takesParameters || isOptional(node, receiver) || holdsUp(receiver, node));

/**
 * Both at once cannot be kept: that nothing is made for a client that is not there, and that the code waits for what is
 * made.
 */
export const waitsBehindTest = (context: FileContext, node: ts.CallExpression, receiver: ts.Expression): boolean =>
  isOptional(node, receiver) &&
  !isRepeatable(clientNode(context, receiver)) &&
  node.arguments.some((argument) => awaits(argument) || yields(argument));

/** The v2 client within the function that a test of it stands in front of. */
export function testedClient(context: FileContext, client: string): string {
  const sure = isTypeScript(context.file.unit.path) ? '!' : '';
  return `${client.replaceAll('?.[', `${sure}[`).replaceAll('?.', `${sure}.`)}${sure}`;
}

/** What `?.` did: undefined, and no call, where there is no client. */
export const behindTest = (client: string, call: string): string => `${client} == null ? undefined : ${call}`;
