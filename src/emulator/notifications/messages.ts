import { legacyNotificationTypes } from '../../catalog/notifications';
import type { Posting } from '../ledger/posting';
import type { Dispute, Environment } from '../ledger/rows';
import { toAuthorizationId } from '../ledger/order-ids';
import { agreementContent, authorizationContent, captureContent, orderContent, refundContent } from '../mws/views';
import { element, group, price, time } from '../mws/xml';
import type { Event } from './events';

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
    element('ChargebackState', status === 'actionRequired' ? 'RECEIVED' : 'RESOLVED'),
    element('ChargebackReason', 'Generic Service Chargeback'),
  ].join('');

type Legacy = readonly [type: string, objectId: string, content: string];

function legacyContent(posting: Posting, event: Event, { merchantId }: Sender): Legacy {
  switch (event.about) {
    case 'order':
      return event.row.type === 'OneTime'
        ? ['OrderReferenceNotification', event.row.id, orderContent(event.row, merchantId)]
        : ['BillingAgreementNotification', event.row.id, agreementContent(posting, event.row, merchantId)];
    case 'capture':
      return ['PaymentCapture', event.row.id, captureContent(event.row, 'Id')];
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
    ...(type === 'BillingAgreementNotification' ? { EventType: 'BillingAgreementStatusUpdated' } : {}),
    SellerId: sender.merchantId,
    ReleaseEnvironment: release(environment),
    Version: '2013-01-01',
    NotificationData: xml,
    Timestamp: new Date(posting.now).toISOString(),
  });
  return { about: type, objectId, message };
}

const objectTypes: Readonly<Record<Event['about'], string>> = {
  order: 'CHARGE_PERMISSION',
  authorization: 'CHARGE',
  capture: 'CHARGE',
  charge: 'CHARGE',
  refund: 'REFUND',
  dispute: 'CHARGEBACK',
};

function permissionOf({ store }: Posting, event: Event): string {
  if (event.about === 'order') return event.row.id;
  if (event.about === 'refund') return store.get('charges', event.row.chargeId)?.permissionId ?? '';
  return event.row.permissionId;
}

/** A message of v2: what to look at, and nothing of how it is (facts: captures.md section 4, recorded order of keys). */
export function v2Message(posting: Posting, event: Event, sender: Sender, notificationId: string): Message {
  const about = objectTypes[event.about];
  const message = JSON.stringify({
    MerchantID: sender.merchantId,
    ChargePermissionId: permissionOf(posting, event),
    ObjectType: about,
    ObjectId: event.row.id,
    NotificationType: 'STATE_CHANGE',
    NotificationId: notificationId,
    NotificationVersion: 'V2',
  });
  return { about, objectId: event.row.id, message };
}
