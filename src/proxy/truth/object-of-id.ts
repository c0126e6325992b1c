import { notifiedObjects, type NotifiedObject } from '../../catalog/notifications';
import { IdError, toChargeId } from '../../../transforms/ids';
import { isNotifiedObject } from '../../../transforms/ipn/fetch-for';

export interface NamedObject {
  readonly objectType: NotifiedObject;
  readonly objectId: string;
}

/** What an id names in v2, by its form (facts: managing-v1-objects.md). Null: there is no GET for it. */
export function objectOfId(id: string): NamedObject | null {
  for (const [objectType, { id: pattern }] of Object.entries(notifiedObjects))
    if (pattern.test(id) && isNotifiedObject(objectType)) return { objectType, objectId: id };
  try {
    return { objectType: 'CHARGE', objectId: toChargeId(id) };
  } catch (error) {
    if (error instanceof IdError) return null;
    throw error;
  }
}
