import type { Finding } from '../engine/run';
import { collectBy } from './group-findings';

export interface FindingMatch {
  /** Open in the baseline, and gone. */
  readonly fixed: readonly Finding[];
  /** Open now, and known to the baseline. */
  readonly remaining: readonly Finding[];
  /** Open now, and unknown before. */
  readonly added: readonly Finding[];
}

const isOpen = ({ status }: Finding): boolean => status === 'open';
const codeOf = ({ before }: Finding): string => before.replace(/\s+/g, ' ').trim();

/**
 * Pairs what is open now with what the baseline knew, one to one:
 *
 * 1. by fingerprint in the same file, wherever its line moved to;
 * 2. by fingerprint alone: the packages of a merged run may lie in another folder now;
 * 3. the same code under the same rule in another file, when it is gone from its own: code that moved is no new legacy code.
 */
export function matchFindings(baseline: readonly Finding[], current: readonly Finding[]): FindingMatch {
  // Open ones first: where several fit, a place that was rewritten must not take the one that was left.
  const before = new Set([...baseline.filter(isOpen), ...baseline.filter((finding) => !isOpen(finding))]);
  const now = new Set(current.filter(isOpen));
  const remaining = new Set<Finding>();

  const pair = (
    keyOf: (finding: Finding) => string,
    isCandidate: (known: Finding, found: Finding) => boolean,
  ): void => {
    const known = collectBy([...before], keyOf);
    for (const found of [...now]) {
      const candidates = known.get(keyOf(found)) ?? [];
      const index = candidates.findIndex((candidate) => isCandidate(candidate, found));
      const [taken] = index === -1 ? [] : candidates.splice(index, 1);
      if (taken === undefined) continue;
      before.delete(taken);
      now.delete(found);
      remaining.add(found);
    }
  };
  pair(
    ({ file, fingerprint }) => `${file}\0${fingerprint}`,
    () => true,
  );
  pair(
    ({ fingerprint }) => fingerprint,
    () => true,
  );
  pair(
    (finding) => `${finding.rule}\0${codeOf(finding)}`,
    (known, found) => isOpen(known) && known.file !== found.file && codeOf(found) !== '',
  );
  return {
    fixed: baseline.filter((finding) => isOpen(finding) && before.has(finding)),
    remaining: current.filter((finding) => remaining.has(finding)),
    added: current.filter((finding) => now.has(finding)),
  };
}
