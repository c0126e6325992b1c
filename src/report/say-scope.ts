import { LEFT_OUT, type Part, type Run } from '../engine/run';
import { formatCount } from './format-figures';

/** What a run is limited to, in a line; undefined when it reports everything. */
export function sayScope({ scope }: Pick<Run, 'scope'>): string | undefined {
  return scope === undefined ? undefined : `Only ${scope.map(sayPart).join('; ')}: nothing else is reported.`;
}

/** A warning where two runs are not of the same part: what one of them leaves out is neither fixed nor new. */
export function sayOtherScope(before: Pick<Run, 'scope'>, now: Pick<Run, 'scope'>): string | undefined {
  const [from, to] = [before, now].map((run) => sayScope(run) ?? 'Everything is reported.');
  if (from === to) return undefined;
  return `The two runs are not of the same part, so a place may count as fixed or new because one leaves it out. Before: ${from} Now: ${to}`;
}

function sayPart({ folder, shard, since, only, skip }: Part): string {
  const limits = [
    ...(shard === undefined ? [] : [`share ${shard.index} of ${shard.count}`]),
    ...(since === undefined ? [] : [`files that changed since ${since}`]),
    ...(only === undefined ? [] : [`--only ${only.join(',')}`]),
    ...(skip === undefined ? [] : [`--skip ${skip.join(',')}`]),
  ];
  return `${folder === '' ? '' : `${folder}: `}${limits.join(', ')}`;
}

/** Files of which `--only` and `--skip` left out every finding. */
export const countLeftOut = ({ files }: Pick<Run, 'files'>): number =>
  files.filter(({ reason }) => reason.includes(LEFT_OUT)).length;

/** Why a run that lists nothing does not show that nothing is there; undefined when it does, or when it lists something. */
export function sayUnseen(run: Run): string | undefined {
  if (run.summary.findings.total > 0) return undefined;
  const leftOut = countLeftOut(run);
  if (leftOut > 0) {
    return `Nothing is listed under these --only and --skip; legacy code may be in ${formatCount(leftOut, 'file')}.`;
  }
  if (run.scope !== undefined) return 'Nothing is listed in this part of the project.';
  return run.summary.files.scanned === 0 ? 'No file was looked at.' : undefined;
}
