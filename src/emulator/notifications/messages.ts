import { legacyNotificationTypes } from '../../catalog/notifications';
import type { Posting } from '../ledger/posting';
import type { Dispute, Environment } from '../ledger/rows';
import { toAuthorizationId } from '../ledger/order-ids';
import { creditContent, creditReversalContent } from '../mws/view-credit';
import { agreementContent, orderContent } from '../mws/view-order';
import { authorizationContent, captureContent, refundContent } from '../mws/view-payment';
import { element, group, price, time } from '../mws/xml';
import type { Event, V2Event } from './events';

export interface Message {
  readonly about: string;
  readonly objectId: string;
  readonly message: string;
}

export interface Sender {
  readonly merchantId: string;
  readonly region: 'na' | 'eu' | 'jp';
}

const NAMESPACE = 'https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01';
/** facts: ipn.md section 2. What is not in the facts is left as it is of North America. */
const marketplaces = {
  na: { live: '623680', sandbox: '623690' },
  eu: { live: '136310', sandbox: '136311' },
  jp: { live: '623680', sandbox: '623690' },
} as const;

/** A chargeback has an opaque id in legacy: C and twelve more (facts: api-mapping.md, "ID shapes"). */
const chargebackId = (id: string): string => `C${id.replace(/\D/g, '').slice(-12)}`;

const chargebackContent = ({ id, chargeId, amount, createdAt, status }: Dispute, reference: string): string =>
  [
    element('AmazonChargebackId', chargebackId(id)),
    element('AmazonOrderReferenceId', chargeId.slice(0, 19)),
    element('AmazonCaptureReferenceId', reference),
    time('CreationTimestamp', createdAt),
    price('ChargebackAmount', amount),
    element('ChargebackState', status === 'resolved' || status === 'closed' ? 'RESOLVED' : 'RECEIVED'),
    element('ChargebackReason', 'Generic Service Chargeback'),
  ].join('');

type Legacy = readonly [type: string, objectId: string, content: string];

function legacyContent(posting: Posting, event: Event, { merchantId }: Sender): Legacy {
  switch (event.about) {
    case 'order':
    case 'attributes':
      return event.row.type === 'OneTime'
        ? ['OrderReferenceNotification', event.row.id, orderContent(event.row, merchantId)]
        : ['BillingAgreementNotification', event.row.id, agreementContent(posting, event.row, merchantId)];
    case 'capture':
      return ['PaymentCapture', event.row.id, captureContent(event.row, 'Id')];
    case 'credit':
      return ['ProviderCredit', event.row.id, creditContent(event.row, merchantId, 'Id')];
    case 'creditReversal':
      return ['ProviderCreditReversal', event.row.id, creditReversalContent(event.row, merchantId, 'Id')];
    case 'refund':
      return ['PaymentRefund', event.row.id, refundContent(event.row, 'Id')];
    case 'dispute': {
      const charge = posting.store.get('charges', event.row.chargeId);
      const reference = charge?.captureReference ?? charge?.id.slice(-6) ?? '';
      return ['Chargeback Detailed Notification', chargebackId(event.row.id), chargebackContent(event.row, reference)];
    }
    default:
      return ['PaymentAuthorize', toAuthorizationId(event.row.id), authorizationContent(event.row, 'Id')];
  }
}

const release = (environment: Environment): string => (environment === 'live' ? 'Live' : 'Sandbox');

const eventTypeOf = (event: Event): string =>
  event.about === 'attributes' ? event.changed : 'BillingAgreementStatusUpdated';

/** A message of legacy: JSON around XML (facts: ipn.md section 2). */
export function legacyMessage(posting: Posting, event: Event, sender: Sender, notificationId: string): Message {
  const [type, objectId, content] = legacyContent(posting, event, sender);
  const names = legacyNotificationTypes.find((row) => row.type === type);
  if (names === undefined) throw new Error(`The catalog has no notification ${type}.`);
  const { environment } = event.row;
  const xml = `<?xml version="1.0" encoding="UTF-8"?><${names.root} xmlns="${NAMESPACE}">${group(names.details, content)}</${names.root}>`;
  const message = JSON.stringify({
    NotificationReferenceId: notificationId,
    MarketplaceID: marketplaces[sender.region][environment],
    NotificationType: type,
    ...(type === 'BillingAgreementNotification' ? { EventType: eventTypeOf(event) } : {}),
    SellerId: sender.merchantId,
    ReleaseEnvironment: release(environment),
    Version: '2013-01-01',
    NotificationData: xml,
    Timestamp: new Date(posting.now).toISOString(),
  });
  return { about: type, objectId, message };
}

const objectTypes: Readonly<Record<V2Event['about'], string>> = {
  order: 'CHARGE_PERMISSION',
  attributes: 'CHARGE_PERMISSION',
  authorization: 'CHARGE',
  capture: 'CHARGE',
  charge: 'CHARGE',
  refund: 'REFUND',
  dispute: 'CHARGEBACK',
};

function permissionOf({ store }: Posting, event: V2Event): string {
  if (event.about === 'order' || event.about === 'attributes') return event.row.id;
  if (event.about === 'refund') return store.get('charges', event.row.chargeId)?.permissionId ?? '';
  return event.row.permissionId;
}

/** A message of v2: what to look at, and nothing of how it is (facts: captures.md section 4, recorded order of keys). */
export function v2Message(posting: Posting, event: V2Event, sender: Sender, notificationId: string): Message {
  const about = objectTypes[event.about];
  const message = JSON.stringify({
    MerchantID: sender.merchantId,
    ChargePermissionId: permissionOf(posting, event),
    ObjectType: about,
    ObjectId: event.row.id,
    NotificationType: event.about === 'attributes' ? 'ATTRIBUTE_CHANGE' : 'STATE_CHANGE',
    NotificationId: notificationId,
    NotificationVersion: 'V2',
  });
  return { about, objectId: event.row.id, message };
}
