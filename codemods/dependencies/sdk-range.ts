/** How a range stands to the release in which the answers of the SDK changed from `{ body: string }` to `{ data: object }`. */
export type RangeAge = 'older' | 'may-be-older' | 'current';

const CHANGED_IN = [2, 1, 3] as const;

const compare = (left: readonly number[], right: readonly number[]): number => {
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** Judges the range of the v2 SDK that a merchant already has; what is no plain range counts as current. */
export function judgeRange(range: string): RangeAge {
  const match = /^(\^|~|>=|=|v)?\s*v?(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:[-+][\w.-]+)?$/.exec(range.trim());
  if (match === null) return 'current';
  const [, operator, ...parts] = match;
  const numbers = parts.filter((part) => part !== undefined && /^\d+$/.test(part)).map(Number);
  if (compare(numbers, CHANGED_IN) >= 0) return 'current';
  // The digits that every release in the range shares; when they reach CHANGED_IN's own, a newer release can be in it.
  const shared =
    operator === '>=' ? 0 : operator === '^' ? 1 : operator === '~' ? Math.min(2, numbers.length) : numbers.length;
  const isFixed = shared === 3;
  if (isFixed) return 'older';
  const ceiling = numbers.slice(0, shared);
  const canReach =
    ceiling.every((part, index) => part === CHANGED_IN[index]) || compare(ceiling, CHANGED_IN.slice(0, shared)) > 0;
  return canReach ? 'may-be-older' : 'older';
}

/** The range for the new dependency, as strict as the one that it replaces. */
export function rangeLike(legacySpecifier: string | undefined, version: string): string {
  const strict = legacySpecifier === undefined ? undefined : /^(~|=?)v?\d+\.\d+\.\d+$/.exec(legacySpecifier.trim());
  if (strict == null) return `^${version}`;
  return strict[1] === '~' ? `~${version}` : version;
}
