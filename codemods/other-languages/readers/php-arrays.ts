import type { Syntax } from '../syntax';
import { stringOf } from './php-expressions';

export interface ArrayEntry {
  /** Undefined for a computed key, or none. */
  readonly key: string | undefined;
  readonly value: Syntax;
}

/** The entries of a literal array, in both spellings. */
export function entriesOf(unit: { readonly text: string }, node: Syntax | undefined): readonly ArrayEntry[] {
  if (node?.kind !== 'array_creation_expression') return [];
  return node.children.flatMap((one): ArrayEntry[] => {
    if (one.kind !== 'array_element_initializer') return [];
    const [first, second] = one.children;
    if (first === undefined) return [];
    return second === undefined ? [{ key: undefined, value: first }] : [{ key: stringOf(unit, first), value: second }];
  });
}

export const keysOf = (unit: { readonly text: string }, node: Syntax | undefined): string[] =>
  entriesOf(unit, node).flatMap(({ key }) => key ?? []);
