import type { Edit } from '../codemod';
import type { Rewritten } from './describe-calls';

/** Whether two edits cannot both be made. */
export const overlaps = (one: Edit, other: Edit): boolean =>
  one.path === other.path &&
  (one.start < other.end || one.start === other.start) &&
  (other.start < one.end || one.start === other.start);

/** Where the rewrites of two calls meet, one would undo the other: both calls stay as they are. */
export function keepApart(files: readonly Rewritten[]): readonly Rewritten[] {
  const all = files.flatMap(({ outcomes }) => outcomes.flatMap((one) => (one.isRewritten ? [one] : [])));
  const meeting = new Set(
    all.filter((one) =>
      all.some((other) => other !== one && one.edits.some((edit) => other.edits.some((its) => overlaps(edit, its)))),
    ),
  );
  if (meeting.size === 0) return files;
  return files.map(({ file, outcomes }) => ({
    file,
    outcomes: outcomes.map((outcome) => {
      if (!outcome.isRewritten || !meeting.has(outcome)) return outcome;
      const { call, operation } = outcome;
      return { call, operation, isRewritten: false, because: 'its rewrite and that of another call meet' };
    }),
  }));
}
