import { ts } from 'ts-morph';
import { isAccess } from '../rewriting/access';
import { isTypeScript } from '../rewriting/is-type-script';
import { takesAnyExpression } from '../rewriting/takes-any-expression';
import { type FileContext, unwrap } from './context';
import { freeName } from './free-name';
import { holdsUp } from './suspends';

/** The client of a call as it may be named within the new function, and what has to be there before that is called. */
export interface GuardedClient {
  readonly client: string;
  /** Puts the call behind the test that `?.` was. */
  guard(call: string): string;
}

/** `client?.offAmazonPayments.refund()` or `shop.pay?.offAmazonPayments…`: nothing is called where there is none. */
function isOptional(call: ts.CallExpression, receiver: ts.Expression): boolean {
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
function keepChainShort({ rewriter }: FileContext, node: ts.CallExpression): void {
  const { parent } = node;
  if (!isAccess(parent) || parent.expression !== node || parent.questionDotToken !== undefined) return;
  if (ts.isPropertyAccessExpression(parent)) rewriter.insert(rewriter.start(parent.getChildAt(1)), '?');
  else rewriter.insert(rewriter.start(parent.getChildAt(1)), '?.');
}

/**
 * What takes the place of a client that may be absent: `client && send(() => client.createRefund(…))`, since within
 * `send` the absence would be an error where legacy did nothing.
 *
 * @param client the v2 client as source text
 */
export function guardedClient(
  context: FileContext,
  node: ts.CallExpression,
  receiver: ts.Expression,
  client: string,
): GuardedClient {
  const optional = isOptional(node, receiver);
  if (!optional && !holdsUp(receiver, node)) return { client, guard: (call) => call };
  const sure = isTypeScript(context.file.unit.path) ? '!' : '';
  const within = takesAnyExpression(node) || ts.isExpressionStatement(node.parent);
  const apart = (text: string): string => (within ? text : `(${text})`);
  const object = client.replace(/\.checkoutV2$/, '');
  const rest = client.slice(object.length);
  // What a call answers is asked for once, and what is waited for is waited for here.
  if (object.includes('(')) {
    const name = freeName('client', context.text(node));
    const test = optional ? `${name} && ` : '';
    const guard = (call: string): string =>
      `(${/\bawait\b/.test(call) ? 'async ' : ''}(${name}) => ${test}${call})(${object})`;
    return { client: `${name}${rest}`, guard };
  }
  return {
    client: `${object.replaceAll('?.', `${sure}.`)}${sure}${rest}`,
    guard: (call) => apart(`${object} && ${call}`),
  };
}

export const keepOptional = (context: FileContext, node: ts.CallExpression, receiver: ts.Expression): void => {
  if (isOptional(node, receiver)) keepChainShort(context, node);
};
