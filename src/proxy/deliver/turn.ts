import type { Side } from '../observer';
import type { Decision } from '../modes/decide-role';
import type { Queries } from '../store/database';
import { deliveryKinds } from '../store/delivery';
import { hasOlderBehind, isAwaitingOlder, type PlaceInLane } from '../store/handed-over';
import type { StoredMessage } from '../store/inbox';
import type { Job } from '../store/jobs';
import { otherSide } from './ownership';

/** What the messages of an order that came before the change of mode may still have to do, however long a handler was down. */
const LEFT_OVER_MS = 24 * 60 * 60_000;

/** `now`: it is sent. `wait`: not yet. `behind`: others in its lane go first. */
export type Turn = 'now' | 'wait' | 'behind';

/**
 * Whether it is the turn of a delivery that counts. After a change of mode the handler of before gives over what it has not
 * delivered, which then stands last in the lane: what came later waits until all is there, and goes behind it.
 */
export async function findTurn(
  queries: Queries,
  side: Side,
  { job, message, decision, now }: { job: Job; message: StoredMessage; decision: Decision; now: number },
): Promise<Turn> {
  if (message.order_key === null || message.received_at > decision.knownUntil + LEFT_OVER_MS) return 'now';
  const lane = (of: Side): string => `${of}:${message.order_key}`;
  const place: PlaceInLane = {
    ...{ jobId: job.id, inboxId: message.id, kind: deliveryKinds[side] },
    ...{ lane: lane(side), otherLane: lane(otherSide(side)) },
  };
  if (await isAwaitingOlder(queries, place, now)) return 'wait';
  return (await hasOlderBehind(queries, place)) ? 'behind' : 'now';
}
