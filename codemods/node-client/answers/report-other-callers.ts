import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../../rewriting/access';
import type { FileContext } from '../context';
import { isDistinctive } from '../untyped/untyped-shapes';
import { type HandedToOther, handedToOthers } from './other-callers';

const NOT_V2 =
  'nothing tells what this is. An answer that was stored, a notification in the words of legacy, or the object of another service has none of the fields that are read there.';
const STAYS =
  'this reads as an answer of legacy, whose call stays as it is and answers with none of the fields that are read there.';
const COMPUTES =
  ' An amount is computed with it: without them it throws, or is NaN, which passes no comparison and switches a guard such as "more than is left" off.';
const OF_NOTIFICATION =
  ' Of a notification that fetchSignedNotification has read, hand on its object, which is that of v2.';

/** `res.CaptureDetails.CaptureAmount` */
const looksLegacy = (node: ts.Node): boolean =>
  isAccess(node) && (isDistinctive(accessedName(node) ?? '') || looksLegacy(node.expression));

const readsAmounts = ({ element, body }: HandedToOther): boolean =>
  element === 'Price' || /\bAmount\b/.test(body.getText());

/** `message.NotificationData`, and the name that it got. */
function isOfNotification({ checker }: FileContext, argument: ts.Expression): boolean {
  const declared = ts.isIdentifier(argument) ? checker.getSymbolAtLocation(argument)?.valueDeclaration : undefined;
  return [argument, declared].some((node) => /\bNotificationData\b/.test(node?.getText() ?? ''));
}

function does(context: FileContext, { call, by }: HandedToOther): string {
  const callee = context.text(call.expression);
  return by === 'argument'
    ? `is handed to ${callee}, which reads the v2 object from now on, as other calls hand it one`
    : `reads the v2 object from now on, and ${callee} calls it with what it has`;
}

/**
 * Lists what else is handed to a function that is given an answer by other calls, and whose reads are rewritten for that: a
 * stored answer, a notification in the words of legacy, or the object of another service. It has none of the fields of v2.
 */
export function reportOtherCallers(context: FileContext): void {
  for (const handed of handedToOthers(context)) {
    const { argument, element, parameter } = handed;
    if (context.sharedPrices.has(parameter)) continue;
    const origin = looksLegacy(argument) ? STAYS : NOT_V2;
    const hint = isOfNotification(context, argument) ? OF_NOTIFICATION : '';
    context.leaveOpen(argument, {
      rule: 'node-client/escape',
      confidence: 'medium',
      legacy: { name: element },
      replacement: null,
      message: `${context.text(argument)} ${does(context, handed)}; ${origin}${readsAmounts(handed) ? COMPUTES : ''}${hint}`,
    });
  }
}
