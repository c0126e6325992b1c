/** What the ledger refuses, in the words of v2 where v2 has one; both APIs say it in their own way. */
export type LedgerErrorCode =
  | 'OrderNotFound'
  | 'AgreementNotFound'
  | 'AuthorizationNotFound'
  | 'CaptureNotFound'
  | 'RefundNotFound'
  | 'SessionNotFound'
  | 'DisputeNotFound'
  | 'ReportNotFound'
  | 'AccountNotFound'
  | 'CreditNotFound'
  | 'ReportScheduleExists'
  | 'InvalidOrderStatus'
  | 'InvalidAgreementStatus'
  | 'OrderNotModifiable'
  | 'AgreementNotModifiable'
  | 'ConstraintsExist'
  | 'AgreementConstraintsExist'
  | 'InvalidChargeStatus'
  | 'ChargeNotRefundable'
  | 'InvalidCheckoutSessionStatus'
  | 'CheckoutSessionCanceled'
  | 'AmountMismatch'
  | 'TransactionAmountExceeded'
  | 'PeriodicAmountExceeded'
  | 'TransactionCountExceeded'
  | 'CurrencyMismatch'
  | 'CurrencyUnsupported'
  | 'InvalidParameterValue'
  | 'InvalidSandboxSimulationSpecified';

/** A request that the ledger refuses. Nothing of it has happened. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';

  constructor(
    readonly code: LedgerErrorCode,
    message: string,
  ) {
    super(message);
  }
}
