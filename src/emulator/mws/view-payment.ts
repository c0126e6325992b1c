import { zero } from '../ledger/money';
import { toAuthorizationId } from '../ledger/order-ids';
import type { Charge, ProviderLink, Refund } from '../ledger/rows';
import { captureStatuses, chargeStatuses, refundStatuses, type Named } from '../ledger/statuses';
import { idList, status, type ListTag } from './view-elements';
import { element, group, price, time } from './xml';

const descriptor = (text: string | null): string => (text === null ? 'AMZ*Emulator' : `AMZ*${text}`);

export function authorizationContent(charge: Charge, tag: ListTag): string {
  const named = chargeStatuses[charge.status].legacy;
  const isDeclined = named.state === 'Declined';
  const hasCapture = captureStatuses[charge.status] !== undefined;
  const { currency } = charge.amount;
  // `captured` of a rejected capture is null: nothing was taken.
  const captured = charge.captured ?? zero(currency);
  const softDecline = element('SoftDecline', charge.status === 'softDeclined');
  const state = status('AuthorizationStatus', named, charge.statusAt, charge.statusText);
  return [
    price('AuthorizationAmount', charge.amount),
    price('CapturedAmount', captured),
    isDeclined ? '' : element('SoftDescriptor', descriptor(charge.softDescriptor)),
    time('ExpirationTimestamp', charge.expiresAt),
    isDeclined ? '' : idList('IdList', hasCapture ? [charge.id] : [], tag),
    ...(tag === 'Id' ? [state, softDecline] : [softDecline, state]),
    price('AuthorizationFee', zero(currency)),
    element('CaptureNow', charge.captureNow),
    time('CreationTimestamp', charge.createdAt),
    element('SellerAuthorizationNote', charge.note ?? (tag === 'member' ? '' : null)),
    element('AmazonAuthorizationId', toAuthorizationId(charge.id)),
    element('AuthorizationReferenceId', charge.reference ?? charge.id.slice(-6)),
  ].join('');
}

export const viewAuthorization = (charge: Charge): string =>
  group('AuthorizationDetails', authorizationContent(charge, 'member'));

/** The names of the members are those of the classes of Amazon's own legacy SDKs; the facts have the lists only. */
const links = (name: string, idName: string, list: readonly ProviderLink[] = []): string =>
  list.length === 0
    ? ''
    : group(
        name,
        ...list.map(({ id, providerId }) => group('member', element('ProviderId', providerId), element(idName, id))),
      );

/** Completed, until as much was given back as was taken: then Closed, which is no failure (facts: states.md section 1). */
function captureStatus(charge: Charge): Named {
  const named = captureStatuses[charge.status] ?? { state: 'Pending' };
  if (charge.status !== 'captured') return named;
  if (charge.refunded >= (charge.captured?.minor ?? 0)) return { state: 'Closed', reason: 'MaxAmountRefunded' };
  return charge.refundIds.length >= 10 ? { state: 'Closed', reason: 'MaxRefundsProcessed' } : named;
}

export function captureContent(charge: Charge, tag: ListTag): string {
  const amount = charge.captured ?? charge.amount;
  return [
    element('CaptureReferenceId', charge.captureReference ?? charge.reference ?? charge.id.slice(-6)),
    price('CaptureFee', zero(amount.currency)),
    element('AmazonCaptureId', charge.id),
    time('CreationTimestamp', charge.capturedAt ?? charge.statusAt),
    element('SoftDescriptor', descriptor(charge.softDescriptor)),
    idList('IdList', charge.refundIds, tag),
    status('CaptureStatus', captureStatus(charge), charge.statusAt),
    element('SellerCaptureNote', charge.captureNote ?? (tag === 'member' ? '' : null)),
    price('RefundedAmount', { ...amount, minor: charge.refunded }),
    price('CaptureAmount', amount),
    links('ProviderCreditSummaryList', 'ProviderCreditId', charge.credits),
  ].join('');
}

export const viewCapture = (charge: Charge): string => group('CaptureDetails', captureContent(charge, 'member'));

export const refundContent = (refund: Refund, tag: ListTag): string =>
  [
    element('RefundReferenceId', refund.reference ?? refund.id.slice(-6)),
    element('RefundType', 'SellerInitiated'),
    element('SellerRefundNote', refund.note ?? (tag === 'member' ? '' : null)),
    time('CreationTimestamp', refund.createdAt),
    element('SoftDescriptor', descriptor(refund.softDescriptor)),
    status('RefundStatus', refundStatuses[refund.status].legacy, refund.statusAt),
    price('FeeRefunded', zero(refund.amount.currency)),
    price('RefundAmount', refund.amount),
    element('AmazonRefundId', refund.id),
    links('ProviderCreditReversalSummaryList', 'ProviderCreditReversalId', refund.creditReversals),
  ].join('');

export const viewRefund = (refund: Refund): string => group('RefundDetails', refundContent(refund, 'member'));
