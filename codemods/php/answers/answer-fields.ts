import { elements, operations } from '../../../src/catalog';
import type { Element, ElementField } from '../../../src/catalog/types';

/** Where in a legacy answer a read has come to, and how that place is reached in the v2 object. */
export type Position =
  | { readonly kind: 'root'; readonly operation: string }
  | { readonly kind: 'error' }
  | { readonly kind: 'metadata' }
  | {
      readonly kind: 'element';
      readonly element: Element;
      readonly path: readonly string[];
      /** v2 may have null on the way. */
      readonly isNullable: boolean;
      readonly wasZero: boolean;
    }
  | {
      readonly kind: 'value';
      readonly path: readonly string[];
      readonly isNullable: boolean;
      readonly wasZero: boolean;
      /** Name of the table that its values come from. */
      readonly table?: string;
      readonly isTime?: true;
    }
  /** Of the answer as a whole: the HTTP status and the id of the request. */
  | { readonly kind: 'status' }
  | { readonly kind: 'request-id' };

export type Step = Exclude<Position, { kind: 'root' }> | { readonly kind: 'none'; readonly because: string };

const none = (because: string): Step => ({ kind: 'none', because });
const value = (path: string, table?: string): Step => ({
  kind: 'value',
  path: [path],
  isNullable: false,
  wasZero: false,
  ...(table === undefined ? {} : { table }),
});

/** One step further into a legacy answer (facts: other-languages.md sections 2.3 and 10.4). */
export function stepInto(position: Position, name: string): Step {
  switch (position.kind) {
    case 'root':
      return stepIntoRoot(position.operation, name);
    case 'error':
      if (name === 'Code') return value('reasonCode', 'errorCode');
      return name === 'Message' ? value('message') : none('an error of v2 has reasonCode and message only.');
    case 'metadata':
      return name === 'RequestId' ? { kind: 'request-id' } : none('v2 has no such metadata.');
    case 'element':
      return stepIntoElement(position, name);
    default:
      return none('it has no members.');
  }
}

function stepIntoRoot(operation: string, name: string): Step {
  const result = operations[operation]?.result;
  const element = result == null ? undefined : elements[result];
  if (element !== undefined && name === `${operation}Result`) {
    return { kind: 'element', element, path: [], isNullable: false, wasZero: false };
  }
  if (name === 'Error') return { kind: 'error' };
  if (name === 'ResponseMetadata') return { kind: 'metadata' };
  if (name === 'ResponseStatus') return { kind: 'status' };
  if (name === 'RequestId' || name === 'RequestID') return { kind: 'request-id' };
  return none(`${operation} does not answer it.`);
}

function stepIntoElement(position: Extract<Position, { kind: 'element' }>, name: string): Step {
  const field: ElementField | undefined = position.element.fields[name];
  if (field === undefined) return none('it is not known what it is in v2.');
  if (field.to === null) return none(field.because ?? 'v2 does not return it.');
  const path = field.to === '' ? position.path : [...position.path, ...field.to.split('.')];
  const isNullable = position.isNullable || field.nullable === true;
  const wasZero = position.wasZero || field.wasZero === true;
  const element = field.element === undefined ? undefined : elements[field.element];
  if (element !== undefined) return { kind: 'element', element, path, isNullable, wasZero };
  const table = field.values === undefined ? {} : { table: field.values };
  const time = field.via === 'isoTimestamp' ? { isTime: true as const } : {};
  return { kind: 'value', path, isNullable, wasZero, ...table, ...time };
}
