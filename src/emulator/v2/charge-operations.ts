import { isChargeInProgress } from '../ledger/balance';
import { findCard } from '../ledger/buyers';
import {
  cancelCharge,
  captureCharge,
  createCharge,
  type CaptureOutcome,
  type ChargeInput,
  type Outcome,
} from '../ledger/charges';
import { LedgerError } from '../ledger/ledger-error';
import { readMoney } from '../ledger/money';
import { find, isInV2, stepCharge } from '../ledger/posting';
import { createRefund } from '../ledger/refunds';
import type { Charge, Order, Price } from '../ledger/rows';
import { toMetadata } from '../ledger/sessions';
import { chargeStatuses } from '../ledger/statuses';
import type { Call } from './operation';
import { errorReply, V2Error, type Reply } from './reply';
import { cancelBody, captureBody, createChargeBody, createRefundBody, parseBody, updateChargeBody } from './schemas';
import { readSimulation } from './simulation';
import { viewCharge, viewRefund } from './views';

const money = (price: Price, name: string) => readMoney(price.amount, price.currencyCode, name);

const findCharge = ({ posting, environment, id }: Call): Charge =>
  find(posting, 'charges', id, environment, 'AuthorizationNotFound');

/** A Charge Permission; an order reference that was never confirmed is none. */
export function findPermission({ posting, environment }: Call, id: string): Order {
  const order = find(posting, 'orders', id, environment, 'OrderNotFound');
  if (!isInV2(order)) throw new LedgerError('OrderNotFound', `There is no charge permission ${id}.`);
  return order;
}

/** How a header makes a charge end (facts: captures.md section 1.2). */
const outcomes: Readonly<Record<string, Outcome>> = {
  SoftDeclined: 'declineSoft',
  HardDeclined: 'declineHard',
  AmazonRejected: 'reject',
  TransactionTimedOut: 'timeOut',
};

/** A charge that does not come about at once is a rejection: 422 and the reason (facts: v2-rest.md section 6). */
export function createChargeOperation(call: Call): Reply {
  const { posting } = call;
  const body = parseBody(createChargeBody, call.body);
  const captureNow = body.captureNow === true;
  if (body.softDescriptor != null && !captureNow)
    throw new V2Error('InvalidParameterCombination', 'softDescriptor needs captureNow; otherwise send it on capture.');
  const simulation = readSimulation(call, [...Object.keys(outcomes), ...(captureNow ? ['CaptureInitiated'] : [])]);
  const permission = findPermission(call, body.chargePermissionId);
  if (isChargeInProgress(posting, permission))
    throw new LedgerError('InvalidOrderStatus', `${permission.id} is NonChargeable: its amount is being charged.`);
  const behaviour = findCard(permission.card)?.behaviour ?? 'pays';
  const isPending = simulation === null && body.canHandlePendingAuthorization === true && /^pending/.test(behaviour);
  const input: ChargeInput = {
    madeBy: 'v2',
    amount: money(body.chargeAmount, 'chargeAmount'),
    captureNow,
    outcome: outcomes[simulation ?? ''] ?? (behaviour === 'pendingDeclined' ? 'declineHard' : 'authorize'),
    isPending,
    captureOutcome: simulation === 'CaptureInitiated' ? 'later' : 'now',
    softDescriptor: body.softDescriptor ?? null,
    metadata: toMetadata(body.merchantMetadata),
    chargeInitiator: body.chargeInitiator ?? null,
    channel: body.channel ?? null,
  };
  const charge = createCharge(posting, permission, input);
  const { state, reason } = chargeStatuses[charge.status].v2;
  if (state === 'Declined') return errorReply(reason ?? 'ProcessingFailure', `The charge was declined: ${reason}.`);
  return { status: 201, body: viewCharge(posting, charge) };
}

export const getChargeOperation = (call: Call): Reply => ({
  status: 200,
  body: viewCharge(call.posting, findCharge(call)),
});

/** Update Charge: for payment service providers, who learn before Amazon that an authorization has expired. */
export function updateChargeOperation(call: Call): Reply {
  parseBody(updateChargeBody, call.body);
  return { status: 200, body: viewCharge(call.posting, stepCharge(call.posting, findCharge(call), 'expire')) };
}

const captureOutcomes: Readonly<Record<string, CaptureOutcome>> = {
  CaptureInitiated: 'later',
  AmazonRejected: 'rejectedLater',
};

export function captureOperation(call: Call): Reply {
  const body = parseBody(captureBody, call.body);
  const simulation = readSimulation(call, Object.keys(captureOutcomes));
  const charge = captureCharge(call.posting, findCharge(call), {
    amount: money(body.captureAmount, 'captureAmount'),
    outcome: captureOutcomes[simulation ?? ''] ?? 'now',
    softDescriptor: body.softDescriptor ?? null,
  });
  return { status: 200, body: viewCharge(call.posting, charge) };
}

export function cancelOperation(call: Call): Reply {
  const { cancellationReason } = parseBody(cancelBody, call.body);
  readSimulation(call, []);
  return {
    status: 200,
    body: viewCharge(call.posting, cancelCharge(call.posting, findCharge(call), cancellationReason)),
  };
}

export function createRefundOperation(call: Call): Reply {
  const { posting, environment } = call;
  const body = parseBody(createRefundBody, call.body);
  // There is a code for refunds, but nobody has told which (facts: captures.md section 1.2).
  readSimulation(call, []);
  const charge = find(posting, 'charges', body.chargeId, environment, 'CaptureNotFound');
  const refund = createRefund(posting, charge, {
    madeBy: 'v2',
    amount: money(body.refundAmount, 'refundAmount'),
    outcome: 'finish',
    softDescriptor: body.softDescriptor ?? null,
  });
  return { status: 201, body: viewRefund(refund) };
}

export const getRefundOperation = ({ posting, environment, id }: Call): Reply => ({
  status: 200,
  body: viewRefund(find(posting, 'refunds', id, environment, 'RefundNotFound')),
});
