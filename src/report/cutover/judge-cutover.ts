import { z } from 'zod';
import type { Run } from '../../engine/run';
import { runSchema } from '../../engine/run-schema';
import { comparisonSchema } from '../compare-runs';
import { listCodeSteps } from './code-steps';
import { listDualRunSteps } from './dual-run-steps';
import { evidenceSchema, type Evidence } from './read-evidence';
import { stepSchema, type Step } from './step';

/** Whether a shop can switch, and what still stands in the way: what `report RUN --evidence EVIDENCE` writes as JSON. */
export const cutoverSchema = z.object({
  schemaVersion: z.literal(1),
  tool: runSchema.shape.tool,
  kind: z.literal('cutover'),
  root: z.string(),
  startedAt: z.string(),
  isReady: z.boolean(),
  /** In the order in which to do them. Those of `afterwards` do not count for isReady. */
  steps: z.array(stepSchema),
  /** What whoever signs must know of the evidence; it holds nothing up. */
  reservations: z.array(z.string()),
  code: runSchema.shape.summary,
  evidence: evidenceSchema.nullable(),
  progress: comparisonSchema.nullable(),
});

export interface Cutover {
  readonly isReady: boolean;
  readonly steps: readonly Step[];
  readonly reservations: readonly string[];
  readonly evidence: Evidence | null;
}

/** Joins the code and the dual run in one gate. */
export function judgeCutover(run: Run, evidence: Evidence | null): Cutover {
  const code = listCodeSteps(run);
  const steps = [
    ...code.filter(({ part }) => part === 'code'),
    ...listDualRunSteps(run, evidence),
    ...code.filter(({ part }) => part === 'afterwards'),
  ];
  return { isReady: !steps.some(isInTheWay), steps, reservations: listReservations(evidence), evidence };
}

const unknownGate =
  'The proxy that exported the evidence does not say whether its gate was weakened, nor whether it asked the sandbox: export again with this version.';

function listReservations(evidence: Evidence | null): readonly string[] {
  if (evidence === null) return [];
  return evidence.reservations?.map(({ text }) => text) ?? [unknownGate];
}

/** Whether the switch has to wait for a step. */
export const isInTheWay = ({ part, isMet }: Step): boolean => part !== 'afterwards' && !isMet;
