import { z } from 'zod';
import type { Database, Queries } from './database';
import { expireTruth } from './amazon-objects';
import { lockSetting, readSetting, writeSetting } from './setting';

/*
 * Without a key for Amazon messages make no GET. Up to which message all have made theirs is kept here, so that a start with a
 * key can make up for the others. Nothing is kept of a store that never ran without one, or of one of an earlier version: then
 * all messages are gone through once.
 */
const ASKED = 'truth_asked_through';
const ALL = 'all';

const unaskedSchema = z.object({
  id: z.number(),
  object_type: z.string().nullable(),
  object_id: z.string().nullable(),
  order_key: z.string().nullable(),
  /** 1: Amazon has told of its object. */
  is_known: z.number(),
});
export type UnaskedMessage = z.infer<typeof unaskedSchema>;

/** Nobody asks Amazon from now on: what waits for that ends, and is asked with all that comes, once somebody does. */
export async function stopAsking(database: Database, now: number): Promise<void> {
  await database.transaction(async (queries) => {
    const before = await lockSetting(queries, database.dialect, ASKED);
    const [open] = await queries.query(
      `SELECT MIN(inbox_id) AS first FROM job WHERE kind = 'truth' AND state IN ('ready', 'leased')`,
    );
    const [last] = await queries.query('SELECT MAX(id) AS last FROM inbox');
    const first = open?.['first'] == null ? Number(last?.['last'] ?? 0) : Number(open['first']) - 1;
    if (before === ALL) await writeSetting(queries, ASKED, String(first), now);
    await expireTruth(queries, now);
  });
}

/** The next messages that may not have made a GET; null when all have. */
export async function nextUnasked(queries: Queries, limit: number): Promise<readonly UnaskedMessage[] | null> {
  const through = await readSetting(queries, ASKED);
  if (through === ALL) return null;
  const rows = await queries.query(
    `SELECT id, object_type, object_id, order_key, CASE WHEN is_sample = 1 OR verdict <> 'verified'
         OR quarantine IS NOT NULL OR object_id IS NULL
         OR EXISTS (SELECT 1 FROM amazon_object WHERE amazon_object.object_id = inbox.object_id)
       THEN 1 ELSE 0 END AS is_known
     FROM inbox WHERE id > $1 ORDER BY id LIMIT $2`,
    [Number(through ?? 0), limit],
  );
  return rows.map((row) => unaskedSchema.parse(row));
}

/** Keeps up to which message all have made their GETs; null: all have. */
export async function setAsked(queries: Queries, through: number | null, now: number): Promise<void> {
  await writeSetting(queries, ASKED, through === null ? ALL : String(through), now);
}
