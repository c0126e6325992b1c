import { notifiedObjects, type NotifiedObject } from '../../src/catalog/notifications';
import type { Fetch } from './translation';

export const isNotifiedObject = (objectType: string): objectType is NotifiedObject =>
  Object.hasOwn(notifiedObjects, objectType);

/** The GET for an object, or undefined when the id has not the form of its kind: such an id is never asked for. */
export function fetchFor(objectType: NotifiedObject, id: string): Fetch | undefined {
  const object = notifiedObjects[objectType];
  if (!object.id.test(id)) return undefined;
  return { method: 'GET', path: object.path.replace('{id}', id), sdkMethod: object.sdkMethod, argument: id };
}

/** Ids like P01-0000000-0000000-C000000, which the test tool of Seller Central sends and which do not exist. */
export const isSampleId = (id: string): boolean => /^[A-Z]\d{2}-0{7}-0{7}(?:-|$)/.test(id);
