import type { Finding } from '../engine/run';
import type { Report } from './report';

/**
 * How a place stands. Without a baseline: open or migrated. With one: new, remaining or fixed, and migrated for what this
 * run rewrites. `fixed` places are of the baseline; the code is gone.
 */
export type Standing = 'open' | 'migrated' | 'new' | 'remaining' | 'fixed';

export interface Place {
  readonly finding: Finding;
  readonly standing: Standing;
}

/** Every place of a report, once: those of the run, and those of the baseline that are fixed. */
export function listPlaces({ run, progress }: Report): readonly Place[] {
  if (progress === null) return run.findings.map((finding) => ({ finding, standing: finding.status }));
  const added = new Set(progress.new);
  const migrated = new Set(run.findings.filter(({ status }) => status === 'migrated').map(identify));
  return [
    ...run.findings.map((finding): Place => {
      if (finding.status === 'migrated') return { finding, standing: 'migrated' };
      return { finding, standing: added.has(finding) ? 'new' : 'remaining' };
    }),
    // What this run migrates is listed already.
    ...progress.fixed
      .filter((finding) => !migrated.has(identify(finding)))
      .map((finding): Place => {
        return { finding, standing: 'fixed' };
      }),
  ];
}

const identify = ({ file, fingerprint }: Finding): string => `${file}\0${fingerprint}`;
