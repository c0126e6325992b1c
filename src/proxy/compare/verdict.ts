/**
 * - `match`: the sides agree with each other and with Amazon. `match-late`: not at once, but within the time for it.
 * - `expected`: they differ as a rule of the configuration expects. `mismatch`: they differ. `both-failed`: neither took the
 *   message. `incomparable`: something is not known that it takes to tell.
 */
export const comparisonVerdicts = [
  'match',
  'match-late',
  'expected',
  'mismatch',
  'incomparable',
  'both-failed',
] as const;
export type ComparisonVerdict = (typeof comparisonVerdicts)[number];

/** Verdicts that a person has to look at. */
export const openVerdicts = ['mismatch', 'both-failed'] as const satisfies readonly ComparisonVerdict[];

/** Which side is wrong, with Amazon as the referee. null: nobody, or Amazon's word is missing. */
export type AtFault = 'legacy' | 'migrated' | 'both' | null;

export interface Difference {
  /** A field of the outcome, or `delivery`: one side did not take the message. */
  readonly field: string;
  readonly legacy: string | null;
  readonly migrated: string | null;
  readonly amazon: string | null;
}
