import { z } from 'zod';
import { canonical, versionSchema, type StoredVersion, type UntoldState } from './amazon-objects';
import type { Queries } from './database';

/** Null in the column: there was nothing to wait for, or an earlier version of this program has seen it. */
export async function markUntold(
  queries: Queries,
  objectId: string,
  version: number,
  untold: UntoldState,
): Promise<void> {
  await queries.query('UPDATE amazon_object_version SET untold = $1 WHERE object_id = $2 AND version = $3', [
    untold,
    objectId,
    version,
  ]);
}

/** Whether no message is awaited that tells of a version. A change behind one that is awaited is looked at together with it. */
const isSettled = (version: string): string => `(${version}.untold IS NULL OR ${version}.untold <> 'awaited')`;

/** How an object was before a version, and before those whose message was still awaited then; null: nothing was known. */
export async function findVersionBefore(
  queries: Queries,
  objectId: string,
  version: number,
): Promise<StoredVersion | null> {
  const [row] = await queries.query(
    `SELECT * FROM amazon_object_version AS earlier WHERE object_id = $1 AND version < $2 AND ${isSettled('earlier')}
     ORDER BY version DESC LIMIT 1`,
    [objectId, version],
  );
  return row === undefined ? null : versionSchema.parse(row);
}

const foundSchema = versionSchema.extend({
  order_key: z.string(),
  /** What was known before, and since when; null: nothing. */
  before: canonical.nullable(),
  before_at: z.number().nullable(),
});
export type FoundVersion = z.infer<typeof foundSchema>;

/** Changes that only a sweep has seen, and others of which no message told when they were seen; first to last. */
export async function listFound(
  queries: Queries,
  { since = 0, objectId = null }: { readonly since?: number; readonly objectId?: string | null },
): Promise<readonly FoundVersion[]> {
  const rows = await queries.query(
    `SELECT found.*, object.order_key, earlier.canonical AS before, earlier.fetched_at AS before_at
     FROM amazon_object_version AS found
     JOIN amazon_object AS object ON object.object_id = found.object_id
     LEFT JOIN amazon_object_version AS earlier
       ON earlier.object_id = found.object_id AND earlier.version = (
         SELECT MAX(version) FROM amazon_object_version AS settled
         WHERE settled.object_id = found.object_id AND settled.version < found.version AND ${isSettled('settled')})
     WHERE ((found.caused_by = 'sweep' AND found.version > 1 AND (found.untold IS NULL OR found.untold <> 'told'))
       OR found.untold = 'found') AND found.fetched_at >= $1 ${objectId === null ? '' : 'AND found.object_id = $2'}
     ORDER BY found.fetched_at, found.object_id LIMIT 10000`,
    objectId === null ? [since] : [since, objectId],
  );
  return rows.map((row) => foundSchema.parse(row));
}
