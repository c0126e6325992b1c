import { createHash } from 'node:crypto';
import type { Arrival, PlanJobs } from '../store/inbox';
import type { NewJob } from '../store/jobs';
import { fetchableId } from './classify';

/** The same for every delivery of a message, to both handlers: 32 characters, as Amazon's own keys may have. */
export const idempotencyKeyOf = (topicArn: string, messageId: string): string =>
  createHash('sha256').update(`${topicArn}\n${messageId}`).digest('hex').slice(0, 32);

function deliveries(id: number, { topicArn, messageId, orderKey }: Arrival, now: number): readonly NewJob[] {
  const about = orderKey ?? `message:${id}`;
  const shared = {
    subject: String(id),
    inboxId: id,
    ...(orderKey === null ? {} : { orderKey }),
    idempotencyKey: idempotencyKeyOf(topicArn, messageId),
    runAt: now,
  };
  return [
    { kind: 'deliver-legacy', lane: `legacy:${about}`, ...shared },
    { kind: 'deliver-migrated', lane: `migrated:${about}`, ...shared },
  ];
}

function truth(id: number, arrival: Arrival, now: number): readonly NewJob[] {
  const objectId = fetchableId(arrival);
  if (objectId === null || arrival.isSample) return [];
  const { orderKey } = arrival;
  const order = orderKey === null ? {} : { orderKey };
  return [{ kind: 'truth', lane: `truth:${objectId}`, subject: objectId, inboxId: id, ...order, runAt: now }];
}

/** Each waits for itself: one that waits for its time must not hold up those that wait for a certificate. */
const verification = (id: number, now: number): NewJob => ({
  kind: 'verify',
  lane: `verify:${id}`,
  subject: String(id),
  inboxId: id,
  runAt: now,
});

/** Where there is no key for Amazon: nobody would ever work off a GET, and comparisons would wait for it. */
export const planWithoutTruth: PlanJobs = (id, arrival, now) =>
  planJobs(id, arrival, now).filter(({ kind }) => kind !== 'truth');

/** The work that a stored message makes: deliveries and a GET when its signature was checked, the check when it was not. */
export function planJobs(id: number, arrival: Arrival, now: number): readonly NewJob[] {
  if (arrival.quarantine !== null) return [];
  switch (arrival.verdict) {
    case 'verified':
      return [...deliveries(id, arrival, now), ...truth(id, arrival, now)];
    case 'pending':
      return [verification(id, now)];
    case 'unsigned':
      // It may be anyone's: a GET at most, and only where the configuration allows it.
      return truth(id, arrival, now);
    case 'refused':
      return [];
  }
}
