import { elements } from '../../src/catalog';
import type { ElementField } from '../../src/catalog/types';

/** A field of which only the name changes: nothing nested, and no word of legacy beneath it. */
export const isMerelyRenamed = ({ to, element, values, via }: ElementField): boolean =>
  to !== null && to !== '' && !to.includes('.') && element === undefined && values === undefined && via === undefined;

/** The field of an element when it is merely renamed. */
export function renamedField(element: string, name: string): ElementField | undefined {
  const fields = elements[element]?.fields ?? {};
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field !== undefined && isMerelyRenamed(field) ? field : undefined;
}
