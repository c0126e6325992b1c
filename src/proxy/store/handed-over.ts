import type { Queries } from './database';
import { SWEEP_TOPIC } from './sweep-topic';

/** A delivery, and where the other handler's deliveries for its order are. */
export interface PlaceInLane {
  readonly jobId: number;
  readonly inboxId: number;
  readonly kind: string;
  readonly lane: string;
  readonly otherLane: string;
}

/** Whether its own handler has a message as what counts, is to get it, or has given it up. */
const isOwned = `EXISTS (SELECT 1 FROM job AS own WHERE own.inbox_id = other.inbox_id AND own.kind = $3
  AND (own.state IN ('ready', 'leased') OR (own.state IN ('done', 'dead') AND 'primary' = (
    SELECT as_what FROM attempt WHERE attempt.job_id = own.id ORDER BY number DESC LIMIT 1))))`;

/**
 * Whether messages of the order that came earlier are still at the handler that counted before, which will give them over: and
 * makes those due that wait there for another try.
 */
export async function isAwaitingOlder(
  queries: Queries,
  { inboxId, kind, otherLane }: PlaceInLane,
  now: number,
): Promise<boolean> {
  const rows = await queries.query(
    `SELECT other.id, other.run_at FROM job AS other JOIN inbox ON inbox.id = other.inbox_id
     WHERE other.lane = $1 AND other.state IN ('ready', 'leased') AND other.inbox_id < $2
       AND COALESCE(other.replay, 'handover') = 'handover' AND inbox.topic_arn <> '${SWEEP_TOPIC}' AND NOT ${isOwned}`,
    [otherLane, inboxId, kind],
  );
  for (const { id, run_at: runAt } of rows)
    if (Number(runAt) > now)
      await queries.query(`UPDATE job SET run_at = $1 WHERE id = $2 AND state = 'ready'`, [now, Number(id)]);
  return rows.length > 0;
}

/** Whether messages that came earlier were given over, and stand behind in the lane. */
export async function hasOlderBehind(queries: Queries, { jobId, inboxId, lane }: PlaceInLane): Promise<boolean> {
  const rows = await queries.query(
    // By both states, which the index of lanes is for: all jobs behind would be looked through otherwise.
    `SELECT 1 FROM job WHERE lane = $1 AND state IN ('ready', 'leased') AND id > $2 AND inbox_id < $3
       AND replay = 'handover' LIMIT 1`,
    [lane, jobId, inboxId],
  );
  return rows.length > 0;
}
