import { changeMetadata, closeOrder } from '../ledger/orders';
import { stepOrder } from '../ledger/posting';
import { toRecurring } from '../ledger/sessions';
import { findPermission } from './charge-operations';
import type { Call } from './operation';
import type { Reply } from './reply';
import { closePermissionBody, parseBody, updatePermissionBody } from './schemas';
import { readSimulation } from './simulation';
import { viewPermission } from './views';

export const getPermissionOperation = (call: Call): Reply => ({
  status: 200,
  body: viewPermission(call.posting, findPermission(call, call.id)),
});

export function updatePermissionOperation(call: Call): Reply {
  const { posting } = call;
  const { merchantMetadata, recurringMetadata } = parseBody(updatePermissionBody, call.body);
  const order = changeMetadata(posting, findPermission(call, call.id), { metadata: given(merchantMetadata) });
  if (recurringMetadata == null) return { status: 200, body: viewPermission(posting, order) };
  const changed = posting.store.put('orders', { ...order, recurring: toRecurring(recurringMetadata) });
  return { status: 200, body: viewPermission(posting, changed) };
}

/** What a request leaves out stays as it is. */
const given = (metadata: object | null | undefined) =>
  Object.fromEntries(Object.entries(metadata ?? {}).filter(([, value]) => value !== undefined));

export function closePermissionOperation(call: Call): Reply {
  const { posting } = call;
  const { closureReason, cancelPendingCharges } = parseBody(closePermissionBody, call.body);
  const simulation = readSimulation(call, ['AmazonClosed']);
  const order = findPermission(call, call.id);
  const closed =
    simulation === null
      ? closeOrder(posting, order, closureReason, cancelPendingCharges === true)
      : stepOrder(posting, order, 'closeByAmazon');
  return { status: 200, body: viewPermission(posting, closed) };
}
