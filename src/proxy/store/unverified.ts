import { among, together } from './conditions';
import type { Dialect, Queries } from './database';
import { addJobs } from './add-jobs';
import type { Arrival, Verdict } from './inbox';

/**
 * What is kept that cannot be delivered: `pending` waits for its check, `aside` nobody has vouched for, and `signed` is of SNS, for a
 * topic that stands in no configuration. The topic is looked at last.
 */
export const unverifiedPlaces = ['pending', 'aside', 'signed'] as const;
export type UnverifiedPlace = (typeof unverifiedPlaces)[number];
export type UnverifiedAmount = Readonly<Record<UnverifiedPlace, { readonly messages: number; readonly bytes: number }>>;

/** Where a message that is not verified is kept. */
export function placeOf({ verdict, quarantine }: Pick<Arrival, 'verdict' | 'quarantine'>): UnverifiedPlace {
  if (verdict !== 'pending') return 'aside';
  return quarantine === null ? 'pending' : quarantine === 'topic' ? 'signed' : 'aside';
}

/** Counts what is kept unverified, by its place. What was refused later has no bytes any more. */
export async function countUnverified(queries: Queries): Promise<UnverifiedAmount> {
  const rows = await queries.query(
    `SELECT CASE WHEN verdict <> 'pending' THEN 'aside' WHEN quarantine IS NULL THEN 'pending' WHEN quarantine = 'topic' THEN 'signed'
         ELSE 'aside' END AS place,
       COUNT(*) AS messages, SUM(LENGTH(body)) AS bytes
     FROM inbox WHERE verdict IN ('pending', 'unsigned') AND settled_at IS NULL GROUP BY 1`,
  );
  const of = (place: UnverifiedPlace): UnverifiedAmount[UnverifiedPlace] => {
    const row = rows.find((one) => one['place'] === place);
    return { messages: Number(row?.['messages'] ?? 0), bytes: Number(row?.['bytes'] ?? 0) };
  };
  return { pending: of('pending'), aside: of('aside'), signed: of('signed') };
}

/** Whether a message of SNS is here already that was verified; then it has come as often as both together. */
async function isHere(queries: Queries, id: number, topicArn: string, messageId: string): Promise<boolean> {
  const rows = await queries.query(
    `UPDATE inbox SET seen_count = seen_count + (SELECT pending.seen_count FROM inbox AS pending WHERE pending.id = $1)
     WHERE topic_arn = $2 AND message_id = $3 RETURNING id`,
    [id, topicArn, messageId],
  );
  return rows.length > 0;
}

/**
 * Gives a pending message the id and the place that it has now that its signature was checked. False: the same message was
 * verified meanwhile, and this one is its duplicate.
 */
export async function promote(queries: Queries, id: number, arrival: Arrival): Promise<boolean> {
  if (await isHere(queries, id, arrival.topicArn, arrival.messageId)) {
    await setAside(queries, id, 'verified', 'duplicate');
    return false;
  }
  await place(queries, id, arrival);
  return true;
}

/** Gives a stored message the place that it has by what is known of it now. */
export async function place(queries: Queries, id: number, arrival: Arrival): Promise<void> {
  await queries.query(
    `UPDATE inbox SET topic_arn = $1, message_id = $2, kind = $3, verdict = 'verified', quarantine = $4, headers = $5,
       notification_id = $6, notification_type = $7, object_type = $8, object_id = $9, order_key = $10, is_sample = $11
     WHERE id = $12`,
    [
      arrival.topicArn,
      arrival.messageId,
      arrival.kind,
      arrival.quarantine,
      JSON.stringify(arrival.headers),
      arrival.notificationId,
      arrival.notificationType,
      arrival.objectType,
      arrival.objectId,
      arrival.orderKey,
      arrival.isSample ? 1 : 0,
      id,
    ],
  );
}

/** Keeps a message for the operator. */
export async function setAside(queries: Queries, id: number, verdict: Verdict, quarantine: string): Promise<void> {
  await queries.query('UPDATE inbox SET verdict = $1, quarantine = $2 WHERE id = $3', [verdict, quarantine, id]);
}

/** A message that turned out to be forged: what is left, for as long as messages are kept, is that it came. */
export async function discardForged(queries: Queries, id: number): Promise<void> {
  await queries.query(`UPDATE inbox SET verdict = 'refused', quarantine = NULL, body = $1 WHERE id = $2`, [
    new Uint8Array(0),
    id,
  ]);
}

/** Gives pending messages that are kept aside another check, all of them or some, and returns how many those are. */
export async function checkAsideAgain(
  queries: Queries,
  dialect: Dialect,
  now: number,
  inboxIds?: readonly number[],
): Promise<number> {
  const { sql, values } = together(
    [
      { sql: `verdict = 'pending' AND settled_at IS NULL`, values: [] },
      {
        sql: `NOT EXISTS (
          SELECT 1 FROM job WHERE job.inbox_id = inbox.id AND job.kind = 'verify' AND job.state IN ('ready', 'leased'))`,
        values: [],
      },
      ...among('id', inboxIds),
    ],
    1,
  );
  const rows = await queries.query(`SELECT id FROM inbox WHERE ${sql} ORDER BY id`, values);
  const jobs = rows.map(({ id }) => ({
    kind: 'verify' as const,
    lane: `verify:${id}`,
    subject: String(id),
    inboxId: Number(id),
    runAt: now,
  }));
  await addJobs(queries, jobs, now, dialect);
  return rows.length;
}
