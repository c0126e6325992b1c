import { createCharge } from '../ledger/charges';
import { readMoney } from '../ledger/money';
import { openOrder } from '../ledger/orders';
import { find } from '../ledger/posting';
import { createRefund } from '../ledger/refunds';
import { captureStatuses, chargeStatuses, refundStatuses } from '../ledger/statuses';
import { findPermission } from './charge-operations';
import type { Operation } from './operation';
import { errorReply } from './reply';
import { inStoreChargeBody, inStoreRefundBody, merchantScanBody, parseBody } from './schemas';

/**
 * Payments at a till. The facts have the paths; the bodies are those of the test script of the SDK, and so are the states,
 * which are the words of legacy. The buyer whose code is scanned is the first one of the emulator.
 */
export const merchantScanOperation: Operation = ({ posting, environment, body }) => {
  const { metadata } = parseBody(merchantScanBody, body);
  const order = openOrder(posting, {
    environment,
    madeBy: 'v2',
    type: 'OneTime',
    status: 'open',
    metadata: {
      merchantReferenceId: metadata?.communicationContext?.merchantOrderId ?? null,
      merchantStoreName: metadata?.communicationContext?.merchantStoreName ?? null,
      noteToBuyer: metadata?.merchantNote ?? null,
      customInformation: metadata?.customInformation ?? null,
    },
  });
  return { status: 200, body: { chargePermissionId: order.id } };
};

export const inStoreChargeOperation: Operation = (call) => {
  const given = parseBody(inStoreChargeBody, call.body);
  const amount = readMoney(given.chargeTotal.amount, given.chargeTotal.currencyCode, 'chargeTotal');
  const charge = createCharge(call.posting, findPermission(call, given.chargePermissionId), {
    madeBy: 'v2',
    amount,
    captureNow: true,
    outcome: 'authorize',
    isPending: false,
    softDescriptor: given.softDescriptor ?? null,
    channel: 'PointOfSale',
  });
  const declined = chargeStatuses[charge.status].v2;
  if (declined.state === 'Declined')
    return errorReply(declined.reason ?? 'ProcessingFailure', `The charge was declined: ${declined.reason}.`);
  const { state } = captureStatuses[charge.status] ?? { state: 'Pending' };
  return { status: 200, body: { chargeId: charge.id, chargeStatus: { state } } };
};

export const inStoreRefundOperation: Operation = ({ posting, environment, body }) => {
  const given = parseBody(inStoreRefundBody, body);
  const charge = find(posting, 'charges', given.chargeId, environment, 'CaptureNotFound');
  const refund = createRefund(posting, charge, {
    madeBy: 'v2',
    amount: readMoney(given.refundTotal.amount, given.refundTotal.currencyCode, 'refundTotal'),
    outcome: 'finish',
    softDescriptor: given.softDescriptor ?? null,
  });
  const { state } = refundStatuses[refund.status].legacy;
  return { status: 200, body: { refundId: refund.id, refundStatus: { state } } };
};
