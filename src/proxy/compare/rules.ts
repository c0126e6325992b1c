import { z } from 'zod';
import { compareAmounts } from '../../../transforms/amounts';
import { outcomeFields } from './outcome';
import type { Difference } from './verdict';

const value = z.string().min(1).max(100);

/** A difference that is known and meant. It names who decided that, why, and until when: then it counts again. */
export const ruleSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'is no id: use a-z, 0-9 and -'),
    field: z.enum(outcomeFields),
    legacy: value
      .optional()
      .describe('The values that it is about; any where one is left out. Amounts are compared as decimals.'),
    migrated: value.optional(),
    amazon: value.optional(),
    owner: z.string().trim().min(1).max(100),
    reason: z.string().trim().min(1).max(500),
    expires: z.iso.date().describe('A day in UTC, as 2026-12-31, at the end of which it no longer applies.'),
  })
  .refine(
    ({ legacy, migrated, amazon }) => [legacy, migrated, amazon].some((given) => given !== undefined),
    'needs a value of legacy, migrated or amazon: without one it would hide every difference of its field',
  );
export type Rule = z.infer<typeof ruleSchema>;

const DAY_MS = 86_400_000;
export const isExpired = (rule: Rule, now: number): boolean => now >= Date.parse(rule.expires) + DAY_MS;

function isValue(wanted: string | undefined, found: string | null): boolean {
  if (wanted === undefined || wanted === found) return true;
  if (found === null) return false;
  try {
    return compareAmounts(wanted, found) === 0;
  } catch {
    // Words are no amounts.
    return false;
  }
}

const covers = (rule: Rule, difference: Difference): boolean =>
  rule.field === difference.field &&
  isValue(rule.legacy, difference.legacy) &&
  isValue(rule.migrated, difference.migrated) &&
  isValue(rule.amazon, difference.amazon);

export interface AppliedRules {
  /** The rules that together cover every difference; null where one is not covered. */
  readonly ruleIds: readonly string[] | null;
  /** Rules that would have, and are expired. */
  readonly expired: readonly string[];
}

/** Looks for the rules that expect these differences. One difference without a rule is a mismatch. */
export function applyRules(rules: readonly Rule[], differences: readonly Difference[], now: number): AppliedRules {
  const found = differences.map((difference) => rules.filter((rule) => covers(rule, difference)));
  const inForce = found.map((matching) => matching.find((rule) => !isExpired(rule, now)));
  const expired = found.flat().filter((rule) => isExpired(rule, now));
  const ids = inForce.map((rule) => rule?.id);
  return {
    ruleIds: ids.includes(undefined) ? null : [...new Set(ids as string[])].sort(),
    expired: [...new Set(expired.map(({ id }) => id))].sort(),
  };
}
