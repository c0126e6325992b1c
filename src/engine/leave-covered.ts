import type { Edit, FindingDraft } from '../../codemods/codemod';
import type { CodemodEntry } from './codemod-list';
import type { CodemodRun } from './run-codemods';

const touches = (draft: FindingDraft, { path, start, end }: Pick<Edit, 'path' | 'start' | 'end'>): boolean =>
  path === draft.path && start < draft.end && draft.start < end;

/**
 * The findings of all codemods, each place once: one that only lists says nothing of a place that another one reports or
 * rewrites.
 */
export function leaveCovered(
  runs: readonly CodemodRun[],
  codemods: readonly CodemodEntry[],
  isReported: (draft: FindingDraft) => boolean,
): readonly FindingDraft[] {
  return runs.flatMap(({ name, result }) => {
    const { givesWayTo } = codemods.find((entry) => entry.name === name) ?? {};
    const other = runs.find((run) => run.name === givesWayTo)?.result;
    if (other === undefined) return result.findings;
    const reported = other.findings.filter(isReported);
    const places = new Set(reported.map(({ path, start }) => `${path}\0${start}`));
    const files = new Set(reported.map(({ path }) => path));
    return result.findings.filter(
      (draft) =>
        !places.has(`${draft.path}\0${draft.start}`) &&
        !(files.has(draft.path) && other.edits.some((edit) => touches(draft, edit))),
    );
  });
}
