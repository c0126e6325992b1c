import { toChargeId } from '../../../transforms/ids';
import { LedgerError } from '../ledger/ledger-error';
import { find, type Posting } from '../ledger/posting';
import type { Charge, Environment, Order } from '../ledger/rows';
import { captureStatuses } from '../ledger/statuses';
import { MwsError } from './mws-error';
import type { Parameters } from './parameters';

/** One call of legacy that is signed and within its quota. */
export interface Request {
  readonly posting: Posting;
  readonly environment: Environment;
  readonly parameters: Parameters;
}

/** Answers with the content of the Result element; null: an answer without one. */
export type Action = (request: Request) => string | null;

export function findOrder({ posting, environment, parameters }: Request): Order {
  const id = parameters.required('AmazonOrderReferenceId');
  const order = find(posting, 'orders', id, environment, 'OrderNotFound');
  if (order.type !== 'OneTime') throw new LedgerError('OrderNotFound', `${id} is no order reference.`);
  return order;
}

export function findAgreement({ posting, environment, parameters }: Request, name = 'AmazonBillingAgreementId'): Order {
  const id = parameters.required(name);
  const order = find(posting, 'orders', id, environment, 'AgreementNotFound');
  if (order.type === 'OneTime') throw new LedgerError('AgreementNotFound', `${id} is no billing agreement.`);
  return order;
}

export function findAuthorization({ posting, environment, parameters }: Request): Charge {
  const id = parameters.required('AmazonAuthorizationId');
  if (!/-A\d{6}$/.test(id)) throw new LedgerError('AuthorizationNotFound', `${id} is no authorization.`);
  return find(posting, 'charges', toChargeId(id), environment, 'AuthorizationNotFound');
}

/** A charge has a capture once money was asked for. */
export function findCapture({ posting, environment, parameters }: Request): Charge {
  const id = parameters.required('AmazonCaptureId');
  const charge = find(posting, 'charges', id, environment, 'CaptureNotFound');
  if (captureStatuses[charge.status] === undefined)
    throw new LedgerError('CaptureNotFound', `The TransactionId ${id} is invalid: nothing was captured.`);
  return charge;
}

/**
 * Does work under a reference id of the merchant once. The same request again is DuplicateReferenceId, another one under
 * the same id DuplicateRequest (facts: api-mapping.md section 4.7).
 */
export function doOnce(
  { posting: { store }, environment, parameters }: Request,
  kind: 'Authorization' | 'Capture' | 'Refund' | 'CreditReversal',
  reference: string,
  work: () => { readonly id: string },
): void {
  const id = `legacy:${environment}:${kind}:${reference}`;
  const request = parameters.fingerprint();
  const known = store.get('answers', id);
  if (known !== undefined)
    throw known.request === request
      ? new MwsError('DuplicateReferenceId', `${kind}ReferenceId ${reference} was used for ${known.body}.`)
      : new MwsError('DuplicateRequest', `${kind}ReferenceId ${reference} was used for another request.`);
  store.put('answers', { id, request, status: 200, body: work().id });
}
