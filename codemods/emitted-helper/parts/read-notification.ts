import type { Part } from '../part';

/** What a handler needs of a message of either version: which object it is about, and nothing else. */
export const readNotificationParts: readonly Part[] = [
  {
    name: 'LEGACY_NOTIFICATIONS',
    needs: [],
    exported: false,
    source: String.raw`
/** Legacy notifications: what they are about, the element that names it, and the elements around that. */
const LEGACY_NOTIFICATIONS⟦: Record<string, { objectType: string; id: string; root: string; details: string }>⟧ = {
  PaymentAuthorize: {
    objectType: 'CHARGE',
    id: 'AmazonAuthorizationId',
    root: 'AuthorizationNotification',
    details: 'AuthorizationDetails',
  },
  PaymentCapture: {
    objectType: 'CHARGE',
    id: 'AmazonCaptureId',
    root: 'CaptureNotification',
    details: 'CaptureDetails',
  },
  PaymentRefund: {
    objectType: 'REFUND',
    id: 'AmazonRefundId',
    root: 'RefundNotification',
    details: 'RefundDetails',
  },
  OrderReferenceNotification: {
    objectType: 'CHARGE_PERMISSION',
    id: 'AmazonOrderReferenceId',
    root: 'OrderReferenceNotification',
    details: 'OrderReference',
  },
  BillingAgreementNotification: {
    objectType: 'CHARGE_PERMISSION',
    id: 'AmazonBillingAgreementId',
    root: 'BillingAgreementNotification',
    details: 'BillingAgreement',
  },
  // The id of a legacy chargeback opens nothing in v2; the order that it is about can be fetched.
  'Chargeback Detailed Notification': {
    objectType: 'CHARGE_PERMISSION',
    id: 'AmazonOrderReferenceId',
    root: 'ChargebackNotification',
    details: 'ChargebackDetails',
  },
};`,
  },
  {
    name: 'FETCHED_OBJECTS',
    needs: ['NotificationClient', 'Fetched'],
    exported: false,
    source: String.raw`
/** The objects of v2 that a notification can be about, the form of their ids, and how they are fetched. */
const FETCHED_OBJECTS⟦: Record<string, { id: RegExp; get(client: NotificationClient, id: string): PromiseLike<{ data: Fetched }> }>⟧ = {
  CHARGE: { id: /^[PS]\d{2}-\d{7}-\d{7}-C\d{6}$/, get: (client, id) => client.getCharge(id) },
  REFUND: { id: /^[PS]\d{2}-\d{7}-\d{7}-R\d{6}$/, get: (client, id) => client.getRefund(id) },
  CHARGE_PERMISSION: { id: /^[PSBC]\d{2}-\d{7}-\d{7}$/, get: (client, id) => client.getChargePermission(id) },
  CHARGEBACK: { id: /^[PS]\d{2}-\d{7}-\d{7}-B\d{6}$/, get: (client, id) => client.getDispute(id) },
};`,
  },
  {
    name: 'Fetched',
    needs: [],
    exported: false,
    only: 'typescript',
    source: String.raw`
/** JSON that Amazon sends; only what is read of it is looked at. */
type Fetched = any;`,
  },
  {
    name: 'NotificationClient',
    needs: [],
    exported: false,
    only: 'typescript',
    source: String.raw`
interface NotificationClient {
  getCharge(id: string): PromiseLike<{ data: object }>;
  getRefund(id: string): PromiseLike<{ data: object }>;
  getChargePermission(id: string): PromiseLike<{ data: object }>;
  getDispute(id: string): PromiseLike<{ data: object }>;
}`,
  },
  {
    name: 'parseMessage',
    needs: ['refuse', 'Fetched'],
    exported: false,
    source: String.raw`
/** What a body parser left: text, a Buffer, or an object already. Amazon posts JSON as text/plain. */
function parseMessage(body⟦: unknown⟧)⟦: Fetched⟧ {
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const text = isText ? Buffer.from(body⟦ as string⟧).toString('utf8') : '';
  if (text.length > 1048576) refuse('AMAZON_PAY_NOT_A_NOTIFICATION', 'More than a notification can hold');
  let message⟦: any⟧ = body;
  try {
    if (isText) message = JSON.parse(text.trim());
  } catch {
    // Said below; the text itself may hold what no log should show.
  }
  if (typeof message !== 'object' || message === null) {
    refuse('AMAZON_PAY_NOT_A_NOTIFICATION', 'Not a notification of Amazon: no JSON object. Does the body parser take text/plain?');
  }
  return message;
}`,
  },
  {
    name: 'confirmation',
    needs: ['Fetched'],
    exported: false,
    source: String.raw`
/** A confirmation of the subscription with its own fields only: whatever else it claims must not look like a payment. */
function confirmation(envelope⟦: Fetched⟧)⟦: Fetched⟧ {
  const { Type, MessageId, TopicArn, Message, Timestamp, SubscribeURL, SubscribeUrl, Token } = envelope;
  return { Type, MessageId, TopicArn, Message, Timestamp, SubscribeURL: SubscribeURL ?? SubscribeUrl, Token };
}`,
  },
  {
    name: 'readNotification',
    needs: ['parseMessage', 'LEGACY_NOTIFICATIONS', 'confirmation', 'refuse'],
    exported: true,
    source: String.raw`
/**
 * Which object a notification is about: its kind and its id. Nothing else of a message is believed,
 * since anyone can post one. Takes both versions: v2 names the object, legacy has it in an XML text.
 * NotificationVersion tells them apart. Without an id there is nothing to fetch: confirmations of the
 * subscription (message is the message itself then), samples, and what v2 has no object for.
 */
function readNotification(body⟦: unknown⟧)⟦: Fetched⟧ {
  const envelope = parseMessage(body);
  if (envelope.Type && envelope.Type !== 'Notification') return { message: confirmation(envelope) };
  const message = typeof envelope.Message === 'string' ? parseMessage(envelope.Message) : envelope;
  // Amazon writes the keys of v2 in two ways: ObjectId and objectId.
  const keys = Object.entries(message).map(([key, value]) => [key.toLowerCase(), value]);
  const { notificationversion, objecttype, objectid, notificationtype, notificationdata } = Object.fromEntries(keys);
  if (message.IsSample === true) return { message };
  const sentAt = envelope.Timestamp ?? message.Timestamp;
  if (String(notificationversion).toLowerCase() === 'v2') {
    return { objectType: String(objecttype).toUpperCase(), objectId: String(objectid), message, sentAt };
  }
  const name = String(notificationtype).replace(/\s/g, '').toLowerCase();
  const type = Object.keys(LEGACY_NOTIFICATIONS).find((each) => each.replace(/\s/g, '').toLowerCase() === name);
  if (notificationversion !== undefined || notificationtype === undefined || notificationdata === undefined) {
    refuse('AMAZON_PAY_NOT_A_NOTIFICATION', 'A message of neither version of Amazon Pay notifications');
  }
  if (!type) return { message };
  const { objectType, id } = LEGACY_NOTIFICATIONS[type]⟦!⟧;
  const data = String(notificationdata);
  // The data of a chargeback is not always XML.
  const [, objectId] = new RegExp('<(?:\\w+:)?' + id + '>\\s*([\\w-]{1,64})\\s*<').exec(data) ?? (
    objectType === 'CHARGE_PERMISSION' ? /\b([PSBC]\d{2}-\d{7}-\d{7})\b/.exec(data) : null
  ) ?? [];
  if (!objectId) refuse('AMAZON_PAY_NOT_A_NOTIFICATION', type + ' names no ' + id);
  return { type, objectType, objectId, message, sentAt };
}`,
  },
];
