import type { Condition } from './conditions';
import type { Queries } from './database';

/*
 * A message is kept under the number of its object. The payments on a billing agreement have numbers of their own (facts:
 * api-mapping.md, ID shapes), so an agreement has several such keys: its own, and one for each of its payments. Comparisons
 * and objects are kept under the agreement, as soon as GET has told of it. An expression here is an SQL column, or a value.
 */

/** How long the first three groups of an id are: see order-key.ts. */
export const NUMBER_LENGTH = 19;

/** Of the number of a payment: the order that it belongs to, by any object with that number. `.` is the sign after `-`. */
const orderOfNumber = (number: string): string =>
  `(SELECT sibling.order_key FROM amazon_object AS sibling
    WHERE sibling.object_id >= ${number} || '-' AND sibling.object_id < ${number} || '.' ORDER BY sibling.object_id LIMIT 1)`;

/** The order that a key of messages belongs to: itself, or the agreement. */
export const orderOfKey = (key: string): string => `COALESCE(${orderOfNumber(key)}, ${key})`;

/** The order that a message is of: that of its object, where GET has told. */
export const orderOfMessage = (inbox: string): string =>
  `COALESCE((SELECT told.order_key FROM amazon_object AS told WHERE told.object_id = ${inbox}.object_id),
    ${orderOfKey(`${inbox}.order_key`)})`;

/** The keys under which messages about an order came. */
export const keysOfOrder = (orderKey: string): string =>
  `SELECT ${orderKey} AS order_key UNION SELECT substr(part.object_id, 1, ${NUMBER_LENGTH}) FROM amazon_object AS part
   WHERE part.order_key = ${orderKey}`;

/** What is of an order, with the payments that were made on it where it is an agreement; nothing where none is given. */
export const ofOrder = (column: string, orderKey: string | undefined): readonly Condition[] =>
  orderKey === undefined
    ? []
    : [{ sql: `${column} IN (${keysOfOrder('CAST(? AS TEXT)')})`, values: [orderKey, orderKey] }];

/** The order that a key names: itself, or the agreement that its payments were made on, when GET has said so. */
export async function resolveOrder(queries: Queries, key: string): Promise<string> {
  const [row] = await queries.query(`SELECT ${orderOfKey('CAST($1 AS TEXT)')} AS order_key`, [key]);
  return String(row?.['order_key'] ?? key);
}

/** An order with all keys of its messages. */
export interface KeysOfOrder {
  readonly orderKey: string;
  readonly keys: readonly string[];
}

/** The order that a key names, and the keys of all that belongs to it. */
export async function readKeys(queries: Queries, key: string): Promise<KeysOfOrder> {
  const orderKey = await resolveOrder(queries, key);
  const rows = await queries.query(keysOfOrder('CAST($1 AS TEXT)'), [orderKey]);
  const found = rows.map((row) => String(row['order_key']));
  return { orderKey, keys: [...new Set([orderKey, key, ...found])].sort() };
}
