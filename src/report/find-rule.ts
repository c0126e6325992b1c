import { rules } from '../catalog/rules';
import type { Rule } from '../catalog/types';

/** The rule of the catalog; undefined for one that only another version of the tool knows. */
export function findRule(id: string): Rule | undefined {
  return Object.hasOwn(rules, id) ? rules[id] : undefined;
}

/** Title from the catalog; the id again for a rule that this version does not know. */
export const titleOf = (id: string): string => findRule(id)?.title ?? id;
