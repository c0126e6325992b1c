import type { SnsVerifier } from '../../amazon-pay/sns-verifier';
import type { Clock } from '../clock';
import { failPoint } from '../fail-points';
import type { Observer } from '../observer';
import type { Database } from '../store/database';
import { lockTelling } from '../store/lock-telling';
import { findMessage, type PlanJobs, type StoredMessage } from '../store/inbox';
import { addJobs, StaleLeaseError, type Job, type JobQueue } from '../store/jobs';
import { discardForged, promote, setAside } from '../store/unverified';
import { checkVersion } from '../store/schema-version';
import { isStoreError } from '../store/store-error';
import { checkNow, waitForCertificate } from '../store/waiting-for-certificate';
import { judge, type Judgement } from './judge';
import { verifiedArrival } from './make-arrival';

const BATCH = 8;
const LEASE_MS = 30_000;
const IDLE_MS = 1000;
const FIRST_RETRY_MS = 30_000;
const MAX_RETRY_MS = 15 * 60_000;
const DAY = 86_400_000;

/** Who checks what could not be checked at once. */
export interface PendingVerifier {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly machineClock: Clock;
  readonly verifier: SnsVerifier;
  /** Addresses of certificates that were fetched, and vouched for a message, since this was asked last. */
  readonly certificates: Set<string>;
  /** How long a message may wait; afterwards it is kept aside. */
  readonly maxAgeDays: number;
  readonly topics: readonly string[];
  readonly planJobs: PlanJobs;
  readonly observer: Observer;
}

/** Checks the messages whose turn it is, and returns in how many milliseconds to come again. */
export async function verifyPending(parts: PendingVerifier): Promise<number> {
  for (const url of parts.certificates) {
    await checkNow(parts.database, url);
    parts.certificates.delete(url);
  }
  const jobs = await parts.queue.claim({ kind: 'verify', limit: BATCH, leaseMs: LEASE_MS });
  for (const job of jobs) {
    await verifyOne(parts, job)
      .catch((error: unknown) => {
        // The same message was taken in this very moment, and verified: this one is its duplicate.
        if (isStoreError(error, 'duplicate')) return putBack(parts, job);
        throw error;
      })
      .catch((error: unknown) => {
        // Taken over by another instance, which will find out the same.
        if (!(error instanceof StaleLeaseError)) throw error;
      });
  }
  return jobs.length > 0 ? 0 : IDLE_MS;
}

/** To be done at once, in the order in which they came. */
const putBack = ({ database, queue }: PendingVerifier, job: Job): Promise<void> =>
  queue.retry(database, job, job.created_at, job.reason);

async function verifyOne(parts: PendingVerifier, job: Job): Promise<void> {
  const { database, queue, verifier, machineClock } = parts;
  const message = await findMessage(database, Number(job.subject));
  if (message === null || message.verdict !== 'pending') return queue.finish(database, job, 'superseded', 'no-message');
  // What was in time when it came stays so, however long it waits for a certificate.
  const orAt = [new Date(message.received_at), new Date(machineClock.now())];
  const judgement = await judge(message.body, verifier, orAt);
  failPoint('verify-judged');
  // It is the first for which the certificate is here: those that came before it go before it.
  if (parts.certificates.size > 0) return putBack(parts, job);
  switch (judgement.outcome) {
    case 'verified':
      return release(parts, job, message, judgement);
    case 'pending':
      return judgement.isWaiting
        ? waitLonger(parts, job, message, judgement)
        : keepAside(parts, job, message, judgement.reason);
    case 'raw':
      return keepAside(parts, job, message, 'no-envelope');
    case 'refused':
      return discard(parts, job, message, judgement.reason);
  }
}

/** It is genuine: it gets its id, and the work that it would have made had it been checked at once. */
async function release(
  { database, queue, clock, planJobs, observer }: PendingVerifier,
  job: Job,
  message: StoredMessage,
  { envelope }: Judgement & { outcome: 'verified' },
): Promise<void> {
  const arrival = verifiedArrival(message.body, message.headers, envelope);
  const now = clock.now();
  await database.transaction(async (queries) => {
    await lockTelling(queries, database.dialect, 'shared');
    await checkVersion(queries);
    const isFirst = await promote(queries, message.id, arrival);
    if (isFirst) await addJobs(queries, planJobs(message.id, arrival, now), now, database.dialect);
    await queue.finish(queries, job, 'done', isFirst ? null : 'duplicate');
    failPoint('verify-before-commit');
  });
  observer.verified({ inboxId: message.id, verdict: 'verified', reason: null });
  if (arrival.quarantine !== null) observer.quarantined({ inboxId: message.id, reason: arrival.quarantine });
}

async function waitLonger(
  parts: PendingVerifier,
  job: Job,
  message: StoredMessage,
  { reason, envelope, topicArn }: Judgement & { outcome: 'pending' },
): Promise<void> {
  const { database, queue, clock, maxAgeDays, topics, observer } = parts;
  const now = clock.now();
  if (now - message.received_at > maxAgeDays * DAY) return keepAside(parts, job, message, reason);
  const url = reason === 'certificate-unavailable' ? envelope?.SigningCertURL : undefined;
  const isOurs = topics.includes(topicArn);
  const runAt =
    url === undefined
      ? await waitForItsTime(parts, job, reason, now)
      : await database.transaction((queries) =>
          waitForCertificate(queries, queue, job, { url, isOurs, reason, now, dialect: database.dialect }),
        );
  observer.retried({ jobId: job.id, kind: 'verify', failure: reason, attempts: job.attempts, runAt });
}

async function waitForItsTime(
  { database, queue }: PendingVerifier,
  job: Job,
  reason: string,
  now: number,
): Promise<number> {
  const runAt = now + Math.min(FIRST_RETRY_MS * 2 ** Math.min(job.attempts - 1, 10), MAX_RETRY_MS);
  await queue.retry(database, job, runAt, reason);
  return runAt;
}

async function keepAside(
  { database, queue, observer }: PendingVerifier,
  job: Job,
  message: StoredMessage,
  reason: string,
): Promise<void> {
  await database.transaction(async (queries) => {
    await setAside(queries, message.id, 'pending', reason);
    await queue.finish(queries, job, 'done', reason);
  });
  observer.quarantined({ inboxId: message.id, reason });
}

async function discard(
  { database, queue, observer }: PendingVerifier,
  job: Job,
  message: StoredMessage,
  reason: string,
): Promise<void> {
  await database.transaction(async (queries) => {
    await discardForged(queries, message.id);
    await queue.finish(queries, job, 'done', reason);
  });
  observer.verified({ inboxId: message.id, verdict: 'refused', reason });
}
