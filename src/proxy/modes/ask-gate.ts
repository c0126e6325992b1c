import type { Queries } from '../store/database';
import type { ModeSetting } from './mode';
import { ModeError } from './mode-error';

/** Whether the evidence is enough to switch over, and what is missing: see compare/gate.ts. */
export interface GateVerdict {
  readonly isOpen: boolean;
  readonly missing: readonly string[];
}
/** By all that is kept, or by what happened since a time: since the migrated handler was last mended, say. */
export type ReadGate = (queries: Queries, since: number | null) => Promise<GateVerdict>;

interface Step {
  readonly from: ModeSetting;
  readonly to: ModeSetting;
  readonly force: boolean;
  readonly since: number | null;
}

/**
 * How much of what the legacy handler does is taken over. Nothing by `parallel`: what v2 has made only the migrated handler can
 * take.
 */
const takenOver = ({ mode, sharePercent }: ModeSetting): number => (mode === 'cutover' ? sharePercent : 0);

/**
 * Asks the gate where more is taken over than before, and only there: whoever goes back, or stays, waits for no evidence.
 * Returns what is missing; null where the gate was not asked. Rejects with a ModeError where it is closed, but by force.
 */
export async function askGate(
  queries: Queries,
  { from, to, force, since }: Step,
  readGate: ReadGate,
): Promise<readonly string[] | null> {
  if (takenOver(to) <= takenOver(from)) return null;
  const { isOpen, missing } = await readGate(queries, since);
  if (!isOpen && !force)
    throw new ModeError(
      'gate-closed',
      'The gate is closed: the evidence is not enough to give the migrated handler more orders. Nothing was changed.',
      missing,
    );
  return missing;
}
