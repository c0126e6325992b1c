import type { Decision } from '../modes/decide-role';
import type { Side } from '../observer';
import type { Role } from '../store/attempts';
import type { Queries } from '../store/database';
import type { StoredMessage } from '../store/inbox';
import type { Job } from '../store/jobs';
import type { Failure } from './failure';
import { isForNobody, isTakenByOther, otherSide } from './ownership';
import { mayBePrimary, replayOf } from './replay-record';
import { isToldByAmazon, TOLD } from './same-change';

/** Why it becomes a dead letter at once. */
export const V1_ONLY: Failure = 'v1-only';

/** Where it goes. */
export interface Place {
  readonly side: Side;
  readonly canDryRun: boolean;
}

/** What a delivery is sent as, or why it is not sent. */
export async function roleOf(
  queries: Queries,
  { side, canDryRun }: Place,
  { job, message, decision }: { readonly job: Job; readonly message: StoredMessage; readonly decision: Decision },
): Promise<Role | { readonly because: string }> {
  const isReplay = replayOf(job) !== null;
  if (!isReplay && isForNobody(message, decision)) return { because: V1_ONLY };
  const role = decision.roles[side];
  if (role === 'none') return { because: `mode:${decision.mode}` };
  if (role === 'dry-run') return role;
  if (!(await mayBePrimary(queries, job, decision))) return { because: 'replay-not-confirmed' };
  if (isReplay) return role;
  if (await isToldByAmazon(queries, message)) return { because: TOLD };
  if (!(await isTakenByOther(queries, side, message, decision))) return role;
  // Both must not act on one message; the second may still be looked at.
  return canDryRun ? 'dry-run' : { because: `taken-by:${otherSide(side)}` };
}
