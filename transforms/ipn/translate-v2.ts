import { notifiedObjects } from '../../src/catalog/notifications';
import { fetchFor, isNotifiedObject, isSampleId } from './fetch-for';
import { pathOf, type JsonObject } from './read-json';
import { refuse } from './refusal';
import type { Notification, Translation } from './translation';

/** Keys come in two spellings, ObjectId and objectId (facts: ipn.md section 3). */
export function readField(message: JsonObject, name: string, at: string): unknown {
  const lower = name.toLowerCase();
  let found: string | undefined;
  for (const key in message) {
    if (key.length !== name.length || key.toLowerCase() !== lower) continue;
    if (found !== undefined && message[found] !== message[key])
      refuse('ambiguous', pathOf(at, name), `${found} and ${key} say different things.`);
    found = key;
  }
  return found === undefined ? undefined : message[found];
}

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

/** Only the test tool of Seller Central sends it, as a boolean. */
export const saysSample = (message: JsonObject, at: string): boolean =>
  String(readField(message, 'IsSample', at)).toLowerCase() === 'true';

/** A Charge Permission that has not the form of one is not handed on: handlers fetch it too. */
export const checkPermission = (
  id: string | null,
): { readonly id: string | null; readonly warnings: readonly string[] } =>
  id === null || notifiedObjects.CHARGE_PERMISSION.id.test(id)
    ? { id, warnings: [] }
    : { id: null, warnings: [`ChargePermissionId ${id.slice(0, 64)} has not the form of one and was dropped.`] };

/** A message of v2, with its keys in one spelling, and the GET to make. */
export function translateV2(message: JsonObject, at: string): Translation {
  const version = requireText(message, 'NotificationVersion', at);
  if (version.toLowerCase() !== 'v2')
    refuse('unknown-version', pathOf(at, 'NotificationVersion'), `Version ${version.slice(0, 20)}, not V2.`);
  const permission = checkPermission(optionalText(message, 'ChargePermissionId', at));
  const notification: Notification = {
    MerchantID: optionalText(message, 'MerchantID', at),
    ObjectType: requireText(message, 'ObjectType', at).toUpperCase(),
    ObjectId: requireText(message, 'ObjectId', at),
    ChargePermissionId: permission.id,
    NotificationType: requireText(message, 'NotificationType', at).toUpperCase(),
    NotificationId: optionalText(message, 'NotificationId', at),
    NotificationVersion: 'V2',
  };
  const { ObjectType, ObjectId } = notification;
  const sample = saysSample(message, at) || isSampleId(ObjectId);
  const base = { version: 'v2' as const, sample, notification, fetch: null };
  if (sample) {
    const warnings = [...permission.warnings, 'A sample: its object does not exist.'];
    return { ...base, notification: isSampleId(ObjectId) ? notification : null, warnings };
  }
  if (!isNotifiedObject(ObjectType)) {
    const warnings = [
      ...permission.warnings,
      `No GET is known for objects of type ${ObjectType.slice(0, 40)}: keep the message and look at it.`,
    ];
    return { ...base, warnings };
  }
  const fetch = fetchFor(ObjectType, ObjectId);
  if (fetch !== undefined) return { ...base, fetch, warnings: [...permission.warnings] };
  const said = `${ObjectId.slice(0, 64)} has not the form of the id of a ${ObjectType}, so it is not asked for.`;
  const isLegacyChargeback = ObjectType === 'CHARGEBACK' && /^[A-Z0-9]+$/.test(ObjectId);
  if (isLegacyChargeback) return { ...base, warnings: [...permission.warnings, UNRESOLVABLE_CHARGEBACK] };
  const error = { code: 'object-id' as const, message: said, at: pathOf(at, 'ObjectId') };
  return { ...base, warnings: [...permission.warnings], error };
}

export const UNRESOLVABLE_CHARGEBACK =
  'The id of a legacy chargeback opens nothing in v2; look in Seller Central, or fetch the Charge Permission.';
