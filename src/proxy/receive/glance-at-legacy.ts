import type { LegacyNotificationType } from '../../catalog/notifications';
import { readField } from '../../../transforms/ipn/translate-v2';
import type { JsonObject } from '../../../transforms/ipn/read-json';
import { translate } from '../../../transforms/ipn/translate';
import { findLegacyType, toObjectId } from '../../../transforms/ipn/translate-v1';
import { orderKeyOf } from '../order-key';

export interface LegacyObject {
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly orderKey: string | null;
}

const nothing: LegacyObject = { objectType: null, objectId: null, orderKey: null };

/** The different texts of an element, found without parsing; two are enough to know that it is not so simple. */
function textsOf(xml: string, element: string): readonly string[] {
  const found = new Set<string>();
  const pattern = new RegExp(`<(?:[\\w-]+:)?${element}>\\s*([^<>&\\s]{1,64})\\s*</`, 'g');
  for (let match = pattern.exec(xml); match !== null && found.size < 2; match = pattern.exec(xml))
    found.add(match[1] ?? '');
  return [...found];
}

function glance(row: LegacyNotificationType, xml: string): LegacyObject | null {
  const [id, ...others] = textsOf(xml, row.id);
  if (id === undefined || others.length > 0) return null;
  const objectId = toObjectId(row, id);
  if (row.objectType !== 'CHARGEBACK')
    return {
      objectType: row.objectType,
      objectId: row.objectType === null ? null : objectId,
      orderKey: orderKeyOf(id),
    };
  const [order, ...moreOrders] = textsOf(xml, 'AmazonOrderReferenceId');
  if (order === undefined || moreOrders.length > 0) return null;
  return { objectType: row.objectType, objectId, orderKey: orderKeyOf(order) };
}

/** The translator parses the XML: a third of what a message costs, which the sender need not wait for. */
function parse(message: JsonObject): LegacyObject {
  const { notification } = translate(message);
  if (notification === null) return nothing;
  const { ObjectType, ObjectId, ChargePermissionId } = notification;
  return { objectType: ObjectType, objectId: ObjectId, orderKey: orderKeyOf(ChargePermissionId ?? ObjectId) };
}

/**
 * What a legacy notification is about, told from the one element that names it. Only where that element is not there once
 * the XML is parsed. Enough for a signed message, whose lane it decides; what is done about it is decided by the translator.
 */
export function glanceAtLegacy(message: JsonObject): LegacyObject {
  const row = findLegacyType(readField(message, 'NotificationType', ''));
  const data = readField(message, 'NotificationData', '');
  if (row === undefined) return nothing;
  return (typeof data === 'string' ? glance(row, data) : null) ?? parse(message);
}
