import { find } from '../ledger/posting';
import { reverseCredit } from '../ledger/provider-credits';
import { MwsError } from './mws-error';
import { doOnce, type Action, type Request } from './request';
import { viewCredit, viewCreditReversal } from './view-credit';
import { element, group, time } from './xml';

/** facts: ipn.md section 2. */
const eventTypes: readonly string[] = [
  'ALL',
  'ORDER_REFERENCE',
  'PAYMENT_AUTHORIZE',
  'PAYMENT_CAPTURE',
  'PAYMENT_REFUND',
  'BILLING_AGREEMENT',
  'CHARGEBACK_DETAILED',
];

function setTargets({ posting: { store }, parameters }: Request): void {
  const list = 'NotificationConfigurationList.NotificationConfiguration';
  const targets = parameters.members(list).map((number) => {
    const id = parameters.required(`${list}.${number}.NotificationUrl`);
    if (!/^https?:/.test(id) || !URL.canParse(id))
      throw new MwsError('InvalidParameterValue', 'A NotificationUrl is no URL.');
    const types = `${list}.${number}.EventTypes.EventTypeList`;
    const chosen = parameters.members(types).map((one) => parameters.required(`${types}.${one}`));
    if (chosen.length === 0 || chosen.some((one) => !eventTypes.includes(one)))
      throw new MwsError('InvalidParameterValue', `The EventTypes are among ${eventTypes.join(', ')}.`);
    return { id, eventTypes: chosen };
  });
  if (targets.length === 0) throw new MwsError('MissingParameter', `The parameter ${list}.1 is missing.`);
  for (const { id } of [...store.all('targets')]) store.remove('targets', id);
  for (const target of targets) store.put('targets', target);
}

function reverse(request: Request): string {
  const { posting, environment, parameters } = request;
  const credit = find(posting, 'credits', parameters.required('AmazonProviderCreditId'), environment, 'CreditNotFound');
  const reference = parameters.reference('CreditReversalReferenceId');
  const amount = parameters.money('CreditReversalAmount');
  const note = parameters.optional('CreditReversalNote', 255);
  let xml = '';
  doOnce(request, 'CreditReversal', reference, () => {
    const made = reverseCredit(posting, credit, { amount, reference, note });
    xml = viewCreditReversal(made, parameters.required('SellerId'));
    return made;
  });
  return xml;
}

/**
 * Operations on the account of the merchant, and on the credits of solution providers. Where the facts name an operation and
 * not its parameters, they have the names that Amazon's legacy SDKs send.
 */
export const accountActions: Readonly<Record<string, Action>> = {
  GetServiceStatus: ({ posting }) => element('Status', 'GREEN') + time('Timestamp', posting.now),
  // The one word that is known of it.
  GetMerchantAccountStatus: () => element('AccountStatus', 'ACTIVE'),
  GetMerchantNotificationConfiguration: ({ posting }) =>
    group(
      'NotificationConfigurationList',
      ...[...posting.store.all('targets')].map(({ id, eventTypes: chosen }) =>
        group(
          'member',
          element('NotificationUrl', id),
          group('EventTypes', ...chosen.map((one) => element('member', one))),
        ),
      ),
    ),
  SetMerchantNotificationConfiguration: (request) => {
    setTargets(request);
    return '';
  },
  GetProviderCreditDetails: ({ posting, environment, parameters }) =>
    viewCredit(
      find(posting, 'credits', parameters.required('AmazonProviderCreditId'), environment, 'CreditNotFound'),
      parameters.required('SellerId'),
    ),
  GetProviderCreditReversalDetails: ({ posting, environment, parameters }) => {
    const id = parameters.required('AmazonProviderCreditReversalId');
    const reversal = find(posting, 'creditReversals', id, environment, 'CreditNotFound');
    return viewCreditReversal(reversal, parameters.required('SellerId'));
  },
  ReverseProviderCredit: reverse,
};
