import type { Operation, RequestField } from '../types';
import { accountOperations } from './account';
import { billingAgreementOperations } from './billing-agreement';
import { orderReferenceOperations } from './order-reference';
import { paymentOperations } from './payment';

/** Every operation of MWS OffAmazonPayments 2013-01-01, by its action name (facts: api-mapping.md). */
export const operations: Readonly<Record<string, Operation>> = Object.fromEntries(
  [...orderReferenceOperations, ...billingAgreementOperations, ...paymentOperations, ...accountOperations].map(
    (row) => [row.name, row],
  ),
);

/** Answers of operations whose payment can be declined: what is read of one may be gone. */
export const decliningResults: ReadonlySet<string> = new Set(
  Object.values(operations).flatMap(({ declines, result }) => (declines === true && result !== null ? [result] : [])),
);

/** Parameters that every legacy call may carry and that no v2 call needs in its body. */
export const commonParameters: Readonly<Record<string, RequestField>> = {
  SellerId: { to: null, because: 'The public key says who the merchant is.' },
  MWSAuthToken: {
    to: null,
    because: 'Exchange it once with getAuthorizationToken and send the result as the header x-amz-pay-authtoken.',
  },
};

/** The row of a client method: `capture` is Capture. Undefined when legacy had no such operation. */
export const operationByMethod = (method: string): Operation | undefined =>
  operations[method.charAt(0).toUpperCase() + method.slice(1)];
