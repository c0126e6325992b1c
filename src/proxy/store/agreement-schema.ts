import type { Dialect } from './database';
import { standingSchema } from './standing-schema';
import { agree } from './tally-schema';

/** A v2 message about a payment on an agreement, which earlier versions kept under the agreement. */
const kept = `inbox.kind = 'v2' AND inbox.object_id LIKE '___-_______-_______-%'
  AND inbox.order_key <> substr(inbox.object_id, 1, 19)`;
const number = `(SELECT substr(inbox.object_id, 1, 19) FROM inbox WHERE inbox.id = job.inbox_id)`;
const isOfThose = `job.inbox_id IN (SELECT inbox.id FROM inbox WHERE ${kept})`;
const delivers = `job.kind IN ('deliver-legacy', 'deliver-migrated')`;
const lane = `CASE WHEN job.kind = 'deliver-legacy' THEN 'legacy:' ELSE 'migrated:' END || ${number}`;
/** No two of a lane are under way: where two are, of one payment, each ends in the lane that it was begun in. */
const isAlone = `NOT EXISTS (SELECT 1 FROM job AS other WHERE other.state = 'leased' AND other.lane = ${lane})`;

/**
 * Puts the messages of payments on agreements under the number of the payment, those that wait into its lane, and lets the
 * evidence find the agreement from there: see order-keys.ts.
 */
export const agreementSchema = (dialect: Dialect): readonly string[] => [
  // Also what was under way when a process was killed: it comes again, ahead of what waits behind it.
  `UPDATE job SET lane = ${lane}
   WHERE (job.state = 'ready' OR (job.state = 'leased' AND ${isAlone})) AND ${delivers} AND ${isOfThose}`,
  `UPDATE job SET order_key = ${number} WHERE ${delivers} AND ${isOfThose}`,
  `UPDATE inbox SET order_key = substr(inbox.object_id, 1, 19) WHERE ${kept}`,
  ...standingSchema(dialect),
  ...agree('TRUE'),
];
