import { z } from 'zod';
import { notificationTopics } from '../../catalog/environments';
import { among, together, where, type Condition } from './conditions';
import type { Queries } from './database';
import type { Page } from './listings';

/** Whether a message is kept aside for a person to look at. */
export const isQuarantined = `quarantine IS NOT NULL AND settled_at IS NULL`;

/** How many messages are kept aside. By the index of what does not go its way. */
export async function countQuarantined(queries: Queries): Promise<number> {
  const [row] = await queries.query(
    `SELECT COUNT(*) AS n FROM inbox WHERE (verdict <> 'verified' OR quarantine IS NOT NULL) AND ${isQuarantined}`,
  );
  return Number(row?.['n'] ?? 0);
}

const topicsOfAmazonPay = [
  ...Object.values(notificationTopics.accounts).map((account) => `arn:aws%:sns:%:${account}:%`),
  ...Object.values(notificationTopics.marketplaces).map((marketplace) => `arn:aws%:sns:%:${marketplace}%`),
];

/**
 * Whether a message that is kept aside is Amazon's, and no handler has it: SNS has signed it, for a topic that is configured or
 * is one of Amazon Pay. The topic is looked at last: what is kept aside for that has a signature that fits. Amazon Pay may publish
 * from accounts that are not known here, so the name of a topic is enough: a stranger's that begins with a marketplace shuts the
 * gate too, until somebody settles its messages. A shut gate loses nothing.
 */
const isGenuine = `((verdict = 'verified' AND quarantine NOT IN ('duplicate', 'confirmation'))
  OR (verdict = 'pending' AND quarantine = 'topic' AND (${topicsOfAmazonPay.map((form) => `topic_arn LIKE '${form}'`).join(' OR ')})))`;

export interface KeptAside {
  /** Amazon's: as long as there are any the gate is shut. */
  readonly genuine: number;
  /** What nobody has vouched for. Anyone could send it. */
  readonly doubtful: number;
}

/** How many messages are kept aside that somebody has to look at. Not those that only say that a subscription begins, or came twice. */
export async function countKeptAside(queries: Queries): Promise<KeptAside> {
  const [row] = await queries.query(
    `SELECT COUNT(CASE WHEN ${isGenuine} THEN 1 END) AS genuine,
       COUNT(CASE WHEN verdict <> 'verified' AND NOT ${isGenuine} THEN 1 END) AS doubtful
     FROM inbox WHERE (verdict <> 'verified' OR quarantine IS NOT NULL) AND ${isQuarantined}`,
  );
  return { genuine: Number(row?.['genuine'] ?? 0), doubtful: Number(row?.['doubtful'] ?? 0) };
}

const quarantinedSchema = z.object({
  id: z.number(),
  receivedAt: z.number(),
  /** How often it came. */
  seen: z.number(),
  kind: z.string(),
  verdict: z.string(),
  reason: z.string(),
  /** The topic that the message names: nobody has vouched for it. Null where it names none. */
  topic: z.string().nullable(),
  notificationType: z.string().nullable(),
  bytes: z.number(),
});
/** A message that the proxy kept, and gave to nobody. */
export type Quarantined = z.infer<typeof quarantinedSchema>;

export interface QuarantineFilter {
  readonly inboxIds?: readonly number[] | undefined;
  /** Why it was kept aside. */
  readonly reason?: string | undefined;
  /** Received at or after, and before. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Those with a larger id. */
  readonly after?: number | undefined;
}

const conditionsOf = ({ inboxIds, reason, since, until, after }: QuarantineFilter): readonly Condition[] => [
  { sql: isQuarantined, values: [] },
  ...among('id', inboxIds),
  ...where('quarantine = ?', reason),
  ...where('received_at >= ?', since),
  ...where('received_at < ?', until),
  ...where('id > ?', after),
];

/**
 * Whether a message is of the order that it names. What nobody has signed anyone could send, about any order: it is kept aside,
 * and no order comes of it.
 */
export const isOfItsOrder = (inbox: string): string =>
  `NOT (${inbox}.verdict = 'unsigned' AND ${inbox}.quarantine IS NOT NULL)`;

/** A page of them, last first. */
export async function listQuarantined(
  queries: Queries,
  filter: QuarantineFilter,
  { before = Number.MAX_SAFE_INTEGER, limit }: Page,
): Promise<readonly Quarantined[]> {
  const { sql, values } = together(conditionsOf(filter), 3);
  const rows = await queries.query(
    `SELECT id, received_at AS "receivedAt", seen_count AS seen, kind, verdict, quarantine AS reason,
       NULLIF(topic_arn, '') AS topic,
       notification_type AS "notificationType", LENGTH(body) AS bytes
     FROM inbox WHERE id < $1 AND ${sql} ORDER BY id DESC LIMIT $2`,
    [before, limit, ...values],
  );
  return rows.map((row) => quarantinedSchema.parse(row));
}

/** Whether another look may change something. A duplicate was verified too, and was delivered under its own id. */
const mayChange = `(verdict = 'pending' OR (verdict = 'verified' AND quarantine <> 'duplicate'))`;

const againSchema = z.object({ id: z.number(), verdict: z.enum(['pending', 'verified']) });
export type WorthALook = z.infer<typeof againSchema>;

/** Those of which another look may make something, first first. */
export async function listWorthALook(
  queries: Queries,
  filter: QuarantineFilter,
  limit: number,
): Promise<readonly WorthALook[]> {
  const { sql, values } = together(conditionsOf(filter), 2);
  const rows = await queries.query(`SELECT id, verdict FROM inbox WHERE ${mayChange} AND ${sql} ORDER BY id LIMIT $1`, [
    limit,
    ...values,
  ]);
  return rows.map((row) => againSchema.parse(row));
}

/** How many there are of which it makes nothing. */
export async function countHopeless(queries: Queries, filter: QuarantineFilter): Promise<number> {
  const { sql, values } = together(conditionsOf(filter), 1);
  const [row] = await queries.query(`SELECT COUNT(*) AS n FROM inbox WHERE NOT ${mayChange} AND ${sql}`, values);
  return Number(row?.['n'] ?? 0);
}

/** Says of messages that nothing more is to become of them. They stay for as long as others. Returns how many those are. */
export async function settleQuarantined(queries: Queries, filter: QuarantineFilter, now: number): Promise<number> {
  const { sql, values } = together(conditionsOf(filter), 2);
  const rows = await queries.query(`UPDATE inbox SET settled_at = $1 WHERE ${sql} RETURNING id`, [now, ...values]);
  return rows.length;
}
