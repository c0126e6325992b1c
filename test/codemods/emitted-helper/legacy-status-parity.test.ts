import { chargeReasons, closedBillingAgreements, suspendedPermissions } from '../../../src/catalog/legacy-status';
import { toLegacyStatus } from '../../../transforms/ipn/legacy-status';
import { BILLING_AGREEMENT_ID, CAPTURE_ID, ORDER_REFERENCE_ID, REFUND_ID } from '../../stand-in/ids';
import { makeProject } from '../../stand-in/project';
import { charge, chargePermission, refund } from '../../stand-in/v2-answers';
import { emit } from './emit';

/** The emitted file and the library say the same of every object: one is what merchants own, the other is its definition. */
interface Emitted {
  fetchNotification(
    client: object,
    body: object,
    options?: object,
  ): Promise<{ NotificationType: string; NotificationData: Record<string, Record<string, unknown>> }>;
}

const project = makeProject({ 'amazon-pay-v2.js': emit(['fetchNotification']) });
const emitted = require(`${project.directory}/amazon-pay-v2.js`) as Emitted;
afterAll(() => project.remove());

const client = (data: object): object => {
  const answer = (): Promise<object> => Promise.resolve({ data });
  return { getCharge: answer, getRefund: answer, getChargePermission: answer };
};
const message = (ObjectType: string, ObjectId: string): object => ({
  NotificationVersion: 'V2',
  NotificationType: 'STATE_CHANGE',
  ObjectType,
  ObjectId,
});

const plain = ({ State, ReasonCode }: Record<string, unknown>): object => ({
  State,
  ...(ReasonCode === undefined ? {} : { ReasonCode }),
});

const priced = (amount: string): object => ({ amount, currencyCode: 'USD' });
const states = [
  'AuthorizationInitiated',
  'Authorized',
  'CaptureInitiated',
  'Captured',
  'Canceled',
  'Declined',
] as const;
const charges = states.flatMap((state) =>
  [null, ...Object.keys(chargeReasons)].flatMap((reasonCode) =>
    [null, '94.50'].map((captured) =>
      charge(state, {
        statusDetails: { state, reasonCode, lastUpdatedTimestamp: '20240102T030405Z' },
        captureAmount: captured === null ? null : priced(captured),
        refundedAmount: captured === null ? null : priced('94.50'),
      }),
    ),
  ),
);

test(`${charges.length} charges`, async () => {
  for (const object of charges) {
    const expected = toLegacyStatus('CHARGE', object);
    if (expected.object !== 'charge') throw new Error('not a charge');
    const { NotificationType, NotificationData } = await emitted.fetchNotification(
      client(object),
      message('CHARGE', CAPTURE_ID),
    );
    const isCapture = NotificationType === 'PaymentCapture';
    expect(isCapture).toBe(expected.capture !== null);
    const status = NotificationData[isCapture ? 'CaptureStatus' : 'AuthorizationStatus'] ?? {};
    const { State, ReasonCode } = expected.capture ?? expected.authorization;
    expect(plain(status)).toEqual(ReasonCode === undefined ? { State } : { State, ReasonCode });
    expect(NotificationData['SoftDecline']).toEqual(isCapture ? undefined : expected.authorization.SoftDecline);
  }
});

test.each(['RefundInitiated', 'Refunded', 'Declined'] as const)('a refund in state %s', async (state) => {
  const object = refund(state);
  const { NotificationData } = await emitted.fetchNotification(client(object), message('REFUND', REFUND_ID));
  const expected = toLegacyStatus('REFUND', object);
  expect(plain(NotificationData['RefundStatus'] ?? {})).toEqual(expected.object === 'refund' && expected.refund);
});

const reasons: readonly (readonly string[] | null)[] = [
  null,
  [],
  ...[
    'ChargeInProgress',
    'SomethingNew',
    ...Object.keys(suspendedPermissions),
    ...Object.keys(closedBillingAgreements),
  ].map((code) => [code]),
  ['ChargeInProgress', 'PaymentMethodInvalid'],
  ['MFAFailed', 'PaymentMethodExpired'],
  ['SomethingNew', 'MerchantCanceled'],
];
const permissions = [ORDER_REFERENCE_ID, BILLING_AGREEMENT_ID].flatMap((chargePermissionId) =>
  (['Chargeable', 'NonChargeable', 'Closed'] as const).flatMap((state) =>
    reasons.map((codes) =>
      chargePermission(state, codes?.map((reasonCode) => ({ reasonCode, reasonDescription: '' })) ?? null, {
        chargePermissionId,
      }),
    ),
  ),
);

test(`${permissions.length} charge permissions`, async () => {
  for (const object of permissions) {
    const id = String(object['chargePermissionId']);
    const { NotificationType, NotificationData } = await emitted.fetchNotification(
      client(object),
      message('CHARGE_PERMISSION', id),
    );
    const expected = toLegacyStatus('CHARGE_PERMISSION', object);
    const isRecurring = NotificationType === 'BillingAgreementNotification';
    const status = NotificationData[isRecurring ? 'BillingAgreementStatus' : 'OrderReferenceStatus'] ?? {};
    expect(expected).toEqual({ object: isRecurring ? 'billingAgreement' : 'orderReference', status: plain(status) });
  }
});
