import type { NotifiedObject } from '../../catalog/notifications';

/** An operation of MWS that tells how an object is, and changes nothing. */
export interface ReadOperation {
  /** An action of the catalog; only these can be asked for. */
  readonly action: `Get${string}Details`;
  readonly parameter: string;
  /** The element below `…Result`, and the one in it that has state and reason. */
  readonly details: string;
  readonly status: string;
  /** The tables of the catalog that say what state and reason are in v2; null for permissions, see to-v2-object.ts. */
  readonly states: string | null;
  readonly reasons: string | null;
  /** The amounts, by the names that v2 has for them. */
  readonly amounts: Readonly<Record<string, string>>;
  /** The id that legacy has for an object of v2. */
  readonly toLegacyId: (id: string) => string;
}

const same = (id: string): string => id;

const getCapture: ReadOperation = {
  action: 'GetCaptureDetails',
  parameter: 'AmazonCaptureId',
  details: 'CaptureDetails',
  status: 'CaptureStatus',
  states: 'captureState',
  reasons: 'captureReason',
  amounts: { chargeAmount: 'CaptureAmount', captureAmount: 'CaptureAmount', refundedAmount: 'RefundedAmount' },
  toLegacyId: same,
};
const getAuthorization: ReadOperation = {
  action: 'GetAuthorizationDetails',
  parameter: 'AmazonAuthorizationId',
  details: 'AuthorizationDetails',
  status: 'AuthorizationStatus',
  states: 'authorizationState',
  reasons: 'authorizationReason',
  amounts: { chargeAmount: 'AuthorizationAmount', captureAmount: 'CapturedAmount' },
  // Only asked when there is no capture of this number: then the number is that of an authorization.
  toLegacyId: (id) => id.replace(/-C(\d{6})$/, '-A$1'),
};
const getRefund: ReadOperation = {
  action: 'GetRefundDetails',
  parameter: 'AmazonRefundId',
  details: 'RefundDetails',
  status: 'RefundStatus',
  states: 'refundState',
  reasons: 'refundReason',
  amounts: { refundAmount: 'RefundAmount' },
  toLegacyId: same,
};
const getOrder: ReadOperation = {
  action: 'GetOrderReferenceDetails',
  parameter: 'AmazonOrderReferenceId',
  details: 'OrderReferenceDetails',
  status: 'OrderReferenceStatus',
  states: null,
  reasons: null,
  amounts: {},
  toLegacyId: same,
};
const getAgreement: ReadOperation = {
  ...getOrder,
  action: 'GetBillingAgreementDetails',
  parameter: 'AmazonBillingAgreementId',
  details: 'BillingAgreementDetails',
  status: 'BillingAgreementStatus',
};

/** What to ask for an object, one after the other until one has it. Legacy has nothing to ask about a dispute. */
export function readOperationsFor(objectType: NotifiedObject, id: string): readonly ReadOperation[] {
  switch (objectType) {
    case 'CHARGE':
      return [getCapture, getAuthorization];
    case 'REFUND':
      return [getRefund];
    case 'CHARGE_PERMISSION':
      return [/^[BC]/.test(id) ? getAgreement : getOrder];
    case 'CHARGEBACK':
      return [];
  }
}

export const allReadOperations: readonly ReadOperation[] = [
  getCapture,
  getAuthorization,
  getRefund,
  getOrder,
  getAgreement,
];
