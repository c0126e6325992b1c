import { z } from 'zod';
import { V2Error } from './reply';

/**
 * What v2 takes, by operation (facts: v2-rest.md sections 7 and 8). Strict: a key that v2 does not know is refused, as
 * Amazon does with UnrecognizedField. The limits are the published ones.
 */
const text = (most: number) => z.string().max(most).nullish();
const price = z.strictObject({ amount: z.union([z.string(), z.number()]), currencyCode: z.string() });
const object = z.record(z.string(), z.unknown()).nullish();

const merchantMetadata = z
  .strictObject({
    merchantReferenceId: text(256),
    merchantStoreName: text(50),
    noteToBuyer: text(255),
    customInformation: text(4096),
  })
  .nullish();

const recurringMetadata = z
  .strictObject({
    frequency: z
      .strictObject({
        unit: z.enum(['Year', 'Month', 'Week', 'Day', 'Variable']),
        value: z.union([z.string(), z.number()]),
      })
      .nullish(),
    amount: price.nullish(),
  })
  .nullish();

const paymentIntent = z.enum(['Confirm', 'Authorize', 'AuthorizeWithCapture']);
const paymentDetails = z.strictObject({
  paymentIntent: paymentIntent.nullish(),
  canHandlePendingAuthorization: z.boolean().nullish(),
  chargeAmount: price.nullish(),
  totalOrderAmount: price.nullish(),
  estimateOrderTotal: price.nullish(),
  softDescriptor: text(16),
  presentmentCurrency: text(3),
  allowOvercharge: z.boolean().nullish(),
  extendExpiration: z.boolean().nullish(),
});

const url = z.url().nullish();
const webCheckoutDetails = z.strictObject({
  checkoutReviewReturnUrl: url,
  checkoutResultReturnUrl: url,
  checkoutCancelUrl: url,
});

const permissionType = z.enum(['OneTime', 'Recurring', 'PaymentMethodOnFile']);
const session = {
  webCheckoutDetails: webCheckoutDetails.optional(),
  paymentDetails: paymentDetails.optional(),
  merchantMetadata,
  recurringMetadata,
  supplementaryData: z.string().nullish(),
  platformId: text(50),
  providerMetadata: object,
  deliverySpecifications: object,
  paymentMethodOnFileMetadata: object,
  checkoutButtonText: z.string().nullish(),
};

export const createSessionBody = z.strictObject({
  ...session,
  storeId: z.string().min(1),
  webCheckoutDetails: webCheckoutDetails.extend({ checkoutReviewReturnUrl: z.url() }),
  chargePermissionType: permissionType.optional(),
  chargePermissionId: z.string().nullish(),
  scopes: z.array(z.string()).nullish(),
  addressDetails: object,
  multiAddressesCheckoutMetadata: z.array(z.unknown()).nullish(),
});

/** The payload of a button is the same and a little more (facts: frontend.md section 4; captures.md section 3). */
export const buttonPayload = createSessionBody.extend({
  webCheckoutDetails: webCheckoutDetails.extend({ checkoutMode: z.literal('ProcessOrder').optional() }),
});
export const signInPayload = z.strictObject({
  signInReturnUrl: z.url(),
  signInCancelUrl: url,
  storeId: z.string().min(1),
  signInScopes: z.array(z.string()).nullish(),
});

export const updateSessionBody = z.strictObject(session);
export const completeSessionBody = z.strictObject({ chargeAmount: price, totalOrderAmount: price.nullish() });

export const updatePermissionBody = z.strictObject({ merchantMetadata, recurringMetadata });
export const closePermissionBody = z.strictObject({
  closureReason: z.string().min(1).max(255),
  cancelPendingCharges: z.boolean().nullish(),
});

export const createChargeBody = z.strictObject({
  chargePermissionId: z.string().min(1),
  chargeAmount: price,
  captureNow: z.boolean().nullish(),
  canHandlePendingAuthorization: z.boolean().nullish(),
  softDescriptor: text(16),
  merchantMetadata,
  providerMetadata: object,
  platformId: text(50),
  channel: z.enum(['Web', 'Phone', 'App', 'Alexa', 'PointOfSale', 'FireTv', 'Offline', 'Amazon']).nullish(),
  chargeInitiator: z.enum(['CITU', 'MITU', 'CITR', 'MITR']).nullish(),
  webCheckoutDetails: object,
});
export const captureBody = z.strictObject({
  captureAmount: price,
  softDescriptor: text(16),
  providerMetadata: object,
});
export const cancelBody = z.strictObject({ cancellationReason: z.string().min(1) });
export const createRefundBody = z.strictObject({
  chargeId: z.string().min(1),
  refundAmount: price,
  softDescriptor: text(16),
  providerMetadata: object,
});
export const finalizeSessionBody = z.strictObject({
  shippingAddress: object,
  billingAddress: object,
  chargeAmount: price.nullish(),
  totalOrderAmount: price.nullish(),
  paymentIntent: paymentIntent.nullish(),
  canHandlePendingAuthorization: z.boolean().nullish(),
  softDescriptor: text(16),
  supplementaryData: z.string().nullish(),
  merchantMetadata,
});
/** Payment service providers only, and to this one end (facts: states.md section 2). */
export const updateChargeBody = z.strictObject({
  statusDetails: z.strictObject({ state: z.literal('Canceled'), reasonCode: z.literal('ExpiredUnused') }),
});

/** facts: captures.md section 2.6. Times are numbers there: milliseconds since 1970. */
const filingReason = z.enum(
  'ProductNotReceived ProductUnacceptable ProductNoLongerNeeded CreditNotProcessed Overcharged DuplicateCharge SubscriptionCancelled Unrecognized Fraudulent Other'.split(
    ' ',
  ),
);
const disputeReason = z.enum(
  'MerchantResponseRequired MerchantAdditionalEvidencesRequired BuyerAdditionalEvidencesRequired MerchantAcceptedDispute MerchantResponseDeadlineExpired BuyerCancelled InvestigatorResolved AutoResolved ChargebackFiled'.split(
    ' ',
  ),
);
const disputeStatus = z.strictObject({
  state: z.enum(['UnderReview', 'ActionRequired', 'Resolved', 'Closed']),
  resolution: z.enum(['BuyerWon', 'MerchantWon', 'NoFault']).nullish(),
  reasonCode: disputeReason.nullish(),
  reasonDescription: z.string().nullish(),
});
export const createDisputeBody = z.looseObject({
  chargeId: z.string().min(1),
  disputeAmount: price.nullish(),
  filingReason: filingReason.default('Other'),
  filingTimestamp: z.number().nullish(),
  merchantResponseDeadline: z.number().optional(),
  providerMetadata: z.looseObject({ providerDisputeId: z.string().nullish() }).nullish(),
  statusDetails: disputeStatus.nullish(),
});
export const updateDisputeBody = z.looseObject({
  statusDetails: disputeStatus,
  closureTimestamp: z.number().nullish(),
});
export const contestDisputeBody = z.looseObject({
  merchantEvidences: z.array(
    z.looseObject({
      evidenceType: z.string().min(1),
      fileId: z.string().nullish(),
      evidenceText: z.string().nullish(),
    }),
  ),
});
export const uploadFileBody = z.looseObject({ type: z.string().min(1), purpose: z.string().min(1) });

/** facts: api-mapping.md section 5; the names of the times are likely, not confirmed. */
export const createReportBody = z.strictObject({
  reportType: z.string().min(1),
  startTime: z.string().nullish(),
  endTime: z.string().nullish(),
});
export const createReportScheduleBody = z.strictObject({
  reportType: z.string().min(1),
  scheduleFrequency: z.string().min(1),
  nextReportCreationTime: z.string().min(1),
  deleteExistingSchedule: z.boolean().nullish(),
});

/** The facts name no limits of accounts: what is sent is kept. */
export const createAccountBody = z.looseObject({
  uniqueReferenceId: z.string().min(1),
  ledgerCurrency: z.enum(['USD', 'EUR', 'GBP', 'JPY']),
  businessInfo: z.record(z.string(), z.unknown()),
});
export const updateAccountBody = z.looseObject({ businessInfo: z.record(z.string(), z.unknown()).optional() });
export const claimAccountBody = z.looseObject({ uniqueReferenceId: z.string().min(1) });

export const deliveryTrackerBody = z.strictObject({
  amazonOrderReferenceId: z.string().nullish(),
  chargePermissionId: z.string().nullish(),
  deliveryDetails: z
    .array(z.strictObject({ trackingNumber: z.string().min(1), carrierCode: z.string().min(1) }))
    .min(1),
});

export const merchantScanBody = z.looseObject({
  scanData: z.string().min(1),
  scanReferenceId: z.string().min(1),
  merchantCOE: z.string().min(1),
  ledgerCurrency: z.string().min(1),
  metadata: z
    .looseObject({
      merchantNote: z.string().nullish(),
      customInformation: z.string().nullish(),
      communicationContext: z
        .looseObject({ merchantStoreName: z.string().nullish(), merchantOrderId: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});
export const inStoreChargeBody = z.looseObject({
  chargePermissionId: z.string().min(1),
  chargeReferenceId: z.string().min(1),
  chargeTotal: price,
  softDescriptor: text(16),
});
export const inStoreRefundBody = z.looseObject({
  chargeId: z.string().min(1),
  refundReferenceId: z.string().min(1),
  refundTotal: price,
  softDescriptor: text(16),
});

/** Reads a body, or refuses it with the reason code that names the fault. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys')
    throw new V2Error('UnrecognizedField', `The field ${[...issue.path, issue.keys[0]].join('.')} is not recognized.`);
  const value = issue?.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null)?.[key], body);
  if (value === undefined) throw new V2Error('MissingParameterValue', `The value of ${path} is missing.`);
  throw new V2Error('InvalidParameterValue', `The value of ${path} is invalid: ${issue?.message ?? ''}`);
}
