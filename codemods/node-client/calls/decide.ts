import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { Automation, Operation, V2Operation } from '../../../src/catalog/types';
import type { CodemodInput } from '../../codemod';
import { asOperationCall, type OperationCall } from './find-operations';
import { carriesConsent, staysForDrafts } from './consent-token';
import { type FileContext, walk } from '../context';
import { confirmsOrders, FIRST_AUTHORIZATION } from './first-authorization';
import { waitsBehindTest } from '../client/optional-client';
import { yields } from './suspends';

/** What will be done with one call of an operation. */
export type Decision =
  | { readonly kind: 'rewrite'; readonly automation: Automation; readonly v2: V2Operation; readonly todo?: string }
  | { readonly kind: 'leave'; readonly because: string };

const CHECKOUT_STEP = /^(?:Set|Confirm)/;
const SESSION_ID =
  'pass the Checkout Session id that Amazon appends to checkoutReviewReturnUrl (amazonCheckoutSessionId), not an order reference or billing agreement id';

const todoFor: Readonly<Record<string, string>> = {
  SetOrderReferenceDetails: `${SESSION_ID}; add webCheckoutDetails.checkoutResultReturnUrl and redirect the buyer to webCheckoutDetails.amazonPayRedirectUrl of the answer; paymentIntent Confirm keeps your own Authorize call, AuthorizeWithCapture lets Amazon charge on completion.`,
  SetOrderAttributes: `${SESSION_ID}.`,
  SetBillingAgreementDetails: `${SESSION_ID}; a recurring session needs chargePermissionType Recurring and recurringMetadata.frequency, which no legacy field supplies.`,
  ConfirmOrderReference: `this runs on checkoutResultReturnUrl after the redirect, within 24 hours; ${SESSION_ID}; chargeAmount must equal the amount of the session; mark the order paid only after it resolves.`,
  CancelOrderReference:
    'legacy refused to cancel an order of which money was captured, and v2 closes it (the money stays captured): call this only for orders without a capture, or look for one first.',
  ConfirmBillingAgreement: `this runs on checkoutResultReturnUrl after the redirect, within 24 hours; ${SESSION_ID}; keep chargePermissionId of the answer, it takes the place of the billing agreement id.`,
};

const outermostFunction = (node: ts.Node): ts.Node => {
  let found: ts.Node | undefined;
  for (let current: ts.Node | undefined = node.parent; current !== undefined; current = current.parent) {
    if (ts.isFunctionLike(current)) found = current;
  }
  return found ?? node.getSourceFile();
};

/** Operations that are called by the same outermost function. */
export function operationsAround(context: FileContext, node: ts.Node): OperationCall[] {
  const calls: OperationCall[] = [];
  const scope = outermostFunction(node);
  if (ts.isSourceFile(scope)) return calls;
  walk(scope, (child) => {
    const call = ts.isCallExpression(child) ? asOperationCall(context, child) : undefined;
    if (call !== undefined) calls.push(call);
  });
  return calls;
}

const DRAFT_STAYS =
  'under --strategy beside an order that the buyer has not confirmed stays with legacy: v2 knows only confirmed ones.';
const DRAFTS_AND_ORDERS =
  'under --strategy beside drafts stay with legacy, and here one function reads drafts and confirmed orders: give the confirmed ones, and those of v2, a function of their own that calls v2.';

/** A read of an object that the buyer has not confirmed yet: v2 keeps that in the Checkout Session. */
function decideRead(context: FileContext, call: OperationCall, row: Operation, v2: V2Operation): Decision {
  const draft = row.draftV2;
  if (draft === undefined) return { kind: 'rewrite', automation: row.automation, v2 };
  const carries = carriesConsent(context, call.parameters);
  const isBeside = context.input.strategy === 'beside';
  if (isBeside && carries === 'always') return { kind: 'leave', because: DRAFT_STAYS };
  if (staysForDrafts(context.input, call.operation)) return { kind: 'leave', because: DRAFTS_AND_ORDERS };
  if (carries === 'always') {
    return {
      kind: 'rewrite',
      automation: 'assisted',
      v2: draft,
      todo: `before the buyer has paid, v2 keeps the address in the Checkout Session; ${SESSION_ID}.`,
    };
  }
  if (carries === 'maybe') {
    const todo = `where the parameters carry a consent token, the order is not confirmed yet, and v2 has no Charge Permission of it: ${isBeside ? 'keep the legacy call for it.' : 'read the Checkout Session for it.'}`;
    return { kind: 'rewrite', automation: 'assisted', v2, todo };
  }
  const inCheckout = operationsAround(context, call.node).some(({ operation }) => CHECKOUT_STEP.test(operation));
  if (!inCheckout) return { kind: 'rewrite', automation: row.automation, v2 };
  const under = isBeside ? '' : ', under the chargePermissionId that completeCheckoutSession answered with';
  const todo = `this reads the Charge Permission, which exists once the checkout is complete${under}; before that use getCheckoutSession with the session id.`;
  return { kind: 'rewrite', automation: 'assisted', v2, todo };
}

/** Another function, class or file confirms the order, and nobody sees which id arrives here. */
const decideDistantAuthorize = ({ input }: FileContext, row: Operation, v2: V2Operation): Decision =>
  input.strategy === 'beside' || !confirmsOrders(input)
    ? { kind: 'rewrite', automation: row.automation, v2 }
    : { kind: 'rewrite', automation: 'assisted', v2, todo: FIRST_AUTHORIZATION };

function decideAuthorize(context: FileContext, call: OperationCall, row: Operation, v2: V2Operation): Decision {
  const afterConfirm = operationsAround(context, call.node).some(({ operation }) => operation.startsWith('Confirm'));
  if (!afterConfirm) return decideDistantAuthorize(context, row, v2);
  const todo =
    'the first authorization follows the completed session: pass its chargePermissionId; with paymentIntent Authorize or AuthorizeWithCapture on the session Amazon does this itself and the call goes.';
  return { kind: 'rewrite', automation: 'assisted', v2, todo };
}

/** A function can stand for the operation: its v2 call needs no decision about the place. */
export function isAdaptable(operation: string, input: CodemodInput): boolean {
  const row = operations[operation];
  if (row?.v2 == null || row.automation === 'manual' || staysForDrafts(input, row.name)) return false;
  return row.phase !== 'checkout' || input.strategy !== 'beside';
}

const YIELDED_CLIENT = 'its client comes from a yield: give it a name in a line of its own, and call v2 on that.';

const WAITS_BEHIND_TEST =
  'its parameters are waited for only where there is a client: give the client a name in a line of its own, and call v2 on that.';

/** Decides what becomes of a call; the catalog says what can be done, the code around it says what phase it is in. */
export function decide(context: FileContext, call: OperationCall): Decision {
  const row = operations[call.operation];
  if (row === undefined || row.v2 === null)
    return { kind: 'leave', because: row?.guidance ?? 'v2 has no such operation.' };
  if (row.automation === 'manual') return { kind: 'leave', because: row.guidance };
  // The v2 call stands in a function of its own, which cannot yield for the one around it.
  if (yields(call.receiver)) return { kind: 'leave', because: YIELDED_CLIENT };
  if (call.receiver !== undefined && waitsBehindTest(context, call.node, call.receiver))
    return { kind: 'leave', because: WAITS_BEHIND_TEST };
  if (row.phase === 'checkout' && context.input.strategy === 'beside') {
    return {
      kind: 'leave',
      because: 'Under --strategy beside the legacy checkout stays as it is; the v2 path is added beside it.',
    };
  }
  if (CHECKOUT_STEP.test(row.name) || todoFor[row.name] !== undefined)
    return { kind: 'rewrite', automation: 'assisted', v2: row.v2, todo: todoFor[row.name] ?? SESSION_ID };
  if (row.name === 'Authorize') return decideAuthorize(context, call, row, row.v2);
  return decideRead(context, call, row, row.v2);
}
