import { errorCodes } from '../../catalog/errors';
import type { LedgerErrorCode } from '../ledger/ledger-error';

/**
 * Codes of MWS as a whole, which the catalog has not: they concern the transport. Their names and statuses are those that
 * MWS is known by; the facts do not confirm them.
 */
const transport: Readonly<Record<string, number>> = {
  SignatureDoesNotMatch: 403,
  InvalidAccessKeyId: 403,
  RequestExpired: 400,
};

/** A request that MWS refuses. */
export class MwsError extends Error {
  override readonly name = 'MwsError';
  readonly status: number;

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.status = transport[code] ?? errorCodes[code]?.legacyStatus ?? 400;
  }
}

/** The words of the ledger that legacy has others for. */
const translated: Readonly<Partial<Record<LedgerErrorCode, string>>> = {
  OrderNotFound: 'InvalidOrderReferenceId',
  AgreementNotFound: 'InvalidBillingAgreementId',
  AuthorizationNotFound: 'InvalidAuthorizationId',
  CaptureNotFound: 'InvalidCaptureId',
  RefundNotFound: 'InvalidRefundId',
  // The facts have no code for it.
  CreditNotFound: 'InvalidParameterValue',
  InvalidOrderStatus: 'InvalidOrderReferenceStatus',
  InvalidAgreementStatus: 'InvalidBillingAgreementStatus',
  OrderNotModifiable: 'OrderReferenceNotModifiable',
  AgreementNotModifiable: 'BillingAgreementNotModifiable',
  AgreementConstraintsExist: 'BillingAgreementConstraintsExist',
  InvalidChargeStatus: 'InvalidAuthorizationStatus',
  ChargeNotRefundable: 'CaptureNotRefundable',
};

export const toLegacyCode = (code: LedgerErrorCode): string => translated[code] ?? code;
