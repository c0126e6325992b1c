import { createHash } from 'node:crypto';
import type { NewJob } from '../../../src/proxy/store/add-jobs';
import type { Database } from '../../../src/proxy/store/database';
import { acceptMessages } from '../../../src/proxy/store/accept-messages';
import type { Arrival } from '../../../src/proxy/store/inbox';

const TOPIC = 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2SELLER';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface SeedMessage {
  readonly order: string;
  readonly kind?: 'v1' | 'v2';
  /** Makes the message one of its own. */
  readonly number: number;
  readonly type?: string;
  /** What a v2 message names; otherwise the charge of the order. */
  readonly about?: { readonly objectType: string; readonly objectId: string };
}

export const orderKey = (index: number): string => `P01-1112223-${String(index).padStart(7, '0')}`;

const v2 = (order: string, { objectType, objectId }: NonNullable<SeedMessage['about']>): object => ({
  MerchantID: 'A2SELLER',
  ObjectType: objectType,
  ObjectId: objectId,
  ChargePermissionId: order,
  NotificationType: 'STATE_CHANGE',
  NotificationId: 'n-1',
  NotificationVersion: 'V2',
});
const v1 = (order: string): object => ({
  NotificationReferenceId: 'n-1',
  NotificationType: 'PaymentCapture',
  SellerId: 'A2SELLER',
  ReleaseEnvironment: 'Sandbox',
  Version: '2013-01-01',
  Timestamp: '2026-01-15T12:00:00Z',
  NotificationData: `<?xml version="1.0"?><CaptureNotification xmlns="https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01"><CaptureDetails><AmazonCaptureId>${order}-C000111</AmazonCaptureId></CaptureDetails></CaptureNotification>`,
});

export const messageId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export function arrivalOf({ order, kind = 'v1', number, type, about }: SeedMessage, inner?: object): Arrival {
  const { objectType, objectId } = about ?? { objectType: 'CHARGE', objectId: `${order}-C000111` };
  const message = inner ?? (kind === 'v1' ? v1(order) : v2(order, { objectType, objectId }));
  const id = messageId(number);
  const body = JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    TopicArn: TOPIC,
    Message: JSON.stringify(message),
    Timestamp: '2026-01-15T12:00:00.000Z',
    SignatureVersion: '1',
    Signature: 'c2lnbmVk',
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem',
  });
  return {
    topicArn: TOPIC,
    messageId: id,
    kind,
    verdict: 'verified',
    quarantine: null,
    body: Buffer.from(body),
    bodySha256: sha256(body),
    headers: {
      'content-type': 'text/plain; charset=UTF-8',
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': id,
      'x-amz-sns-topic-arn': TOPIC,
      'user-agent': 'Amazon Simple Notification Service Agent',
    },
    notificationId: 'n-1',
    notificationType: type ?? (kind === 'v1' ? 'PaymentCapture' : 'STATE_CHANGE'),
    objectType,
    objectId,
    orderKey: order,
    isSample: 'IsSample' in message,
  };
}

/** The jobs that the receiver makes of a message for the handlers. */
export const planDeliveries = (
  id: number,
  { orderKey: key, topicArn, messageId: mid }: Arrival,
  now: number,
): NewJob[] =>
  (['legacy', 'migrated'] as const).map((side) => ({
    kind: `deliver-${side}`,
    lane: `${side}:${key}`,
    subject: String(id),
    inboxId: id,
    orderKey: key ?? '',
    idempotencyKey: sha256(`${topicArn}\n${mid}`).slice(0, 32),
    runAt: now,
  }));

/** Stores messages as the receiver does. */
export async function seed(database: Database, arrivals: readonly Arrival[], now: number): Promise<void> {
  for (let first = 0; first < arrivals.length; first += 500)
    await database.transaction((queries) =>
      acceptMessages(queries, arrivals.slice(first, first + 500), now, planDeliveries, database.dialect),
    );
}
