import type { Run } from '../../engine/run';
import type { Evidence } from './read-evidence';
import type { Step } from './step';

/** Older evidence may be about a handler that was changed since, and an older run about code that was. */
const apartMs = 24 * 60 * 60 * 1000;

/** The steps that follow from the evidence of a dual run, or the one that it takes to have some. */
export function listDualRunSteps(run: Run, evidence: Evidence | null): readonly Step[] {
  if (evidence === null) return isUntouched(run) ? [] : [noEvidence];
  const { gate } = evidence;
  const figures = gate.figures.map((figure): Step => {
    const { name, found, wanted, isMet } = figure;
    const id = `dual-run/${name.replace(/\W+/g, '-')}`;
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    return { part: 'dual-run', id, name: title, found, wanted, isMet, advice: isMet ? '' : findAdvice(gate, figure) };
  });
  const isShutForNoReason = !gate.isOpen && figures.every(({ isMet }) => isMet);
  return [compareTimes(run, evidence), ...figures, ...(isShutForNoReason ? [shutGate] : [])];
}

/** Where no legacy code was found there are no two handlers to compare. */
const isUntouched = ({ summary }: Run): boolean => summary.findings.total === 0 && summary.files.failed === 0;

const noEvidence: Step = {
  part: 'dual-run',
  id: 'dual-run/evidence',
  name: 'Evidence of a dual run',
  found: 'none was given',
  wanted: 'the export of the proxy, with --evidence',
  isMet: false,
  advice:
    'Run both handlers behind the proxy until its gate opens. No audit shows that a migrated handler behaves well.',
};

const shutGate: Step = {
  part: 'dual-run',
  id: 'dual-run/gate',
  name: 'Gate of the dual run',
  found: 'shut',
  wanted: 'open',
  isMet: false,
  advice: 'Look at the dashboard of the proxy, and export the evidence again.',
};

function compareTimes({ startedAt }: Run, { period }: Evidence): Step {
  const apart = Math.abs(Date.parse(period.until) - Date.parse(startedAt));
  return {
    part: 'dual-run',
    id: 'dual-run/same-time',
    name: 'Code and evidence of the same day',
    found: `code of ${startedAt}, evidence up to ${period.until}`,
    wanted: 'within 24 hours of each other',
    // A time that cannot be read is not the same day.
    isMet: apart <= apartMs,
    advice: 'Export the evidence and audit the code that is deployed, one after the other.',
  };
}

/** The gate says it in one line: `name: found, wanted …. What to do.` */
function findAdvice(
  { missing }: Evidence['gate'],
  { name, found, wanted }: Evidence['gate']['figures'][number],
): string {
  const line = missing.find((text) => text.startsWith(`${name}: `)) ?? '';
  const start = `${name}: ${found}, wanted ${wanted}. `;
  return line.startsWith(start) ? line.slice(start.length) : line;
}
