/** Back from v2 to the words of legacy (facts: states.md section 3), for merchants who keep their order states. */

/** A charge is the authorization and the capture of legacy in one; its state says both. */
export const authorizationStates: Readonly<Record<string, string>> = {
  AuthorizationInitiated: 'Pending',
  Authorized: 'Open',
  CaptureInitiated: 'Closed',
  Captured: 'Closed',
  Canceled: 'Closed',
  Declined: 'Declined',
};

export const captureStates: Readonly<Record<string, string>> = {
  CaptureInitiated: 'Pending',
  Captured: 'Completed',
  Declined: 'Declined',
};

export const refundStates: Readonly<Record<string, string>> = {
  RefundInitiated: 'Pending',
  Refunded: 'Completed',
  Declined: 'Declined',
};

/** Reasons of a charge that have another name; null: legacy had none for it. */
export const chargeReasons: Readonly<Record<string, string | null>> = {
  SoftDeclined: 'InvalidPaymentMethod',
  HardDeclined: 'InvalidPaymentMethod',
  AmazonRejected: 'AmazonRejected',
  ProcessingFailure: 'ProcessingFailure',
  TransactionTimedOut: 'TransactionTimedOut',
  ExpiredUnused: 'ExpiredUnused',
  MerchantCanceled: 'SellerClosed',
  AmazonCanceled: 'AmazonClosed',
  ChargePermissionCanceled: 'OrderReferenceCanceled',
  BuyerCanceled: null,
};

/**
 * Why a Charge Permission is not chargeable: the reason of a suspended order reference or billing agreement. null: legacy
 * had none for it, and the payment method may be good. ChargeInProgress is no suspension.
 */
export const suspendedPermissions: Readonly<Record<string, string | null>> = {
  PaymentMethodInvalid: 'InvalidPaymentMethod',
  PaymentMethodDeleted: 'InvalidPaymentMethod',
  PaymentMethodExpired: 'InvalidPaymentMethod',
  PaymentMethodNotAllowed: 'InvalidPaymentMethod',
  BillingAddressDeleted: 'InvalidPaymentMethod',
  PaymentMethodNotSet: null,
  MFAFailed: null,
};

type Closed = readonly [state: string, reason: string | null];

/** Why a Charge Permission is closed: state and reason of an order reference. A buyer closed none of those. */
export const closedOrderReferences: Readonly<Record<string, Closed>> = {
  MerchantCanceled: ['Canceled', 'SellerCanceled'],
  AmazonCanceled: ['Canceled', 'AmazonCanceled'],
  BuyerCanceled: ['Canceled', null],
  MerchantClosed: ['Closed', 'SellerClosed'],
  BuyerClosed: ['Closed', null],
  AmazonClosed: ['Closed', 'AmazonClosed'],
  Expired: ['Closed', 'Expired'],
};

/** The same of a billing agreement, which a seller could only close. */
export const closedBillingAgreements: Readonly<Record<string, Closed>> = {
  MerchantCanceled: ['Closed', 'SellerClosed'],
  AmazonCanceled: ['Canceled', 'AmazonCanceled'],
  BuyerCanceled: ['Closed', 'BuyerClosed'],
  MerchantClosed: ['Closed', 'SellerClosed'],
  BuyerClosed: ['Closed', 'BuyerClosed'],
  AmazonClosed: ['Closed', 'AmazonClosed'],
  Expired: ['Closed', 'Expired'],
};
