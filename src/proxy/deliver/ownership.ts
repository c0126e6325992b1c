import type { Side } from '../observer';
import type { Decision } from '../modes/decide-role';
import type { Database, Queries } from '../store/database';
import { deliveryKinds, readStanding, type Standing } from '../store/delivery';
import { findMessage, type StoredMessage } from '../store/inbox';
import { addJob, listBehind, type Job } from '../store/jobs';
import { SWEEP_TOPIC } from '../store/sweep-topic';

export const otherSide = (side: Side): Side => (side === 'legacy' ? 'migrated' : 'legacy');

/** An instance may go by a mode that is a second old, and so may have what it did. */
const SLACK_MS = 2000;

/**
 * Whether no handler that counts could read a message. What a sweep found is told in v2, and what a legacy message says beyond
 * that (fees, reference ids) no GET tells (facts: ipn.md section 4): none is made up. The legacy handler would answer 200 to one
 * of v2, and lose it; so it becomes a dead letter, for a person.
 */
export const isForNobody = ({ topic_arn: topic }: StoredMessage, { roles }: Decision): boolean =>
  topic === SWEEP_TOPIC && roles.migrated !== 'primary';

/** Whether a message was here when its side may have been another: only then is there anything to look at. */
const mayHaveChangedHands = (message: StoredMessage, { knownUntil }: Decision): boolean =>
  message.received_at <= knownUntil + SLACK_MS;

/** Whether the other handler has the message, or is getting it at this moment, and counts. */
export async function isTakenByOther(
  queries: Queries,
  side: Side,
  message: StoredMessage,
  decision: Decision,
): Promise<boolean> {
  if (!mayHaveChangedHands(message, decision)) return false;
  const standing = await readStanding(queries, message.id, null);
  return standing.some(
    ({ kind, state, role }) =>
      kind === deliveryKinds[otherSide(side)] && role === 'primary' && (state === 'done' || state === 'leased'),
  );
}

/** Open, taken by a handler that counted, or dead there with nobody having asked for it again. */
const isOpenOrOwned = ({ id, kind, state, role }: Standing, all: readonly Standing[]): boolean =>
  state === 'ready' ||
  state === 'leased' ||
  (role === 'primary' && state === 'done') ||
  (role === 'primary' && state === 'dead' && !all.some((later) => later.kind === kind && later.id > id));

/**
 * Called in the transaction in which a delivery begins or ends that does not count. Each side may have ended while the other
 * one counted: the legacy handler was passed over under `cutover`, the migrated one after the `rollback`. Then the message is
 * no one's, and is given to the side that counts now.
 */
export async function giveToOwner(
  queries: Queries,
  { dialect }: Database,
  job: Job,
  message: StoredMessage,
  decision: Decision,
  now: number,
): Promise<void> {
  if (!mayHaveChangedHands(message, decision)) return;
  const standings = await readStanding(queries, message.id, dialect);
  if (standings.some((standing) => standing.id !== job.id && isOpenOrOwned(standing, standings))) return;
  if (isForNobody(message, decision)) return;
  await addJob(queries, againTo(ownerOf(decision), job, now, 'handover'), now);
}

const ownerOf = ({ roles }: Decision): Side => (roles.legacy === 'primary' ? 'legacy' : 'migrated');

/**
 * The same for a dry run and for all that waits behind it in its lane: its handler may be down for days, and another one counts.
 */
export async function giveLaneToOwner(
  queries: Queries,
  database: Database,
  job: Job,
  message: StoredMessage,
  decision: Decision,
  now: number,
): Promise<void> {
  if (!mayHaveChangedHands(message, decision)) return;
  // What waits in the lane of the handler that counts is its own already, and so is what it tries again: it would come twice.
  if (job.kind === deliveryKinds[ownerOf(decision)]) return;
  await giveToOwner(queries, database, job, message, decision, now);
  for (const behind of await listBehind(queries, job)) {
    const next = behind.inbox_id === null ? null : await findMessage(queries, behind.inbox_id);
    if (next !== null) await giveToOwner(queries, database, behind, next, decision, now);
  }
}

/** Delivers the message of a job once more, under the same key and in the lane of the order. */
export const againTo = (
  side: Side,
  job: Pick<Job, 'lane' | 'subject' | 'inbox_id' | 'order_key' | 'idempotency_key'>,
  now: number,
  replay: string,
  priority = 1,
): Parameters<typeof addJob>[1] => ({
  kind: deliveryKinds[side],
  lane: job.lane.replace(/^(legacy|migrated):/, `${side}:`),
  subject: job.subject,
  ...(job.inbox_id === null ? {} : { inboxId: job.inbox_id }),
  ...(job.order_key === null ? {} : { orderKey: job.order_key }),
  ...(job.idempotency_key === null ? {} : { idempotencyKey: job.idempotency_key }),
  priority,
  runAt: now,
  replay,
});
