import { createHash } from 'node:crypto';
import { idempotencyKeyOf } from '../receive/plan-jobs';
import type { CanonicalObject } from '../compare/canonical-object';
import type { Queries } from '../store/database';
import { acceptMessages } from '../store/accept-messages';
import type { NewJob } from '../store/add-jobs';
import type { Arrival } from '../store/inbox';
import { SWEEP_TOPIC } from '../store/sweep-topic';

export interface FoundChange {
  readonly object: CanonicalObject;
  readonly orderKey: string;
  /** Under which messages about the object are kept. */
  readonly messageKey: string;
  readonly version: number;
  readonly merchantId: string | null;
  readonly now: number;
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** The message that Amazon did not send: a v2 notification in the envelope of SNS, without signature. */
function messageOf({ object, orderKey, messageKey, merchantId, version, now }: FoundChange): Arrival {
  const messageId = messageIdOf(object.objectId, version);
  const notification = {
    MerchantID: merchantId,
    ObjectType: object.objectType,
    ObjectId: object.objectId,
    ChargePermissionId: object.chargePermissionId ?? orderKey,
    NotificationType: 'STATE_CHANGE',
    NotificationId: sha256(messageId).slice(0, 36),
    NotificationVersion: 'V2',
  };
  const envelope = {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: SWEEP_TOPIC,
    Message: JSON.stringify(notification),
    Timestamp: new Date(now).toISOString(),
  };
  const body = Buffer.from(JSON.stringify(envelope));
  return {
    topicArn: SWEEP_TOPIC,
    messageId,
    kind: 'v2',
    verdict: 'verified',
    quarantine: null,
    body,
    bodySha256: sha256(body),
    headers: {
      'content-type': 'text/plain; charset=UTF-8',
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': messageId,
      'x-amz-sns-topic-arn': SWEEP_TOPIC,
    },
    notificationId: notification.NotificationId,
    notificationType: notification.NotificationType,
    objectType: object.objectType,
    objectId: object.objectId,
    orderKey: messageKey,
    isSample: false,
  };
}

const messageIdOf = (objectId: string, version: number): string => `${objectId}:${version}`;

/** Which change of its object a message of a sweep tells. */
export const versionOfMessage = (messageId: string): number => Number(messageId.slice(messageId.lastIndexOf(':') + 1));

/** The Idempotency-Key of a change that was found. */
export const keyOfChange = (objectId: string, version: number): string =>
  idempotencyKeyOf(SWEEP_TOPIC, messageIdOf(objectId, version));

/** For the migrated handler alone: a legacy handler answers 200 to a v2 message and loses it (facts: ipn.md). */
const deliverToMigrated = (id: number, { topicArn, messageId, orderKey }: Arrival, now: number): readonly NewJob[] => [
  {
    kind: 'deliver-migrated',
    lane: `migrated:${orderKey}`,
    subject: String(id),
    inboxId: id,
    ...(orderKey === null ? {} : { orderKey }),
    idempotencyKey: idempotencyKeyOf(topicArn, messageId),
    runAt: now,
  },
];

/** Puts a change that no message told into the inbox, to be delivered like any other. The same change is there once. */
export async function offerChange(queries: Queries, found: FoundChange): Promise<void> {
  await acceptMessages(queries, [messageOf(found)], found.now, deliverToMigrated, 'sqlite');
}
