import { fetchFor, isNotifiedObject, isSampleId } from './fetch-for';
import type { JsonObject } from './read-json';
import { refuse } from './refusal';
import type { Notification, Translation } from './translation';

/** Keys come in two spellings, ObjectId and objectId (facts: ipn.md section 3). */
export function readField(message: JsonObject, name: string, at: string): unknown {
  const keys = Object.keys(message).filter((key) => key.toLowerCase() === name.toLowerCase());
  const [key, other] = keys;
  if (key === undefined) return undefined;
  if (other !== undefined && message[other] !== message[key])
    refuse('ambiguous', `${at}.${name}`, `${keys.join(' and ')} say different things.`);
  return message[key];
}

/** The path of a field: `Message.ObjectId` in an envelope, `ObjectId` in a bare message. */
export const pathOf = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);

export function requireText(message: JsonObject, name: string, at: string): string {
  const value = readField(message, name, at);
  if (typeof value !== 'string' || value.trim() === '')
    refuse('missing-field', pathOf(at, name), `${name} is missing or no text.`);
  return value.trim();
}

export function optionalText(message: JsonObject, name: string, at: string): string | null {
  const value = readField(message, name, at);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A message of v2, with its keys in one spelling, and the GET to make. */
export function translateV2(message: JsonObject, at: string): Translation {
  const version = requireText(message, 'NotificationVersion', at);
  if (version.toLowerCase() !== 'v2')
    refuse('unknown-version', pathOf(at, 'NotificationVersion'), `Version ${version.slice(0, 20)}, not V2.`);
  const notification: Notification = {
    MerchantID: optionalText(message, 'MerchantID', at),
    ObjectType: requireText(message, 'ObjectType', at).toUpperCase(),
    ObjectId: requireText(message, 'ObjectId', at),
    ChargePermissionId: optionalText(message, 'ChargePermissionId', at),
    NotificationType: requireText(message, 'NotificationType', at).toUpperCase(),
    NotificationId: optionalText(message, 'NotificationId', at),
    NotificationVersion: 'V2',
  };
  const { ObjectType, ObjectId } = notification;
  const base = { version: 'v2' as const, notification };
  const sample = readField(message, 'IsSample', at) === true || isSampleId(ObjectId);
  if (sample) {
    const warnings = ['A sample: its object does not exist.'];
    return { ...base, notification: isSampleId(ObjectId) ? notification : null, sample, fetch: null, warnings };
  }
  if (!isNotifiedObject(ObjectType)) {
    const warnings = [
      `No GET is known for objects of type ${ObjectType.slice(0, 40)}: keep the message and look at it.`,
    ];
    return { ...base, sample, fetch: null, warnings };
  }
  const fetch = fetchFor(ObjectType, ObjectId);
  if (fetch !== undefined) return { ...base, sample, fetch, warnings: [] };
  const said = `${ObjectId.slice(0, 64)} has not the form of the id of a ${ObjectType}, so it is not asked for.`;
  const isLegacyChargeback = ObjectType === 'CHARGEBACK' && /^[A-Z0-9]+$/.test(ObjectId);
  if (isLegacyChargeback) return { ...base, sample, fetch: null, warnings: [UNRESOLVABLE_CHARGEBACK] };
  const error = { code: 'object-id' as const, message: said, at: pathOf(at, 'ObjectId') };
  return { ...base, sample, fetch: null, warnings: [], error };
}

export const UNRESOLVABLE_CHARGEBACK =
  'The id of a legacy chargeback opens nothing in v2; look in Seller Central, or fetch the Charge Permission.';
