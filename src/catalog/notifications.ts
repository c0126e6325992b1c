/** The objects of v2 that a notification can be about (facts: ipn.md section 3), and how each is fetched. */
export const notifiedObjects = {
  CHARGE: { sdkMethod: 'getCharge', path: '/v2/charges/{id}', id: /^[PS]\d{2}-\d{7}-\d{7}-C\d{6}$/ },
  REFUND: { sdkMethod: 'getRefund', path: '/v2/refunds/{id}', id: /^[PS]\d{2}-\d{7}-\d{7}-R\d{6}$/ },
  CHARGE_PERMISSION: {
    sdkMethod: 'getChargePermission',
    path: '/v2/chargePermissions/{id}',
    id: /^[PSBC]\d{2}-\d{7}-\d{7}$/,
  },
  CHARGEBACK: { sdkMethod: 'getDispute', path: '/v2/disputes/{id}', id: /^[PS]\d{2}-\d{7}-\d{7}-B\d{6}$/ },
} as const satisfies Readonly<Record<string, { sdkMethod: string; path: string; id: RegExp }>>;

export type NotifiedObject = keyof typeof notifiedObjects;

/** One of the nine types of legacy notifications: what its XML looks like, and what it is about in v2. */
export interface LegacyNotificationType {
  /** In the spelling of the wire. */
  readonly type: string;
  readonly root: string;
  readonly details: string;
  /** The element that names the object. */
  readonly id: string;
  /** null: v2 has no such object. */
  readonly objectType: NotifiedObject | null;
}

const row = (
  type: string,
  root: string,
  details: string,
  id: string,
  objectType: NotifiedObject | null,
): LegacyNotificationType => ({ type, root, details, id, objectType });

/** Facts: ipn.md section 2 (types and elements) and section 4 (translation). */
export const legacyNotificationTypes: readonly LegacyNotificationType[] = [
  row('PaymentAuthorize', 'AuthorizationNotification', 'AuthorizationDetails', 'AmazonAuthorizationId', 'CHARGE'),
  row('PaymentCapture', 'CaptureNotification', 'CaptureDetails', 'AmazonCaptureId', 'CHARGE'),
  row('PaymentRefund', 'RefundNotification', 'RefundDetails', 'AmazonRefundId', 'REFUND'),
  row(
    'OrderReferenceNotification',
    'OrderReferenceNotification',
    'OrderReference',
    'AmazonOrderReferenceId',
    'CHARGE_PERMISSION',
  ),
  row(
    'BillingAgreementNotification',
    'BillingAgreementNotification',
    'BillingAgreement',
    'AmazonBillingAgreementId',
    'CHARGE_PERMISSION',
  ),
  row(
    'Chargeback Detailed Notification',
    'ChargebackNotification',
    'ChargebackDetails',
    'AmazonChargebackId',
    'CHARGEBACK',
  ),
  row('ProviderCredit', 'ProviderCreditNotification', 'ProviderCreditDetails', 'AmazonProviderCreditId', null),
  row(
    'ProviderCreditReversal',
    'ProviderCreditReversalNotification',
    'ProviderCreditReversalDetails',
    'AmazonProviderCreditReversalId',
    null,
  ),
  row('SolutionProviderEvent', 'SolutionProviderMerchantNotification', 'MerchantRegistrationDetails', 'SellerId', null),
];

/** Legacy types by the object of v2 that they are about, in the spelling of the wire. */
export const notificationTypes: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.keys(notifiedObjects).map((object) => [
    object,
    legacyNotificationTypes.filter(({ objectType }) => objectType === object).map(({ type }) => type),
  ]),
);

/** Legacy types that v2 has no notification for. */
export const notificationTypesWithoutObject: readonly string[] = legacyNotificationTypes
  .filter(({ objectType }) => objectType === null)
  .map(({ type }) => type);
