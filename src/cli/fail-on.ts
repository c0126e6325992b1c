import type { Finding } from '../engine/run';
import { exitCodes, type ExitCode } from './exit-codes';
import type { FailOn } from './settings';

const levels = ['automatic', 'assisted', 'manual'] as const;

/** 1 when a finding of this level or above is open, else 0. */
export function decideExitCode(findings: readonly Pick<Finding, 'automation' | 'status'>[], failOn: FailOn): ExitCode {
  if (failOn === 'never') return exitCodes.done;
  const threshold = levels.indexOf(failOn);
  const isReached = findings.some(
    ({ automation, status }) => status === 'open' && levels.indexOf(automation) >= threshold,
  );
  return isReached ? exitCodes.findings : exitCodes.done;
}
