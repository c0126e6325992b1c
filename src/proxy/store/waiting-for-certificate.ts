import { createHash } from 'node:crypto';
import { skipLocked, type Dialect, type Queries } from './database';
import type { Job, JobQueue } from './jobs';

const AGAIN_MS = 30_000;
const MAX_AGAIN_MS = 15 * 60_000;
/** No more addresses can be asked than 20 in a minute (see `CertificateCache`), and of a flood most are made up. */
const MS_PER_ADDRESS = 3000;

/** What is for a topic of the configuration, and what anybody can have SNS sign: neither waits for the other. */
const heads = { ours: 'verify:', others: 'others:' } as const;
const HEAD_LENGTH = heads.ours.length;

export interface Awaited {
  readonly url: string;
  /** Whether the message names a topic of the configuration. */
  readonly isOurs: boolean;
}

const headOf = ({ isOurs }: Awaited): string => (isOurs ? heads.ours : heads.others);
/** The lane of one that waits for a certificate begins with the address, so that all that wait for it are found. */
const groupOf = (awaited: Awaited): string =>
  `${headOf(awaited)}${createHash('sha256').update(awaited.url).digest('hex').slice(0, 16)}:`;
const GROUP_LENGTH = HEAD_LENGTH + 17;
const ofGroup = `kind = 'verify' AND state = 'ready' AND SUBSTR(lane, 1, ${GROUP_LENGTH}) = $1`;

async function nextOfGroup(queries: Queries, group: string, now: number): Promise<number | null> {
  const [row] = await queries.query(
    `SELECT run_at FROM job WHERE ${ofGroup} AND run_at > $2 ORDER BY priority, run_at LIMIT 1`,
    [group, now],
  );
  return row === undefined ? null : Number(row['run_at']);
}

/** With one certificate that is away the next try is soon; with a thousand addresses each has its turn. */
async function untilNextTry(queries: Queries, head: string): Promise<number> {
  const [row] = await queries.query(
    `SELECT COUNT(DISTINCT SUBSTR(lane, 1, ${GROUP_LENGTH})) AS addresses FROM job
     WHERE kind = 'verify' AND state = 'ready' AND SUBSTR(lane, 1, ${HEAD_LENGTH}) = $1`,
    [head],
  );
  return Math.min(Math.max(AGAIN_MS, MS_PER_ADDRESS * Number(row?.['addresses'] ?? 0)), MAX_AGAIN_MS);
}

/**
 * Puts back a check for which the certificate could not be had. All that wait for it come again together, oldest first: they
 * are tried as often as one alone would be, and none is overtaken because its turn is later. Returns when that is.
 */
export async function waitForCertificate(
  queries: Queries,
  queue: JobQueue,
  job: Job,
  { reason, now, dialect, ...awaited }: Awaited & { reason: string; now: number; dialect: Dialect },
): Promise<number> {
  const group = groupOf(awaited);
  const runAt = (await nextOfGroup(queries, group, now)) ?? now + (await untilNextTry(queries, headOf(awaited)));
  await queue.retry(queries, job, runAt, reason);
  await queries.query('UPDATE job SET lane = $1 WHERE id = $2', [`${group}${job.id}`, job.id]);
  // Not at the first try after another instance got it: this one may not have asked since.
  if (job.attempts > 1)
    await queries.query(
      `UPDATE job SET run_at = $3 WHERE id IN (
         SELECT id FROM job WHERE ${ofGroup} AND run_at <= $2 ORDER BY id ${skipLocked[dialect]})`,
      [group, now, runAt],
    );
  return runAt;
}

/** The certificate of that address is here: all that waits for it is checked now, in the order in which it came. */
export async function checkNow(queries: Queries, url: string): Promise<void> {
  await queries.query(`UPDATE job SET run_at = created_at, attempts = 0 WHERE ${ofGroup}`, [
    groupOf({ url, isOurs: true }),
  ]);
}
