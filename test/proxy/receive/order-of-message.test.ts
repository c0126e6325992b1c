import { classify } from '../../../src/proxy/receive/classify';
import { planJobs } from '../../../src/proxy/receive/plan-jobs';
import type { Arrival } from '../../../src/proxy/store/inbox';
import { arrivalOf } from '../deliver/seed';

const PAYMENT = 'P01-9998887-7776665';
const AGREEMENT = 'B01-1112223-3334445';

/** Of a payment on an agreement, which has a number of its own (facts: api-mapping.md, ID shapes; captures.md section 2.4). */
const inner = {
  v1: JSON.parse(
    JSON.parse(Buffer.from(arrivalOf({ order: PAYMENT, number: 1 }).body).toString()).Message as string,
  ) as object,
  v2: (objectType: string, objectId: string) => ({
    MerchantID: 'A2SELLER',
    ObjectType: objectType,
    ObjectId: objectId,
    ChargePermissionId: AGREEMENT,
    NotificationType: 'STATE_CHANGE',
    NotificationId: 'n-2',
    NotificationVersion: 'V2',
  }),
};
const lanesOf = (message: unknown): readonly string[] => {
  const arrival: Arrival = { ...arrivalOf({ order: PAYMENT, number: 1 }), ...classify(JSON.stringify(message)) };
  return planJobs(1, arrival, 0)
    .filter(({ kind }) => kind.startsWith('deliver'))
    .map(({ lane }) => lane);
};
const ofPayment = [`legacy:${PAYMENT}`, `migrated:${PAYMENT}`];

test('all messages about one payment on an agreement are in one lane and on one side, in both versions', () => {
  expect(lanesOf(inner.v1)).toEqual(ofPayment);
  expect(lanesOf(inner.v2('CHARGE', `${PAYMENT}-C000111`))).toEqual(ofPayment);
  expect(lanesOf(inner.v2('REFUND', `${PAYMENT}-R000112`))).toEqual(ofPayment);
  expect(lanesOf(inner.v2('CHARGEBACK', `${PAYMENT}-B000113`))).toEqual(ofPayment);
});

test('those about the agreement itself are in its own', () => {
  expect(lanesOf(inner.v2('CHARGE_PERMISSION', AGREEMENT))).toEqual([`legacy:${AGREEMENT}`, `migrated:${AGREEMENT}`]);
});

test('an object whose id has no number is in the lane of the order that the message names', () => {
  expect(lanesOf(inner.v2('CHARGEBACK', 'C9KORZRXQ655G'))).toEqual([`legacy:${AGREEMENT}`, `migrated:${AGREEMENT}`]);
});
