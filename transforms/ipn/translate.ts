import { isObject, readJson, type JsonObject } from './read-json';
import { IpnRefusedError, refuse } from './refusal';
import { isLegacyType, translateV1 } from './translate-v1';
import { readField, translateV2 } from './translate-v2';
import type { Translation } from './translation';

const has = (message: JsonObject, name: string, at: string): boolean => readField(message, name, at) !== undefined;

/** The envelope that a Lambda function gets in its event. */
function unwrapRecord(input: JsonObject): JsonObject {
  const records = input['Records'];
  if (!Array.isArray(records)) return input;
  if (records.length !== 1)
    refuse('several-records', 'Records', `${records.length} records; translate each by itself.`);
  const [record] = records as readonly unknown[];
  const envelope = isObject(record) ? record['Sns'] : undefined;
  return isObject(envelope) ? envelope : refuse('missing-field', 'Records[0].Sns', 'No envelope of SNS.');
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function confirmation(envelope: JsonObject, type: string): Translation {
  return {
    version: 'unknown',
    sample: false,
    notification: null,
    fetch: null,
    warnings: [`${type}: about the subscription itself, not about a payment.`],
    confirmation: { type, topicArn: textOrNull(envelope['TopicArn']) },
  };
}

function translateMessage(message: JsonObject, at: string): Translation {
  const isV2 = has(message, 'NotificationVersion', at);
  const isV1 = has(message, 'NotificationData', at);
  if (isV1 && isV2) refuse('ambiguous', at, 'NotificationVersion and NotificationData: of both versions at once.');
  if (isV2) return translateV2(message, at);
  // That NotificationVersion is absent does not make a message a legacy one.
  const speaksLegacy =
    has(message, 'NotificationReferenceId', at) || isLegacyType(readField(message, 'NotificationType', at));
  if (isV1 && speaksLegacy) return translateV1(message, at);
  return refuse('no-version', at, 'Neither NotificationVersion nor the fields of a legacy notification.');
}

function translateParsed(input: JsonObject): Translation {
  const envelope = unwrapRecord(input);
  const type = envelope['Type'];
  if (type === 'SubscriptionConfirmation' || type === 'UnsubscribeConfirmation') return confirmation(envelope, type);
  const inner = envelope['Message'];
  if (inner === undefined && type === 'Notification')
    refuse('missing-field', 'Message', 'An envelope without message.');
  if (inner === undefined) return translateMessage(envelope, '');
  return translateMessage(readJson(inner, 'Message'), 'Message');
}

/**
 * Tells what a notification of Amazon Pay is about: an SNS envelope or the message in it, legacy (v1) or v2, as text, bytes
 * or parsed JSON. `fetch` is the GET that says how the object is; nothing else of a message is to be believed.
 * Never throws for any input: what is not understood has version 'unknown' and an `error` that says what is wrong, and where.
 * Follows facts/ipn.md sections 2 to 5.
 */
export function translate(input: unknown): Translation {
  try {
    return translateParsed(readJson(input, ''));
  } catch (error) {
    if (!(error instanceof IpnRefusedError)) throw error;
    const { refusal } = error;
    return { version: 'unknown', sample: false, notification: null, fetch: null, warnings: [], error: refusal };
  }
}
