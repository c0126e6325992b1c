import { chargeReasons, closedBillingAgreements, closedOrderReferences } from '../../src/catalog/legacy-status';
import { valueTables } from '../../src/catalog/states';
import {
  captureStatuses,
  chargeStatuses,
  orderStatuses,
  refundStatuses,
  type Named,
} from '../../src/emulator/ledger/statuses';

/** What the ledger calls its statuses in both APIs is what the catalog maps from one to the other. */
const mapped = (table: string, value: string): readonly string[] | undefined =>
  valueTables[table]?.values[value]?.anyOf;

describe.each([
  ['chargeStatuses', chargeStatuses, 'authorization'],
  ['refundStatuses', refundStatuses, 'refund'],
])('%s', (_, statuses: Readonly<Record<string, { legacy: Named; v2: Named }>>, prefix) => {
  test.each(Object.entries(statuses))('%s', (name, { legacy, v2 }) => {
    // A capture that was declined is a Declined charge; its authorization is Closed all the same.
    if (/^capture(Rejected|Failed)$/.test(name)) return;
    expect(mapped(`${prefix}State`, legacy.state)).toContain(v2.state);
    if (legacy.reason === undefined || legacy.reason === 'MaxCapturesProcessed') return;
    expect(mapped(`${prefix}Reason`, legacy.reason)).toContain(v2.reason);
    if (prefix === 'authorization') expect(chargeReasons[v2.reason ?? '']).toBe(legacy.reason);
  });
});

test.each(Object.entries(captureStatuses))('the capture of a charge that is %s', (name, capture) => {
  expect(mapped('captureState', capture.state)).toContain(chargeStatuses[name as keyof typeof chargeStatuses].v2.state);
});

test.each(Object.entries(orderStatuses).filter(([, { v2 }]) => v2?.state === 'Closed'))(
  'an order that is %s',
  (name, { legacy, v2 }) => {
    const table = name === 'buyerClosed' ? closedBillingAgreements : closedOrderReferences;
    const [state, reason] = table[v2?.reason ?? ''] ?? [];
    expect(state).toBe(legacy.state);
    // Legacy is finer: v2 has one word for all that Amazon closes by rule.
    expect([reason, 'MaxAmountCharged', 'MaxAuthorizationsProcessed', 'MaxAuthorizationsCaptured']).toContain(
      legacy.reason,
    );
  },
);
