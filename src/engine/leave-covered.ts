import type { Edit, FindingDraft } from '../../codemods/codemod';
import type { CodemodRun } from './run-codemods';

/** What only lists gives way to what rewrites the same code, and says why where it does not. */
const GIVES_WAY: Readonly<Record<string, string>> = { 'other-languages': 'php' };

const touches = (draft: FindingDraft, { path, start, end }: Pick<Edit, 'path' | 'start' | 'end'>): boolean =>
  path === draft.path && start < draft.end && draft.start < end;

/**
 * The findings of all codemods, each place once: one that only lists says nothing of a place that another one reports or
 * rewrites.
 */
export function leaveCovered(
  runs: readonly CodemodRun[],
  isReported: (draft: FindingDraft) => boolean,
): readonly FindingDraft[] {
  return runs.flatMap(({ name, result }) => {
    const other = runs.find((run) => run.name === GIVES_WAY[name])?.result;
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
