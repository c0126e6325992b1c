import { z } from 'zod';
import type { Queries } from './database';
import { orderOfMessage } from './order-keys';
import { coversKey, isGenuine, typeSql } from './evidence-words';

const count = z.coerce.number();
const deletedType = z.object({ type: z.string(), messages: count, has_agreed: count });

/** A type of message of which retention has deleted some: the gate must not want less for that. */
export type DeletedType = z.infer<typeof deletedType>;

/** What is left of deleted messages, for the gate. */
export const deletedTypeSchema: readonly string[] = [
  // When the last of them came, and when an order with one of them last agreed: 0 for never.
  `CREATE TABLE deleted_type (
    type {text} PRIMARY KEY, messages {whole} NOT NULL, last_received_at {whole} NOT NULL, last_agreed_at {whole} NOT NULL)`,
  // Of what earlier versions deleted, the tallies know the name alone.
  `INSERT INTO deleted_type (type, messages, last_received_at, last_agreed_at)
   SELECT substr(name, 6), 0, 0, CASE WHEN EXISTS (SELECT 1 FROM agreed WHERE agreed.name = tally.name) THEN 1 ELSE 0 END
   FROM tally WHERE name LIKE 'type:%' GROUP BY name HAVING SUM(n) = 0`,
];

const later = (column: string): string =>
  `${column} = CASE WHEN excluded.${column} > deleted_type.${column} THEN excluded.${column} ELSE deleted_type.${column} END`;

/** Notes the types of messages that are deleted next, in the same transaction. */
export async function keepTypes(queries: Queries, places: string, ids: readonly number[]): Promise<void> {
  await queries.query(
    `INSERT INTO deleted_type (type, messages, last_received_at, last_agreed_at)
     SELECT gone.type, COUNT(*), MAX(gone.received_at), MAX(gone.agreed_at) FROM (
       SELECT ${typeSql('inbox')} AS type, inbox.received_at, COALESCE((SELECT MAX(closed_at) FROM comparison
           WHERE comparison.order_key = ${orderOfMessage('inbox')} AND ${coversKey('inbox.order_key')} AND closed_at >= inbox.received_at), 0) AS agreed_at
       FROM inbox WHERE id IN (${places}) AND ${isGenuine('inbox')}) AS gone
     GROUP BY gone.type ORDER BY gone.type
     ON CONFLICT (type) DO UPDATE SET messages = deleted_type.messages + excluded.messages,
       ${later('last_received_at')}, ${later('last_agreed_at')}`,
    ids,
  );
}

/** The types of messages that came since then and were deleted, and whether the sides have agreed about one since then. */
export async function listDeletedTypes(queries: Queries, since: number): Promise<readonly DeletedType[]> {
  const rows = await queries.query(
    `SELECT type, messages, CASE WHEN last_agreed_at > 0 AND last_agreed_at >= $1 THEN 1 ELSE 0 END AS has_agreed
     FROM deleted_type WHERE last_received_at >= $1 ORDER BY type`,
    [since],
  );
  return rows.map((row) => deletedType.parse(row));
}
