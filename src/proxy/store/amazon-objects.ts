import { z } from 'zod';
import { canonicalObjectSchema, fingerprintOf, type CanonicalObject } from '../compare/canonical-object';
import type { Queries } from './database';
import { SWEEP_PRIORITY } from './add-jobs';

/** What made a GET necessary. */
export const causes = ['notification', 'follow-up', 'sweep'] as const;
export type Cause = (typeof causes)[number];

/** An object as it stands in a column. */
export const canonical = z.string().transform((text) => canonicalObjectSchema.parse(JSON.parse(text)));

const objectSchema = z.object({
  object_id: z.string(),
  object_type: z.string(),
  order_key: z.string(),
  version: z.number(),
  fingerprint: z.string(),
  canonical,
  is_open: z.number(),
  fetch_started_at: z.number(),
  fetched_at: z.number(),
  updated_at: z.number(),
  sweep_at: z.number().nullable(),
});
export type StoredObject = z.infer<typeof objectSchema>;

/**
 * What is known of a change of which no message told when it was seen. `awaited`: its message may be on the way. `found`: none
 * came, so it was missed. `told`: one has come, which retention may have deleted since.
 */
export const untoldStates = ['awaited', 'found', 'told'] as const;
export type UntoldState = (typeof untoldStates)[number];

export const versionSchema = z.object({
  object_id: z.string(),
  version: z.number(),
  fingerprint: z.string(),
  canonical,
  fetched_at: z.number(),
  caused_by: z.enum(causes),
  untold: z.enum(untoldStates).nullable(),
});
export type StoredVersion = z.infer<typeof versionSchema>;

/** What a GET found out. */
export interface Sighting {
  readonly object: CanonicalObject;
  readonly orderKey: string;
  /** Before the request left: what happened later may not be in the answer. */
  readonly fetchStartedAt: number;
  readonly fetchedAt: number;
  readonly causedBy: Cause;
  /** When the sweep looks again; null: nothing can change any more. */
  readonly sweepAt: number | null;
}

/** `older`: Amazon, or the line, answered with a state before the one that is known. Nothing is written then. */
export type Change = 'new' | 'changed' | 'same' | 'older';

export interface Saved {
  readonly change: Change;
  /** What is known now, and when it was seen for the first time. */
  readonly version: number;
  readonly seenAt: number;
}

async function firstSeen(queries: Queries, { object_id: id, version }: StoredObject): Promise<number> {
  const [row] = await queries.query(
    'SELECT fetched_at FROM amazon_object_version WHERE object_id = $1 AND version = $2',
    [id, version],
  );
  return Number(row?.['fetched_at'] ?? 0);
}

export async function findObject(queries: Queries, objectId: string): Promise<StoredObject | null> {
  const [row] = await queries.query('SELECT * FROM amazon_object WHERE object_id = $1', [objectId]);
  return row === undefined ? null : objectSchema.parse(row);
}

/** Whether a sighting says less than what is known: Amazon's own time decides, and within it which GET began later. */
export function isOlder(
  known: StoredObject,
  { object, fetchStartedAt }: Pick<Sighting, 'object' | 'fetchStartedAt'>,
): boolean {
  const knownAt = known.canonical.updatedAt;
  if (object.updatedAt !== null && knownAt !== null && object.updatedAt !== knownAt) return object.updatedAt < knownAt;
  return fetchStartedAt < known.fetch_started_at;
}

const transitionOf = (known: StoredObject | null, { objectType, amazonState }: CanonicalObject): string =>
  `${objectType} ${known === null ? 'new' : (known.canonical.amazonState ?? 'unknown')} > ${amazonState ?? 'unknown'}`;

/** Keeps a sighting, and a version when it differs. The version of an object only goes forward. */
export async function saveObject(queries: Queries, sighting: Sighting): Promise<Saved> {
  const { object, orderKey, fetchStartedAt, fetchedAt, causedBy, sweepAt } = sighting;
  const known = await findObject(queries, object.objectId);
  if (known !== null && isOlder(known, sighting))
    return { change: 'older', version: known.version, seenAt: await firstSeen(queries, known) };
  const fingerprint = fingerprintOf(object);
  const isSame = known !== null && known.fingerprint === fingerprint;
  const version = known === null ? 1 : known.version + (isSame ? 0 : 1);
  const text = JSON.stringify(canonicalObjectSchema.parse(object));
  await queries.query(
    `INSERT INTO amazon_object (object_id, object_type, order_key, version, fingerprint, canonical, is_open,
       fetch_started_at, fetched_at, updated_at, sweep_at, problem)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (object_id) DO UPDATE SET order_key = excluded.order_key, version = excluded.version,
       fingerprint = excluded.fingerprint, canonical = excluded.canonical, is_open = excluded.is_open,
       fetch_started_at = excluded.fetch_started_at, fetched_at = excluded.fetched_at,
       updated_at = excluded.updated_at, sweep_at = excluded.sweep_at, problem = excluded.problem`,
    [
      object.objectId,
      object.objectType,
      orderKey,
      version,
      fingerprint,
      text,
      sweepAt === null ? 0 : 1,
      fetchStartedAt,
      fetchedAt,
      object.updatedAt ?? 0,
      sweepAt,
      object.problem,
    ],
  );
  if (isSame) return { change: 'same', version, seenAt: await firstSeen(queries, known) };
  await queries.query(
    `INSERT INTO amazon_object_version (object_id, version, fingerprint, canonical, fetched_at, caused_by, transition)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [object.objectId, version, fingerprint, text, fetchedAt, causedBy, transitionOf(known, object)],
  );
  return { change: known === null ? 'new' : 'changed', version, seenAt: fetchedAt };
}

/** `P01-1112223-3334445` of an order, and what begins with it: payments, refunds, disputes. `.` is the sign after `-`. */
const range = (prefix: string): readonly [string, string] => [`${prefix}-`, `${prefix}.`];

/** A payment told which order it belongs to: what else carries its number belongs there, too. */
export async function moveToOrder(queries: Queries, prefix: string, orderKey: string): Promise<void> {
  await queries.query('UPDATE amazon_object SET order_key = $1 WHERE object_id >= $2 AND object_id < $3', [
    orderKey,
    ...range(prefix),
  ]);
  // A legacy chargeback has no such number: what it was marked under is that of the payment.
  await queries.query(`UPDATE amazon_object SET order_key = $1 WHERE object_type = 'CHARGEBACK' AND order_key = $2`, [
    orderKey,
    prefix,
  ]);
}

export async function listObjects(queries: Queries, orderKey: string): Promise<readonly StoredObject[]> {
  const rows = await queries.query('SELECT * FROM amazon_object WHERE order_key = $1 ORDER BY object_id', [orderKey]);
  return rows.map((row) => objectSchema.parse(row));
}

/** How an object changed, first to last. */
export async function listVersions(queries: Queries, objectId: string): Promise<readonly StoredVersion[]> {
  const rows = await queries.query('SELECT * FROM amazon_object_version WHERE object_id = $1 ORDER BY version', [
    objectId,
  ]);
  return rows.map((row) => versionSchema.parse(row));
}

export async function findVersion(queries: Queries, objectId: string, version: number): Promise<StoredVersion | null> {
  const [row] = await queries.query('SELECT * FROM amazon_object_version WHERE object_id = $1 AND version = $2', [
    objectId,
    version,
  ]);
  return row === undefined ? null : versionSchema.parse(row);
}

export interface SweepRange {
  /** `due`: objects whose turn has come by then. `gap`: all whose last GET began by then. */
  readonly which: 'due' | 'gap';
  readonly by: number;
  readonly limit: number;
}

/** Asks for open objects anew, those first that were unseen for longest. Returns how many were not asked for already. */
export async function askForOpenObjects(queries: Queries, range: SweepRange, now: number): Promise<number> {
  const rows = await queries.query(
    `INSERT INTO job (kind, lane, subject, order_key, state, priority, attempts, created_at, run_at, fence)
     SELECT 'truth', 'truth:' || object_id, object_id, order_key, 'ready', ${SWEEP_PRIORITY}, 0,
       CAST($1 AS BIGINT), CAST($1 AS BIGINT), 0
     FROM amazon_object AS object
     WHERE is_open = 1 AND ${range.which === 'gap' ? 'fetch_started_at' : 'sweep_at'} <= $2 AND NOT EXISTS (
       SELECT 1 FROM job WHERE job.kind = 'truth' AND job.subject = object.object_id AND job.state = 'ready')
     ORDER BY fetched_at, object_id LIMIT $3
     ON CONFLICT (kind, subject) WHERE state = 'ready' AND kind IN ('truth', 'compare') DO NOTHING
     RETURNING id`,
    [now, range.by, range.limit],
  );
  return rows.length;
}

/** Has the next sweep ask again for what Amazon did not have. */
export async function reopenNotFound(queries: Queries, now: number): Promise<number> {
  const rows = await queries.query(
    `UPDATE amazon_object SET is_open = 1, sweep_at = $1 WHERE problem = 'not-found' RETURNING object_id`,
    [now],
  );
  return rows.length;
}

/** Ends what Amazon was to be asked, where nobody asks. */
export async function expireTruth(queries: Queries, now: number): Promise<void> {
  await queries.query(
    `UPDATE job SET state = 'expired', reason = 'no-key', ended_at = $1 WHERE kind = 'truth' AND state = 'ready'`,
    [now],
  );
}

const countSchema = z.object({ open: z.coerce.number(), oldest: z.number().nullable() });

/** How many objects may still change, and when the one that was unseen for longest was looked at. */
export async function countOpenObjects(queries: Queries): Promise<z.infer<typeof countSchema>> {
  const [row] = await queries.query(
    'SELECT COUNT(*) AS open, MIN(fetched_at) AS oldest FROM amazon_object WHERE is_open = 1',
  );
  return countSchema.parse(row);
}
