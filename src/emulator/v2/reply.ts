import { v2ErrorCodes } from '../../catalog/errors';
import type { LedgerErrorCode } from '../ledger/ledger-error';

export interface Reply {
  readonly status: number;
  /** Undefined: an answer without a body. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that v2 refuses: `{reasonCode, message}` and a status (facts: v2-rest.md section 6). */
export class V2Error extends Error {
  override readonly name = 'V2Error';
  readonly status: number;

  constructor(
    readonly reasonCode: string,
    message: string,
  ) {
    super(message);
    this.status = v2ErrorCodes[reasonCode] ?? 400;
  }
}

export const errorReply = (reasonCode: string, message: string): Reply => ({
  status: v2ErrorCodes[reasonCode] ?? 400,
  body: { reasonCode, message },
});

/** The words of the ledger that v2 has others for. */
const translated: Readonly<Partial<Record<LedgerErrorCode, string>>> = {
  OrderNotFound: 'ResourceNotFound',
  AgreementNotFound: 'ResourceNotFound',
  AuthorizationNotFound: 'ResourceNotFound',
  CaptureNotFound: 'ResourceNotFound',
  RefundNotFound: 'ResourceNotFound',
  SessionNotFound: 'ResourceNotFound',
  DisputeNotFound: 'ResourceNotFound',
  ReportNotFound: 'ResourceNotFound',
  AccountNotFound: 'ResourceNotFound',
  ReportScheduleExists: 'InvalidRequest',
  InvalidOrderStatus: 'InvalidChargePermissionStatus',
  InvalidAgreementStatus: 'InvalidChargePermissionStatus',
  OrderNotModifiable: 'ChargePermissionNotModifiable',
  AgreementNotModifiable: 'ChargePermissionNotModifiable',
  ConstraintsExist: 'InvalidCheckoutSessionStatus',
  AgreementConstraintsExist: 'InvalidCheckoutSessionStatus',
  ChargeNotRefundable: 'InvalidChargeStatus',
  CurrencyUnsupported: 'InvalidParameterValue',
};

export const toReasonCode = (code: LedgerErrorCode): string => translated[code] ?? code;
