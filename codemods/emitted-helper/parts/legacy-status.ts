import type { Part } from '../part';

/** Objects of v2 in the words that a legacy notification had for them (facts: states.md section 3). */
export const legacyStatusParts: readonly Part[] = [
  {
    name: 'AUTHORIZATION_STATES',
    needs: [],
    exported: false,
    source: String.raw`
/** A charge is an authorization and a capture in one. */
const AUTHORIZATION_STATES⟦: Record<string, string>⟧ = {
  AuthorizationInitiated: 'Pending',
  Authorized: 'Open',
  CaptureInitiated: 'Closed',
  Captured: 'Closed',
  Canceled: 'Closed',
  Declined: 'Declined',
};
const CAPTURE_STATES⟦: Record<string, string>⟧ = { CaptureInitiated: 'Pending', Captured: 'Completed', Declined: 'Declined' };
const REFUND_STATES⟦: Record<string, string>⟧ = { RefundInitiated: 'Pending', Refunded: 'Completed', Declined: 'Declined' };

/** Reasons that have another name; those that are not here keep theirs. */
const LEGACY_REASONS⟦: Record<string, string | undefined>⟧ = {
  SoftDeclined: 'InvalidPaymentMethod',
  HardDeclined: 'InvalidPaymentMethod',
  MerchantCanceled: 'SellerClosed',
  AmazonCanceled: 'AmazonClosed',
  ChargePermissionCanceled: 'OrderReferenceCanceled',
  BuyerCanceled: undefined,
};

/** Why a Charge Permission is not chargeable; undefined: legacy had no such reason. */
const SUSPENDED_REASONS⟦: Record<string, string | undefined>⟧ = {
  PaymentMethodInvalid: 'InvalidPaymentMethod',
  PaymentMethodDeleted: 'InvalidPaymentMethod',
  PaymentMethodExpired: 'InvalidPaymentMethod',
  PaymentMethodNotAllowed: 'InvalidPaymentMethod',
  BillingAddressDeleted: 'InvalidPaymentMethod',
  PaymentMethodNotSet: undefined,
  MFAFailed: undefined,
};

/** Why a Charge Permission is closed: state and reason of an order reference. */
const CLOSED_PERMISSIONS⟦: Record<string, [string, string?]>⟧ = {
  MerchantCanceled: ['Canceled', 'SellerCanceled'],
  AmazonCanceled: ['Canceled', 'AmazonCanceled'],
  BuyerCanceled: ['Canceled'],
  MerchantClosed: ['Closed', 'SellerClosed'],
  BuyerClosed: ['Closed'],
  AmazonClosed: ['Closed', 'AmazonClosed'],
  Expired: ['Closed', 'Expired'],
};`,
  },
  {
    name: 'present',
    needs: ['AUTHORIZATION_STATES', 'Fetched', 'refuse'],
    exported: false,
    source: String.raw`
/** What v2 does not say is absent, as it was in legacy. */
function present(fields⟦: Fetched⟧)⟦: Fetched⟧ {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

function legacyPrice(price⟦: Fetched | null | undefined⟧, none⟦?: Fetched⟧)⟦: Fetched | undefined⟧ {
  const { amount, currencyCode } = price ?? none ?? {};
  return currencyCode && { Amount: String(amount), CurrencyCode: currencyCode };
}

/** 20240102T030405Z, as v2 writes it, to 2024-01-02T03:04:05Z, as legacy did. */
function legacyTime(time⟦: unknown⟧)⟦: string | undefined⟧ {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
  return time ? String(time).replace(basic, '$1-$2-$3T$4:$5:$6Z') : undefined;
}

function legacyReason(code⟦: string⟧)⟦: string | undefined⟧ {
  return code in LEGACY_REASONS ? LEGACY_REASONS[code] : code;
}

function legacyStatus(details⟦: Fetched⟧, State⟦: string | undefined⟧, ReasonCode⟦?: string⟧)⟦: Fetched⟧ {
  // A state that is not known here is not guessed.
  if (!State) refuse('AMAZON_PAY_UNKNOWN_STATE', 'No legacy state for ' + details.state);
  return present({ State, ReasonCode, LastUpdateTimestamp: legacyTime(details.lastUpdatedTimestamp) });
}`,
  },
  {
    name: 'legacyAuthorization',
    needs: ['present', 'AUTHORIZATION_STATES', 'refuse'],
    exported: false,
    source: String.raw`
function legacyAuthorization(charge⟦: Fetched⟧, idOfMessage⟦: string⟧)⟦: Fetched⟧ {
  const { state, reasonCode } = charge.statusDetails;
  const isCaptured = CAPTURE_STATES[state] !== undefined && state !== 'Declined';
  const reason = isCaptured ? 'MaxCapturesProcessed' : legacyReason(reasonCode);
  return present({
    AmazonAuthorizationId: idOfMessage,
    AuthorizationAmount: legacyPrice(charge.chargeAmount),
    CapturedAmount: legacyPrice(charge.captureAmount, { amount: '0', currencyCode: charge.chargeAmount?.currencyCode }),
    IdList: isCaptured ? { Id: charge.chargeId } : '',
    CreationTimestamp: legacyTime(charge.creationTimestamp),
    ExpirationTimestamp: legacyTime(charge.expirationTimestamp),
    AuthorizationStatus: legacyStatus(charge.statusDetails, AUTHORIZATION_STATES[state], reason),
    SoftDecline: state === 'Declined' ? String(reasonCode === 'SoftDeclined') : undefined,
    SoftDescriptor: charge.softDescriptor,
  });
}

function legacyCapture(charge⟦: Fetched⟧)⟦: Fetched⟧ {
  const { state, reasonCode } = charge.statusDetails;
  const captured = Number(charge.captureAmount?.amount);
  // A capture that was refunded whole is Closed in legacy; in v2 it stays Captured.
  const isRefunded = state === 'Captured' && captured > 0 && Number(charge.refundedAmount?.amount) >= captured;
  return present({
    AmazonCaptureId: charge.chargeId,
    // A capture that was declined may have no amount; without one a handler would fail over it for ever.
    CaptureAmount: legacyPrice(charge.captureAmount, state === 'Declined' ? charge.chargeAmount : undefined),
    RefundedAmount: legacyPrice(charge.refundedAmount, { amount: '0', currencyCode: charge.chargeAmount?.currencyCode }),
    ConvertedAmount: legacyPrice(charge.convertedAmount),
    ConversionRate: charge.conversionRate,
    CreationTimestamp: legacyTime(charge.creationTimestamp),
    CaptureStatus: isRefunded
      ? legacyStatus(charge.statusDetails, 'Closed', 'MaxAmountRefunded')
      : legacyStatus(charge.statusDetails, CAPTURE_STATES[state], legacyReason(reasonCode)),
    SoftDescriptor: charge.softDescriptor,
  });
}

function legacyRefund(refund⟦: Fetched⟧)⟦: Fetched⟧ {
  const { state, reasonCode } = refund.statusDetails;
  return present({
    AmazonRefundId: refund.refundId,
    RefundAmount: legacyPrice(refund.refundAmount),
    CreationTimestamp: legacyTime(refund.creationTimestamp),
    RefundStatus: legacyStatus(refund.statusDetails, REFUND_STATES[state], legacyReason(reasonCode)),
    SoftDescriptor: refund.softDescriptor,
  });
}`,
  },
  {
    name: 'legacyPermission',
    needs: ['present', 'AUTHORIZATION_STATES', 'refuse'],
    exported: false,
    source: String.raw`
/** State and reason of the order reference or billing agreement that a Charge Permission is. */
function permissionStatus(permission⟦: Fetched⟧, isRecurring⟦: boolean⟧)⟦: Fetched⟧ {
  const { state, reasons } = permission.statusDetails;
  const codes⟦: string[]⟧ = (reasons ?? []).map((reason⟦: Fetched⟧) => reason.reasonCode);
  // While a charge is open, no other can be made; the payment method is good.
  const grave = codes.filter((code) => code !== 'ChargeInProgress');
  const isBusy = codes.length > 0 && grave.length === 0;
  if (state === 'Chargeable' || (state === 'NonChargeable' && isBusy)) return legacyStatus(permission.statusDetails, 'Open');
  if (state === 'NonChargeable') {
    const known = grave.map((code) => (code in SUSPENDED_REASONS ? SUSPENDED_REASONS[code] : code)).filter((code) => code !== undefined);
    const suspended = known.includes('InvalidPaymentMethod') ? 'InvalidPaymentMethod' : known[0];
    return legacyStatus(permission.statusDetails, 'Suspended', suspended);
  }
  if (state !== 'Closed') return legacyStatus(permission.statusDetails, undefined);
  const code = codes.find((each) => each in CLOSED_PERMISSIONS) ?? codes[0] ?? '';
  // A billing agreement could be closed by its buyer, and only closed by its seller.
  if (isRecurring && /^Buyer(Closed|Canceled)$/.test(code)) return legacyStatus(permission.statusDetails, 'Closed', 'BuyerClosed');
  if (isRecurring && code === 'MerchantCanceled') return legacyStatus(permission.statusDetails, 'Closed', 'SellerClosed');
  const [closed, reason] = CLOSED_PERMISSIONS[code] ?? ['Closed', code || undefined];
  return legacyStatus(permission.statusDetails, closed, reason);
}

function legacyPermission(permission⟦: Fetched⟧)⟦: { type: string; details: Fetched }⟧ {
  const { chargePermissionId, limits, merchantMetadata } = permission;
  const isRecurring = /^[BC]/.test(chargePermissionId);
  const times = {
    CreationTimestamp: legacyTime(permission.creationTimestamp),
    ExpirationTimestamp: legacyTime(permission.expirationTimestamp),
  };
  if (isRecurring) {
    const details = present({
      AmazonBillingAgreementId: chargePermissionId,
      SellerBillingAgreementAttributes: present({ SellerBillingAgreementId: merchantMetadata?.merchantReferenceId }),
      BillingAgreementStatus: permissionStatus(permission, true),
      BillingAgreementLimits: present({
        AmountLimitPerTimePeriod: legacyPrice(limits?.amountLimit),
        CurrentRemainingBalance: legacyPrice(limits?.amountBalance),
      }),
      ...times,
    });
    return { type: 'BillingAgreementNotification', details };
  }
  const details = present({
    AmazonOrderReferenceId: chargePermissionId,
    OrderTotal: legacyPrice(limits?.amountLimit),
    SellerOrderAttributes: present({
      SellerOrderId: merchantMetadata?.merchantReferenceId,
      StoreName: merchantMetadata?.merchantStoreName,
    }),
    OrderReferenceStatus: permissionStatus(permission, false),
    ...times,
  });
  return { type: 'OrderReferenceNotification', details };
}`,
  },
];
