import type { ProviderCredit, ProviderCreditReversal } from '../ledger/rows';
import { providerCreditReversalStatuses, providerCreditStatuses } from '../ledger/statuses';
import { idList, status, type ListTag } from './view-elements';
import { element, group, price, time } from './xml';

/** ProviderId in answers, ProviderSellerId in notifications (facts: ipn.md section 2). */
const provider = (id: string, tag: ListTag): string => element(tag === 'Id' ? 'ProviderSellerId' : 'ProviderId', id);

export const creditContent = (credit: ProviderCredit, sellerId: string, tag: ListTag): string =>
  [
    element('AmazonProviderCreditId', credit.id),
    element('SellerId', sellerId),
    provider(credit.providerId, tag),
    element('CreditReferenceId', credit.reference),
    price('CreditAmount', credit.amount),
    price('CreditReversalAmount', { ...credit.amount, minor: credit.reversed }),
    idList('CreditReversalIdList', credit.reversalIds, tag),
    time('CreationTimestamp', credit.createdAt),
    status('CreditStatus', providerCreditStatuses[credit.status], credit.statusAt),
  ].join('');

export const creditReversalContent = (reversal: ProviderCreditReversal, sellerId: string, tag: ListTag): string =>
  [
    element('AmazonProviderCreditReversalId', reversal.id),
    element('SellerId', sellerId),
    provider(reversal.providerId, tag),
    element('CreditReversalReferenceId', reversal.reference),
    price('CreditReversalAmount', reversal.amount),
    time('CreationTimestamp', reversal.createdAt),
    status('CreditReversalStatus', providerCreditReversalStatuses[reversal.status], reversal.statusAt),
    element('CreditReversalNote', reversal.note),
  ].join('');

export const viewCredit = (credit: ProviderCredit, sellerId: string): string =>
  group('ProviderCreditDetails', creditContent(credit, sellerId, 'member'));

export const viewCreditReversal = (reversal: ProviderCreditReversal, sellerId: string): string =>
  group('ProviderCreditReversalDetails', creditReversalContent(reversal, sellerId, 'member'));
