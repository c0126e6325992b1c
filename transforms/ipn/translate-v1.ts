import { legacyNotificationTypes, type LegacyNotificationType } from '../../src/catalog/notifications';
import { fetchFor, isSampleId } from './fetch-for';
import { isObject, pathOf, type JsonObject } from './read-json';
import { childOf, readXml, textOf } from './read-xml';
import { IpnRefusedError, refuse } from './refusal';
import {
  checkPermission,
  optionalText,
  readField,
  requireText,
  saysSample,
  UNRESOLVABLE_CHARGEBACK,
} from './translate-v2';
import type { Notification, Translation } from './translation';

/** `Chargeback Detailed Notification` has spaces on the wire, and the SDKs compare without and in any case. */
const normalise = (type: string): string => type.replace(/\s/g, '').toLowerCase();

const byName = new Map(legacyNotificationTypes.map((row) => [normalise(row.type), row]));

/** The row of a type in any of its spellings. */
export const findLegacyType = (type: unknown): LegacyNotificationType | undefined =>
  typeof type === 'string' ? byName.get(normalise(type)) : undefined;

export const isLegacyType = (type: unknown): boolean => findLegacyType(type) !== undefined;

/** The object of v2 that an id of a legacy notification names: an authorization is a Charge. */
export const toObjectId = ({ objectType }: LegacyNotificationType, id: string): string =>
  // The 21st character of an authorization id, A, becomes C (facts: managing-v1-objects.md).
  objectType === 'CHARGE' ? id.replace(/^([PS]\d{2}-\d{7}-\d{7})-A(\d{6})$/, '$1-C$2') : id;

/** Address and payment method changes of a billing agreement are no change of its state. */
const isAttributeChange = (eventType: string | null): boolean =>
  /Updated$/.test(eventType ?? '') && eventType !== 'BillingAgreementStatusUpdated';

interface Named {
  readonly objectId: string;
  readonly chargePermissionId: string | null;
  readonly warnings: readonly string[];
}

const GUESSED_PERMISSION =
  'ChargePermissionId is cut from the id: for a payment on a billing agreement it is another, which the fetched object names.';

/** The first three groups: the Charge Permission of a one-time payment; for a recurring one it must be looked up. */
const permissionOf = (id: string): string | null => /^[PS]\d{2}-\d{7}-\d{7}(?=-)/.exec(id)?.[0] ?? null;

function captureIds(details: unknown): string[] {
  const list = isObject(details) ? details['IdList'] : undefined;
  const ids = isObject(list) ? list['Id'] : undefined;
  return (Array.isArray(ids) ? ids : [ids]).filter((id): id is string => typeof id === 'string');
}

function nameObject(row: LegacyNotificationType, details: unknown, at: string): Named {
  const id = textOf(details, row.id, `${at}.${row.id}`);
  if (id === undefined) refuse('missing-field', `${at}.${row.id}`, `${row.id} is missing.`);
  if (row.objectType === 'CHARGEBACK') {
    const order = checkPermission(textOf(details, 'AmazonOrderReferenceId', `${at}.AmazonOrderReferenceId`) ?? null);
    return { objectId: id, chargePermissionId: order.id, warnings: [...order.warnings, UNRESOLVABLE_CHARGEBACK] };
  }
  if (row.objectType === 'CHARGE_PERMISSION') return { objectId: id, chargePermissionId: id, warnings: [] };
  const objectId = toObjectId(row, id);
  const captures = captureIds(details);
  const warnings =
    captures.length > 0 && id !== objectId && !captures.includes(objectId)
      ? [`IdList names ${captures.join(', ').slice(0, 200)}, not ${objectId}: a later capture has an id of its own.`]
      : [];
  return { objectId, chargePermissionId: permissionOf(objectId), warnings: [...warnings, GUESSED_PERMISSION] };
}

/** Chargeback data is not always XML; then an order may still be named in it. */
function nameInText(data: string): Named | string {
  const order = /\b[PS]\d{2}-\d{7}-\d{7}\b/.exec(data)?.[0];
  const id = /AmazonChargebackId\W{1,10}([A-Z0-9]{5,40})\b/.exec(data)?.[1];
  if (id === undefined)
    return `Chargeback data that is no XML and names no chargeback${order === undefined ? '' : `, but the order ${order}`}.`;
  return {
    objectId: id,
    chargePermissionId: order ?? null,
    warnings: [UNRESOLVABLE_CHARGEBACK, 'The data is no XML.'],
  };
}

function readDetails(row: LegacyNotificationType, data: string, at: string): { details: unknown; at: string } {
  const document = readXml(data, at);
  const root = childOf(document, row.root, at);
  if (root === undefined) {
    const found = Object.keys(document)[0] ?? 'nothing';
    refuse('unexpected-element', at, `${row.type} has a ${row.root}, not ${found.slice(0, 60)}.`);
  }
  const details = childOf(root, row.details, `${at}.${row.root}.${row.details}`);
  if (!isObject(details)) refuse('unexpected-element', `${at}.${row.root}`, `${row.details} is missing.`);
  return { details, at: `${at}.${row.root}.${row.details}` };
}

function nameOf(row: LegacyNotificationType, data: string, at: string): Named | string {
  try {
    const read = readDetails(row, data, at);
    return nameObject(row, read.details, read.at);
  } catch (error) {
    const isPlain = error instanceof IpnRefusedError && error.refusal.code === 'not-xml';
    if (!isPlain || row.objectType !== 'CHARGEBACK') throw error;
    return nameInText(data);
  }
}

function otherVersion(message: JsonObject, at: string): string[] {
  const version = optionalText(message, 'Version', at) ?? '2013-01-01';
  return version === '2013-01-01' ? [] : [`Version ${version.slice(0, 20)}, not 2013-01-01: read as if it were that.`];
}

/** A legacy message as the v2 notification that says the same, and the GET to make (facts: ipn.md section 4). */
export function translateV1(message: JsonObject, at: string): Translation {
  const type = requireText(message, 'NotificationType', at);
  const row = findLegacyType(type);
  if (row === undefined)
    refuse('unknown-type', pathOf(at, 'NotificationType'), `${type.slice(0, 60)} is no type of legacy notifications.`);
  const sample = saysSample(message, at);
  const base = { version: 'v1' as const, sample, notification: null, fetch: null };
  const given = readField(message, 'NotificationData', at);
  // Nobody but Amazon knows all forms of chargeback data; text that is no XML was seen (facts: ipn.md section 2).
  const data = row.objectType === 'CHARGEBACK' && isObject(given) ? JSON.stringify(given) : given;
  if (typeof data !== 'string') refuse('missing-field', pathOf(at, 'NotificationData'), 'NotificationData is no text.');
  if (row.objectType === null) return { ...base, warnings: [`${row.type} has no counterpart in v2.`] };
  const named = nameOf(row, data, pathOf(at, 'NotificationData'));
  if (typeof named === 'string') return { ...base, warnings: [named] };
  const warnings = [...otherVersion(message, at), ...named.warnings];
  const attribute =
    row.type === 'BillingAgreementNotification' && isAttributeChange(optionalText(message, 'EventType', at));
  const notification: Notification = {
    MerchantID: optionalText(message, 'SellerId', at),
    ObjectType: row.objectType,
    ObjectId: named.objectId,
    ChargePermissionId: named.chargePermissionId,
    NotificationType: attribute ? 'ATTRIBUTE_CHANGE' : 'STATE_CHANGE',
    NotificationId: optionalText(message, 'NotificationReferenceId', at),
    NotificationVersion: 'V2',
  };
  if (isSampleId(named.objectId))
    return {
      ...base,
      sample: true,
      notification,
      warnings: [...warnings, 'A sample: its object does not exist.'],
    };
  // A sample with the id of an object that may exist must not be fetched by whoever translates it again.
  if (sample) return { ...base, warnings: ['A sample: nothing happened to its object.'] };
  const fetch = fetchFor(row.objectType, named.objectId);
  if (fetch !== undefined) return { ...base, notification, fetch, warnings };
  if (row.objectType === 'CHARGEBACK') return { ...base, notification, warnings };
  const error = {
    code: 'object-id' as const,
    message: `${named.objectId.slice(0, 64)} has not the form of the id of a ${row.objectType}, so it is not asked for.`,
    at: pathOf(at, `NotificationData.${row.root}.${row.details}.${row.id}`),
  };
  return { ...base, notification, warnings, error };
}
