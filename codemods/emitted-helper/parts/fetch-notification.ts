import type { Part } from '../part';

/** Translate and fetch: what a handler of notifications calls first. */
export const fetchNotificationParts: readonly Part[] = [
  {
    name: 'fetchObject',
    needs: ['FETCHED_OBJECTS', 'send', 'refuse'],
    exported: false,
    source: String.raw`
/**
 * The object as Amazon has it now. Whatever goes wrong, the error says 503: after a 5xx Amazon sends
 * the notification again, after a 4xx it never does. The id must have the form of its kind.
 */
async function fetchObject(client⟦: NotificationClient⟧, objectType⟦: string⟧, objectId⟦: string⟧)⟦: Promise<Fetched>⟧ {
  const kind = FETCHED_OBJECTS[objectType];
  if (!kind || !kind.id.test(objectId)) {
    refuse('AMAZON_PAY_NOT_A_NOTIFICATION', 'Not the id of a ' + objectType + ': ' + objectId.slice(0, 64));
  }
  try {
    return await send(() => kind.get(client, objectId));
  } catch (cause) {
    const said = { code: 'AMAZON_PAY_NOT_FETCHED', status: 503, statusCode: 503, cause };
    throw Object.assign(new Error('Could not fetch ' + objectType + ' ' + objectId), said);
  }
}`,
  },
  {
    name: 'LegacyNotification',
    needs: ['NotificationClient'],
    exported: true,
    only: 'typescript',
    source: String.raw`
/** A notification in the words of legacy. Fees, reference ids and RefundType are absent: v2 does not have them. */
interface LegacyNotification {
  NotificationType: string;
  NotificationData: Fetched;
  ReleaseEnvironment?: string;
  ObjectType?: string;
  ObjectId?: string;
  /** The object of v2 as it was fetched. */
  object?: Fetched;
  [field: string]: Fetched;
}`,
  },
  {
    name: 'toLegacyNotification',
    needs: ['legacyAuthorization', 'legacyPermission', 'fetchObject', 'toChargeId'],
    exported: false,
    source: String.raw`
/** The charge, refund, permission or dispute as the notification that legacy would have sent about it. */
async function toLegacyNotification(⟦
  ⟧client⟦: NotificationClient⟧,⟦
 ⟧ { type, objectType, objectId }⟦: { type?: string | undefined; objectType: string; objectId: string }⟧,⟦
 ⟧ capturedAs⟦: string⟧⟦,
⟧)⟦: Promise<{ type: string; details: Fetched; object: Fetched }>⟧ {
  const fetchedId = objectType === 'CHARGE' && type ? toChargeId(objectId) : objectId;
  const object = await fetchObject(client, objectType, fetchedId);
  if (objectType === 'CHARGE') {
    const { state } = object.statusDetails;
    // Only an amount that was to be captured, or what the message is about, tells a declined capture
    // from a declined authorization.
    const isDeclinedCapture = state === 'Declined' && (object.captureAmount || type === 'PaymentCapture');
    const isCapture = state === 'CaptureInitiated' || state === 'Captured' || isDeclinedCapture;
    // A shop that knows captures by their authorization has no branch for a declined one.
    const wanted = isDeclinedCapture && capturedAs === 'PaymentCapture' ? 'PaymentCapture' : type ?? capturedAs;
    return isCapture && wanted !== 'PaymentAuthorize'
      ? { type: 'PaymentCapture', details: legacyCapture(object), object }
      : { type: 'PaymentAuthorize', details: legacyAuthorization(object, objectId), object };
  }
  if (objectType === 'REFUND') return { type: 'PaymentRefund', details: legacyRefund(object), object };
  if (objectType === 'CHARGE_PERMISSION' && type !== 'Chargeback Detailed Notification') {
    return { ...legacyPermission(object), object };
  }
  // Disputes have other states and reasons, so these are absent. Of a chargeback that a legacy message
  // names, only the order can be fetched.
  const charge = objectType === 'CHARGEBACK' ? await fetchObject(client, 'CHARGE', String(object.chargeId)) : object;
  const details = present({
    AmazonChargebackId: object.disputeId,
    AmazonOrderReferenceId: charge.chargePermissionId,
    ChargebackAmount: legacyPrice(object.disputeAmount),
    CreationTimestamp: legacyTime(object.creationTimestamp),
  });
  return { type: 'Chargeback Detailed Notification', details, object };
}`,
  },
  {
    name: 'nothingToDo',
    needs: ['LegacyNotification'],
    exported: false,
    source: String.raw`
/** Acknowledged without work, and said, so that nothing is lost in silence. */
function nothingToDo(ObjectType⟦: unknown⟧, ObjectId⟦: unknown⟧, because⟦: string⟧)⟦: LegacyNotification⟧ {
  const about = { ObjectType: String(ObjectType).slice(0, 64), ObjectId: String(ObjectId).slice(0, 64) };
  console.warn('Amazon Pay: nothing is done about a notification: ' + because, JSON.stringify(about));
  return { NotificationType: 'Unsupported', NotificationData: {}, ...about };
}

/** A name out of a message, for looking things up: an object here could be a query of a database. */
function text(value⟦: unknown⟧)⟦: string | undefined⟧ {
  return typeof value === 'string' ? value : undefined;
}

/**
 * What names no object that Amazon knows fails for ever, and Amazon would send it for up to 14 days. It
 * gets one, in which somebody can look at the errors. The time may be forged, but only in a forged message.
 */
function isHopeless(error⟦: Fetched⟧, sentAt⟦: unknown⟧)⟦: boolean⟧ {
  const namesNothing = error?.cause?.status === 404 || /^AMAZON_PAY_NOT_A_/.test(error?.code);
  return namesNothing && Date.now() - Date.parse(String(sentAt)) > 86400000;
}`,
  },
  {
    name: 'fetchNotification',
    needs: ['readNotification', 'toLegacyNotification', 'nothingToDo', 'LegacyNotification', 'FETCHED_OBJECTS'],
    exported: true,
    source: String.raw`
/**
 * Turns a notification, legacy or v2, into the legacy notification that describes the object as it
 * is now: the message only says which object to GET, and states, amounts and reasons come from that
 * answer. Legacy had two notifications for a captured charge; capturedAs says which one a v2 message
 * becomes. A NotificationType of 'Sample' or 'Unsupported' is nothing to act on.
 */
async function fetchNotification(⟦
  ⟧client⟦: NotificationClient⟧,⟦
 ⟧ body⟦: unknown⟧,⟦
 ⟧ { capturedAs = 'PaymentCapture' }⟦: { capturedAs?: 'PaymentCapture' | 'PaymentAuthorize' }⟧ = {}⟦,
⟧)⟦: Promise<LegacyNotification>⟧ {
  const { type, objectType, objectId, message, sentAt } = readNotification(body);
  if (message.Type && message.Type !== 'Notification') return message;
  if (message.IsSample === true) return { NotificationType: 'Sample', NotificationData: {}, IsSample: true };
  if (!objectType) return nothingToDo(message.NotificationType, undefined, 'v2 has no such object');
  if (!FETCHED_OBJECTS[objectType]) return nothingToDo(objectType, objectId, 'an unknown kind of object');
  let found;
  try {
    found = await toLegacyNotification(client, { type, objectType, objectId }, capturedAs);
  } catch (error) {
    if (!isHopeless(error, sentAt)) throw error;
    return nothingToDo(objectType, objectId, 'for a day it could not be found');
  }
  const { root, details } = LEGACY_NOTIFICATIONS[found.type]⟦!⟧;
  return {
    NotificationType: found.type,
    // The legacy client took these elements off, but not those of a chargeback.
    NotificationData: objectType === 'CHARGEBACK' || /^Chargeback/.test(found.type)
      ? { [root]: { [details]: found.details } }
      : found.details,
    NotificationReferenceId: text(message.NotificationReferenceId ?? message.NotificationId ?? message.notificationId),
    SellerId: text(message.SellerId ?? message.MerchantID ?? message.merchantID),
    ReleaseEnvironment: found.object.releaseEnvironment,
    Version: '2013-01-01',
    // When the object came into its state; the time in a message is when it was sent, or what it claims.
    Timestamp: legacyTime(found.object.statusDetails?.lastUpdatedTimestamp),
    ObjectType: objectType,
    ObjectId: objectId,
    object: found.object,
  };
}`,
  },
  {
    name: 'fetchSignedNotification',
    needs: ['fetchNotification', 'verifyMessage', 'Fetched'],
    exported: true,
    source: String.raw`
/** The same for a message that must be signed by Amazon SNS; parseSNSResponse checked that, too. */
async function fetchSignedNotification(⟦
  ⟧client⟦: NotificationClient⟧,⟦
 ⟧ body⟦: unknown⟧,⟦
 ⟧ options⟦: { capturedAs?: 'PaymentCapture' | 'PaymentAuthorize'; certificate?: string }⟧ = {}⟦,
⟧)⟦: Promise<Fetched>⟧ {
  return fetchNotification(client, await verifyMessage(body, options.certificate), options);
}`,
  },
  {
    name: 'toXml',
    needs: [],
    exported: false,
    source: String.raw`
function toXml(name⟦: string⟧, value⟦: unknown⟧, attributes = '')⟦: string⟧ {
  const isElement = typeof value === 'object' && value !== null;
  const inner = isElement
    ? Object.entries(value).map(([key, child]) => toXml(key, child)).join('')
    : String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return '<' + name + attributes + '>' + inner + '</' + name + '>';
}`,
  },
  {
    name: 'fetchNotificationAsXml',
    needs: ['fetchNotification', 'toXml', 'LEGACY_NOTIFICATIONS', 'Fetched'],
    exported: true,
    source: String.raw`
/** The same with NotificationData as the XML text that it was in legacy, for code that reads it with a parser. */
async function fetchNotificationAsXml(⟦
  ⟧client⟦: NotificationClient⟧,⟦
 ⟧ body⟦: unknown⟧,⟦
 ⟧ options⟦?: { capturedAs?: 'PaymentCapture' | 'PaymentAuthorize' }⟧⟦,
⟧)⟦: Promise<Fetched>⟧ {
  const notification = await fetchNotification(client, body, options);
  // What is nothing to act on has no data, and some parsers never recover from none, nor handlers from an element that is
  // named in another way. Nothing that it says gets into the XML.
  const { NotificationType = 'Confirmation', NotificationData = {} } = notification;
  const { root, details } = LEGACY_NOTIFICATIONS[NotificationType] ?? {
    root: NotificationType + 'Notification',
    details: 'Details',
  };
  const content = !NotificationData[root] ? { [root]: { [details]: NotificationData } } : NotificationData;
  const namespace = ' xmlns=' + JSON.stringify('https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01');
  return { ...notification, NotificationType, NotificationData: toXml(root, content[root] ?? {}, namespace) };
}`,
  },
  {
    name: 'answerErrors',
    needs: [],
    exported: true,
    source: String.raw`
/**
 * Runs the work of a handler and answers 503 when it fails, so that Amazon sends the notification
 * again: without an answer or after a 4xx it would be lost, and a rejection that no one handles ends
 * the process.
 */
async function answerErrors(⟦
  ⟧res⟦: { headersSent?: boolean; statusCode: number; end(): unknown }⟧,⟦
 ⟧ work⟦: () => unknown⟧⟦,
⟧)⟦: Promise<void>⟧ {
  try {
    await work();
  } catch (error) {
    console.error(error);
    if (res.headersSent) return;
    res.statusCode = 503;
    res.end();
  }
}`,
  },
];
