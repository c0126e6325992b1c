import type { ErrorCode, FactConfidence } from './types';

type Row = [
  legacy: string,
  status: number | undefined,
  v2: readonly string[],
  v2Status: number | undefined,
  confidence: FactConfidence,
  because?: string,
  decision?: string,
];

const NOT_FOUND = [
  'InvalidOrderReferenceId',
  'InvalidAuthorizationId',
  'InvalidCaptureId',
  'InvalidRefundId',
  'InvalidBillingAgreementId',
];

/** facts: api-mapping.md section 4.7, v2-rest.md section 6. */
const rows: readonly Row[] = [
  ['RequestThrottled', 503, ['TooManyRequests'], 429, 'confirmed'],
  [
    'DuplicateReferenceId',
    400,
    ['DuplicateIdempotencyKey'],
    400,
    'confirmed',
    'The same key with the same request returns the first answer instead of an error.',
    // facts: v2-rest.md, idempotency rules (confirmed).
    'in v2 the same request under the same key is no error: the first answer comes again, so that this branch does not run, and what follows a success runs once more. Let that act once for each refundId or chargeId.',
  ],
  ['DuplicateRequest', 400, ['DuplicateIdempotencyKey'], 400, 'confirmed'],
  [
    'OrderReferenceNotModifiable',
    405,
    ['InvalidCheckoutSessionStatus', 'ChargePermissionNotModifiable'],
    422,
    'likely',
  ],
  [
    'BillingAgreementNotModifiable',
    405,
    ['InvalidCheckoutSessionStatus', 'ChargePermissionNotModifiable'],
    422,
    'likely',
  ],
  [
    'ConstraintsExist',
    400,
    ['InvalidCheckoutSessionStatus'],
    422,
    'likely',
    'Constraints are no error when set: look at constraints[] of the session before the redirect.',
  ],
  ['BillingAgreementConstraintsExist', 400, ['InvalidCheckoutSessionStatus'], 422, 'likely'],
  ['InvalidOrderReferenceStatus', undefined, ['InvalidChargePermissionStatus'], 422, 'likely'],
  ['InvalidBillingAgreementStatus', undefined, ['InvalidChargePermissionStatus'], 422, 'likely'],
  ['InvalidAuthorizationStatus', 405, ['InvalidChargeStatus'], 422, 'likely'],
  ['CaptureNotRefundable', 405, ['InvalidChargeStatus'], 422, 'likely'],
  ['TransactionAmountExceeded', 400, ['TransactionAmountExceeded'], 400, 'confirmed'],
  ['PeriodicAmountExceeded', 400, ['PeriodicAmountExceeded'], 400, 'confirmed'],
  ['TransactionCountExceeded', undefined, ['TransactionCountExceeded'], 422, 'confirmed'],
  ['CurrencyMismatch', 400, ['CurrencyMismatch'], 400, 'confirmed'],
  ['CurrencyUnsupported', 400, ['InvalidParameterValue'], 400, 'likely'],
  ['InvalidAccountStatus', 403, ['InvalidAccountStatus'], 403, 'confirmed'],
  ['UnauthorizedAccess', 401, ['UnauthorizedAccess'], 401, 'likely'],
  ['UnauthorizedSolutionProvider', undefined, ['UnauthorizedAccess'], 401, 'likely'],
  ['InvalidAddressConsentToken', 404, [], undefined, 'likely', 'v2 has no consent token.'],
  ['AmbiguousToken', 400, [], undefined, 'confirmed', 'v2 has no consent or access token.'],
  ...NOT_FOUND.map((legacy): Row => [legacy, undefined, ['ResourceNotFound'], 404, 'likely']),
  ['InvalidParameterValue', 400, ['InvalidParameterValue'], 400, 'confirmed'],
  ['MissingParameter', 400, ['MissingParameterValue'], 400, 'confirmed'],
  ['InvalidSandboxSimulationSpecified', 400, ['InvalidSandboxSimulationSpecified'], 400, 'confirmed'],
  ['InternalServerError', 500, ['InternalServerError'], 500, 'confirmed'],
  ['ServiceUnavailable', 503, ['ServiceUnavailable'], 503, 'confirmed'],
];

/** Legacy MWS error codes, by code. The old client gives them as `name` and `type` of the error. */
export const errorCodes: Readonly<Record<string, ErrorCode>> = Object.fromEntries(
  rows.map(([legacy, legacyStatus, v2, v2Status, confidence, because, decision]): [string, ErrorCode] => [
    legacy,
    {
      legacy,
      v2,
      confidence,
      ...(legacyStatus === undefined ? {} : { legacyStatus }),
      ...(v2Status === undefined ? {} : { v2Status }),
      ...(because === undefined ? {} : { because }),
      ...(decision === undefined ? {} : { decision }),
    },
  ]),
);

/** Codes that only Amazon Pay answers with; the others are shared with other services. */
export const DISTINCTIVE_ERROR =
  /OrderReference|BillingAgreement|RequestThrottled|DuplicateReferenceId|ConstraintsExist|Authorization(?:Status|Id)|CaptureNot|Invalid(?:Capture|Refund)Id|TransactionAmountExceeded|PeriodicAmountExceeded|SandboxSimulation|AddressConsentToken/;

/** Those of them that v2 does not have. */
export const onlyLegacyErrors: readonly string[] = Object.keys(errorCodes).filter(
  (code) => DISTINCTIVE_ERROR.test(code) && errorCodes[code]?.v2.includes(code) === false,
);

/** Reason codes of v2 errors with their HTTP status. */
export const v2ErrorCodes: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      'InvalidHeaderValue',
      'InvalidRequest',
      'InvalidParameterValue',
      'InvalidRequestFormat',
      'MissingHeader',
      'MissingHeaderValue',
      'MissingParameterValue',
      'UnrecognizedField',
      'InvalidSandboxSimulationSpecified',
      'DuplicateIdempotencyKey',
      'InvalidParameterCombination',
      'CurrencyMismatch',
      'InvalidAPIVersion',
      'TransactionAmountExceeded',
      'PeriodicAmountExceeded',
    ].map((code) => [code, 400]),
  ),
  UnauthorizedAccess: 401,
  ...Object.fromEntries(
    ['InvalidAuthentication', 'InvalidAccountStatus', 'InvalidRequestSignature', 'InvalidAuthorizationToken'].map(
      (code) => [code, 403],
    ),
  ),
  ResourceNotFound: 404,
  UnsupportedOperation: 405,
  RequestNotSupported: 405,
  RequestTimeout: 408,
  AmountMismatch: 409,
  ...Object.fromEntries(
    [
      'InvalidCheckoutSessionStatus',
      'CheckoutSessionCanceled',
      'ChargePermissionNotModifiable',
      'InvalidChargePermissionStatus',
      'InvalidChargeStatus',
      'SoftDeclined',
      'HardDeclined',
      'PaymentMethodNotAllowed',
      'MFANotCompleted',
      'TransactionTimedOut',
      'AmazonRejected',
      'TransactionCountExceeded',
    ].map((code) => [code, 422]),
  ),
  TLSVersionNotSupported: 426,
  TooManyRequests: 429,
  InternalServerError: 500,
  ProcessingFailure: 500,
  ServiceUnavailable: 503,
};
