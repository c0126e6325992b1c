import { compareAmounts } from '../../../transforms/amounts';
import type { Side } from '../observer';
import type { AmazonOutcome } from './order-outcome';
import { isSameField, outcomeFields, type Outcome, type OutcomeField } from './outcome';
import { applyRules, type Rule } from './rules';
import type { AtFault, ComparisonVerdict, Difference } from './verdict';

/** What is known of how a side left an order. */
export type SideView =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  /** It did not take the message: the delivery is dead. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The mode does not send it messages of this order. */
  | { readonly kind: 'not-run' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Its state endpoint or database did not answer. */
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface Judgement {
  readonly verdict: ComparisonVerdict;
  readonly atFault: AtFault;
  readonly differences: readonly Difference[];
  /** Equal for differences of one kind; for what is incomparable, why. null for a match. */
  readonly signature: string | null;
  readonly ruleIds: readonly string[];
  readonly expiredRules: readonly string[];
  /** Whether another look a little later may say otherwise. */
  readonly isFinal: boolean;
}

export interface Views {
  readonly legacy: SideView;
  readonly migrated: SideView;
  readonly amazon: AmazonOutcome;
}

const outcomeOf = (view: SideView): Outcome | null => (view.kind === 'outcome' ? view.outcome : null);
const agreement = {
  atFault: null,
  differences: [],
  signature: null,
  ruleIds: [],
  expiredRules: [],
  isFinal: true,
} as const;

function incomparable(reasons: readonly string[], isFinal: boolean): Judgement {
  return { ...agreement, verdict: 'incomparable', signature: reasons.join(' '), isFinal };
}

function differencesOf(
  legacy: Outcome | null,
  migrated: Outcome | null,
  amazon: Outcome | null,
): readonly Difference[] {
  const all = [legacy, migrated, amazon].filter((outcome) => outcome !== null);
  const differs = (field: OutcomeField): boolean =>
    all.some((left, index) => all.slice(index + 1).some((right) => !isSameField(field, left, right)));
  return outcomeFields.filter(differs).map((field) => ({
    field,
    legacy: legacy?.[field] ?? null,
    migrated: migrated?.[field] ?? null,
    amazon: amazon?.[field] ?? null,
  }));
}

const isWrong = (side: Outcome | null, amazon: Outcome): boolean =>
  side !== null && outcomeFields.some((field) => !isSameField(field, side, amazon));

function atFault(legacy: boolean, migrated: boolean): AtFault {
  if (legacy && migrated) return 'both';
  return legacy ? 'legacy' : migrated ? 'migrated' : null;
}

/** `legacy=amazon>migrated`: amounts differ from order to order, and the way in which they differ does not. */
function relation(difference: Difference): string {
  const sides = (['legacy', 'amazon', 'migrated'] as const).flatMap((name) => {
    const amount = difference[name];
    return amount === null ? [] : [{ name, amount }];
  });
  sides.sort((a, b) => compareAmounts(b.amount, a.amount));
  return sides
    .map(({ name, amount }, index) => {
      const next = sides[index + 1];
      return next === undefined ? name : `${name}${compareAmounts(amount, next.amount) === 0 ? '=' : '>'}`;
    })
    .join('');
}

const isAmount = (field: string): boolean => field === 'authorized' || field === 'captured' || field === 'refunded';
const signatureOf = (differences: readonly Difference[]): string =>
  differences
    .map((difference) => {
      const { field, legacy, migrated, amazon } = difference;
      if (isAmount(field)) return `${field}:${relation(difference)}`;
      return `${field}:legacy=${legacy ?? '-'},migrated=${migrated ?? '-'},amazon=${amazon ?? '-'}`;
    })
    .join(' ');

const failureOf = (view: SideView): string => (view.kind === 'failed' ? `failed ${view.reason}` : view.kind);

function judgeFailures({ legacy, migrated }: Views): Judgement {
  const differences = [{ field: 'delivery', legacy: failureOf(legacy), migrated: failureOf(migrated), amazon: null }];
  const isBoth = legacy.kind === 'failed' && migrated.kind === 'failed';
  return {
    ...agreement,
    verdict: isBoth ? 'both-failed' : 'mismatch',
    atFault: atFault(legacy.kind === 'failed', migrated.kind === 'failed'),
    differences,
    signature: signatureOf(differences),
  };
}

function judgeDifferences(
  { legacy, migrated, amazon }: Views,
  differences: readonly Difference[],
  rules: readonly Rule[],
  now: number,
): Judgement {
  const referee = amazon.problem === null ? amazon.outcome : null;
  const fault =
    referee === null ? null : atFault(isWrong(outcomeOf(legacy), referee), isWrong(outcomeOf(migrated), referee));
  const { ruleIds, expired } = applyRules(rules, differences, now);
  return {
    verdict: ruleIds === null ? 'mismatch' : 'expected',
    atFault: fault,
    differences,
    signature: signatureOf(differences),
    ruleIds: ruleIds ?? [],
    expiredRules: expired,
    isFinal: ruleIds !== null,
  };
}

/** Of a few words that the proxy chooses, so that those of one kind are one group. */
const whyOf = (view: SideView): string => ('reason' in view && view.reason !== '' ? ` (${view.reason})` : '');

/** Why the views do not suffice for a verdict although nothing in them differs. */
function missing({ legacy, migrated, amazon }: Views): readonly string[] {
  const ofSide = (side: Side, view: SideView): readonly string[] =>
    view.kind === 'outcome' || view.kind === 'not-run' ? [] : [`${side}:${view.kind}${whyOf(view)}`];
  const sides = [...ofSide('legacy', legacy), ...ofSide('migrated', migrated)];
  const nobody = legacy.kind === 'not-run' && migrated.kind === 'not-run' ? ['legacy:not-run migrated:not-run'] : [];
  return [...sides, ...nobody, ...(amazon.problem === null ? [] : [`amazon:${amazon.problem}`])];
}

/** Compares both sides with each other and with Amazon. A side that is known to be wrong is never hidden by what is not known. */
export function judge(views: Views, rules: readonly Rule[], now: number): Judgement {
  const { legacy, migrated, amazon } = views;
  if (legacy.kind === 'failed' || migrated.kind === 'failed') return judgeFailures(views);
  const referee = amazon.problem === null ? amazon.outcome : null;
  const differences = differencesOf(outcomeOf(legacy), outcomeOf(migrated), referee);
  if (differences.length > 0) return judgeDifferences(views, differences, rules, now);
  const reasons = missing(views);
  if (reasons.length === 0) return { ...agreement, verdict: 'match' };
  const mayChange = legacy.kind === 'unreachable' || migrated.kind === 'unreachable' || amazon.problem === 'no-object';
  return incomparable(reasons, !mayChange);
}
