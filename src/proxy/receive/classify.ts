import { fetchFor, isNotifiedObject, isSampleId } from '../../../transforms/ipn/fetch-for';
import { readJson, type JsonObject } from '../../../transforms/ipn/read-json';
import { IpnRefusedError } from '../../../transforms/ipn/refusal';
import { translate } from '../../../transforms/ipn/translate';
import { optionalText, readField, saysSample } from '../../../transforms/ipn/translate-v2';
import type { MessageKind } from '../store/inbox';
import { orderKeyOfMessage } from '../order-key';
import { glanceAtLegacy } from './glance-at-legacy';

/** What a message is about, as far as it takes to give it its place. */
export interface Classification {
  readonly kind: MessageKind;
  /** Why nobody can be told of it; null for what takes its way. */
  readonly quarantine: string | null;
  readonly notificationId: string | null;
  readonly notificationType: string | null;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly orderKey: string | null;
  readonly isSample: boolean;
}

const nothingKnown = {
  notificationId: null,
  notificationType: null,
  objectType: null,
  objectId: null,
  orderKey: null,
  isSample: false,
};

const unknown = (quarantine: string): Classification => ({ kind: 'unknown', quarantine, ...nothingKnown });

/** A message about the subscription itself: it waits for the operator. */
export const confirmation: Classification = { kind: 'confirmation', quarantine: 'confirmation', ...nothingKnown };

/** Texts that go into columns and reports: none is longer than what Amazon's own are, and PostgreSQL keeps no NUL. */
const short = (text: string | null): string | null => text?.slice(0, 128).replaceAll('\0', '\uFFFD') ?? null;

function classifyV2(message: JsonObject): Classification {
  const { notification, sample, error } = translate(message);
  // An id of a form that is not known yet: the handlers are told, and nothing is fetched.
  if (notification === null && !sample) return unknown(error?.code ?? 'no-version');
  const { ObjectId = null, ObjectType = null, ChargePermissionId = null } = notification ?? {};
  return {
    kind: 'v2',
    quarantine: null,
    notificationId: short(notification?.NotificationId ?? null),
    notificationType: short(notification?.NotificationType ?? null),
    objectType: short(ObjectType),
    objectId: short(ObjectId),
    orderKey: orderKeyOfMessage(ObjectId, ChargePermissionId),
    isSample: sample,
  };
}

/** Legacy messages are not parsed to the end here: that is for whoever acts on them, after the answer. */
function classifyV1(message: JsonObject): Classification {
  const found = glanceAtLegacy(message);
  return {
    kind: 'v1',
    quarantine: null,
    notificationId: short(optionalText(message, 'NotificationReferenceId', '')),
    notificationType: short(optionalText(message, 'NotificationType', '')),
    objectType: found.objectType,
    objectId: short(found.objectId),
    orderKey: found.orderKey,
    isSample: saysSample(message, '') || (found.objectId !== null && isSampleId(found.objectId)),
  };
}

/**
 * Tells v1 from v2 by what is in the message; headers never decide. A message of neither, or of both, is unknown. Legacy
 * types that are not known, and ids of an unknown form, still go to the handlers, as they would without a proxy.
 */
export function classify(message: unknown): Classification {
  try {
    const content = readJson(message, '');
    const isV2 = readField(content, 'NotificationVersion', '') !== undefined;
    const isV1 = readField(content, 'NotificationData', '') !== undefined;
    if (isV1 && isV2) return unknown('ambiguous');
    if (isV2) return classifyV2(content);
    const saysLegacy =
      optionalText(content, 'NotificationReferenceId', '') ?? optionalText(content, 'NotificationType', '');
    return isV1 && saysLegacy !== null ? classifyV1(content) : unknown('no-version');
  } catch (error) {
    if (!(error instanceof IpnRefusedError)) throw error;
    return unknown(error.refusal.code);
  }
}

/** The id to GET for what a message is about, or null where nothing can be fetched. */
export function fetchableId(about: Pick<Classification, 'objectType' | 'objectId' | 'orderKey'>): string | null {
  const { objectType, objectId, orderKey } = about;
  if (objectType === null || objectId === null || !isNotifiedObject(objectType)) return null;
  const fetch = fetchFor(objectType, objectId);
  if (fetch !== undefined) return fetch.argument;
  // The id of a legacy chargeback opens nothing, but its order shows it (facts: ipn.md section 4).
  const isLegacyChargeback = objectType === 'CHARGEBACK' && orderKey !== null;
  return isLegacyChargeback ? (fetchFor('CHARGE_PERMISSION', orderKey)?.argument ?? null) : null;
}
