import {
  cancelCharge,
  captureCharge,
  createCharge,
  type CaptureOutcome,
  type ChargeInput,
  type Outcome,
} from '../ledger/charges';
import { find, schedule, SECOND } from '../ledger/posting';
import { createRefund } from '../ledger/refunds';
import { reverseShares } from '../ledger/provider-credits';
import type { Charge, Order, ProviderShare } from '../ledger/rows';
import { NO_METADATA } from '../ledger/orders';
import { doOnce, findAgreement, findAuthorization, findCapture, findOrder, type Action, type Request } from './request';
import { readSimulation, type Simulation } from './simulation';
import { viewAuthorization, viewCapture, viewRefund } from './view-payment';
import { element } from './xml';

function outcomeOf(simulation: Simulation | null): Outcome {
  if (simulation?.State !== 'Declined') return 'authorize';
  if (simulation.ReasonCode === 'AmazonRejected') return 'reject';
  if (simulation.ReasonCode === 'TransactionTimedOut') return 'timeOut';
  return simulation.SoftDecline ? 'declineSoft' : 'declineHard';
}

const withShares = (shares: readonly ProviderShare[]): { readonly providerShares?: readonly ProviderShare[] } =>
  shares.length === 0 ? {} : { providerShares: shares };

/** A decline is an answer like any other: HTTP 200 and a state (facts: api-mapping.md section 0). */
function authorize(request: Request, order: Order, more: Partial<ChargeInput> = {}): Charge {
  const { posting, parameters, environment } = request;
  const reference = parameters.reference('AuthorizationReferenceId');
  const note = parameters.optional('SellerAuthorizationNote', 255);
  const simulation = readSimulation('Authorize', note, environment);
  const input: ChargeInput = {
    madeBy: 'legacy',
    amount: parameters.money('AuthorizationAmount'),
    captureNow: parameters.flag('CaptureNow'),
    outcome: outcomeOf(simulation),
    isPending: parameters.timeout() > 0,
    softDescriptor: parameters.optional('SoftDescriptor', 16),
    reference,
    note,
    expiresAfterMinutes: simulation?.ReasonCode === 'ExpiredUnused' ? (simulation.minutes ?? 0) : undefined,
    ...withShares(parameters.shares('ProviderCreditList', 'CreditAmount')),
    repairAfterMinutes: simulation?.ReasonCode === 'InvalidPaymentMethod' ? simulation.minutes : undefined,
    ...more,
  };
  let charge: Charge | undefined;
  doOnce(request, 'Authorization', reference, () => (charge = createCharge(posting, order, input)));
  if (charge === undefined) throw new Error('doOnce does the work or throws.');
  if (simulation?.ReasonCode === 'AmazonClosed')
    schedule(posting, posting.now + posting.settings.decisionSeconds * SECOND, 'charge.cancelByAmazon', charge.id);
  return charge;
}

function captureOutcome(simulation: Simulation | null): CaptureOutcome {
  if (simulation === null) return 'now';
  return ({ Pending: 'later', Declined: 'rejected', Closed: 'closed' } as const)[simulation.State] ?? 'now';
}

function capture(request: Request): Charge {
  const { posting, parameters, environment } = request;
  const authorization = findAuthorization(request);
  const reference = parameters.reference('CaptureReferenceId');
  const note = parameters.optional('SellerCaptureNote', 255);
  const input = {
    amount: parameters.money('CaptureAmount'),
    outcome: captureOutcome(readSimulation('Capture', note, environment)),
    reference,
    note,
    softDescriptor: parameters.optional('SoftDescriptor', 16),
    ...withShares(parameters.shares('ProviderCreditList', 'CreditAmount')),
  };
  doOnce(request, 'Capture', reference, () => captureCharge(posting, authorization, input));
  return find(posting, 'charges', authorization.id, environment, 'CaptureNotFound');
}

function refund(request: Request): string {
  const { posting, parameters, environment } = request;
  const reference = parameters.reference('RefundReferenceId');
  const note = parameters.optional('SellerRefundNote', 255);
  const charge = findCapture(request);
  const amount = parameters.money('RefundAmount');
  const outcome = readSimulation('Refund', note, environment) === null ? 'finish' : 'reject';
  const softDescriptor = parameters.optional('SoftDescriptor', 16);
  const shares = parameters.shares('ProviderCreditReversalList', 'CreditReversalAmount');
  let xml = '';
  doOnce(request, 'Refund', reference, () => {
    const made = createRefund(posting, charge, { madeBy: 'legacy', amount, outcome, reference, note, softDescriptor });
    const reversals = reverseShares(posting, charge, shares, reference);
    const creditReversals = reversals.map(({ id, providerId }) => ({ id, providerId }));
    const kept = reversals.length === 0 ? made : posting.store.put('refunds', { ...made, creditReversals });
    xml = viewRefund(kept);
    return kept;
  });
  return xml;
}

/** Operations on payments, by action. */
export const paymentActions: Readonly<Record<string, Action>> = {
  Authorize: (request) => viewAuthorization(authorize(request, findOrder(request))),
  AuthorizeOnBillingAgreement: (request) => {
    const { parameters } = request;
    const attribute = (name: string): string | null => parameters.optional(`SellerOrderAttributes.${name}`);
    const charge = authorize(request, findAgreement(request), {
      metadata: {
        ...NO_METADATA,
        noteToBuyer: parameters.optional('SellerNote', 1024),
        merchantReferenceId: attribute('SellerOrderId'),
        merchantStoreName: attribute('StoreName'),
        customInformation: attribute('CustomInformation'),
      },
    });
    return `${viewAuthorization(charge)}${element('AmazonOrderReferenceId', charge.orderId)}`;
  },
  GetAuthorizationDetails: (request) => viewAuthorization(findAuthorization(request)),
  CloseAuthorization: (request) => {
    const reason = request.parameters.optional('ClosureReason', 255);
    cancelCharge(request.posting, findAuthorization(request), reason);
    return '';
  },
  Capture: (request) => viewCapture(capture(request)),
  GetCaptureDetails: (request) => viewCapture(findCapture(request)),
  Refund: refund,
  GetRefundDetails: ({ posting, environment, parameters }) =>
    viewRefund(find(posting, 'refunds', parameters.required('AmazonRefundId'), environment, 'RefundNotFound')),
};
