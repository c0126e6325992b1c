import { z } from 'zod';
import { canonical } from './amazon-objects';
import type { Queries } from './database';
import { SWEEP_TOPIC } from './sweep-topic';

/** An object, and the order under which messages about it are kept. */
export interface ObjectOfOrder {
  readonly orderKey: string;
  readonly objectId: string;
}

const arrivalSchema = z.object({ received_at: z.number() });

/** Whether a row of the inbox is Amazon's own word that an object has changed: v1 says so of everything, v2 names it (facts: ipn.md). */
export const isGenuineChange = (inbox: string): string =>
  `${inbox}.topic_arn <> '${SWEEP_TOPIC}' AND ${inbox}.verdict = 'verified' AND ${inbox}.is_sample = 0
   AND (${inbox}.kind = 'v1' OR ${inbox}.notification_type = 'STATE_CHANGE')`;

/** When the last message came that said an object had changed. Looked up by order, which the inbox has an index for. */
export async function lastStateChange(queries: Queries, { orderKey, objectId }: ObjectOfOrder): Promise<number | null> {
  const [row] = await queries.query(
    `SELECT received_at FROM inbox WHERE order_key = $1 AND object_id = $2 AND ${isGenuineChange('inbox')}
     ORDER BY id DESC LIMIT 1`,
    [orderKey, objectId],
  );
  return row === undefined ? null : arrivalSchema.parse(row).received_at;
}

const tellingSchema = z.object({ received_at: z.number(), body: z.instanceof(Uint8Array) });
/** A message that said of something that it had changed. */
export type Telling = z.infer<typeof tellingSchema>;

/** More messages about one object tell nothing that these do not. */
const LAST_TELLINGS = 20;

/** The last messages that said an object of an order had changed, or anything of that type on it. */
export async function listTellings(
  queries: Queries,
  orderKey: string,
  { objectId, objectType }: { readonly objectId?: string; readonly objectType?: string },
): Promise<readonly Telling[]> {
  const rows = await queries.query(
    `SELECT received_at, body FROM inbox
     WHERE order_key = $1 AND (object_id = $2 OR object_type = $3) AND ${isGenuineChange('inbox')}
     ORDER BY id DESC LIMIT ${LAST_TELLINGS}`,
    [orderKey, objectId ?? null, objectType ?? null],
  );
  return rows.map((row) => tellingSchema.parse(row));
}

const chargebackSchema = z.object({ object_id: z.string() });

/** Ids of the chargebacks of an order that a verified message named. */
export async function listChargebacks(queries: Queries, orderKey: string): Promise<readonly string[]> {
  const rows = await queries.query(
    `SELECT DISTINCT object_id FROM inbox WHERE order_key = $1 AND object_type = 'CHARGEBACK' AND object_id IS NOT NULL
       AND is_sample = 0 AND verdict = 'verified' ORDER BY object_id`,
    [orderKey],
  );
  return rows.map((row) => chargebackSchema.parse(row).object_id);
}

const namedRefundSchema = z.object({ object_id: z.string(), received_at: z.number(), canonical: canonical.nullable() });
/** A refund, when the last message about it came, and how it is: null while Amazon has not been asked. */
export type NamedRefund = z.infer<typeof namedRefundSchema>;

/** The refunds of an order that messages of Amazon named. */
export async function listNamedRefunds(queries: Queries, orderKey: string): Promise<readonly NamedRefund[]> {
  const rows = await queries.query(
    `SELECT inbox.object_id, MAX(inbox.received_at) AS received_at, refund.canonical
     FROM inbox LEFT JOIN amazon_object AS refund ON refund.object_id = inbox.object_id
     WHERE inbox.order_key = $1 AND inbox.object_type = 'REFUND' AND inbox.object_id IS NOT NULL AND ${isGenuineChange('inbox')}
     GROUP BY inbox.object_id, refund.canonical`,
    [orderKey],
  );
  return rows.map((row) => namedRefundSchema.parse(row));
}

/** Whether Amazon sent a message about an object, or about a refund where that changes it, since a time. */
export async function wasTold(
  queries: Queries,
  about: { readonly objectId: string; readonly orderKeys: readonly string[]; readonly orRefund: boolean },
  since: number,
): Promise<boolean> {
  for (const orderKey of about.orderKeys) {
    const rows = await queries.query(
      `SELECT id FROM inbox WHERE order_key = $1 AND received_at > $2 AND topic_arn <> '${SWEEP_TOPIC}' AND is_sample = 0
         AND (object_id = $3 OR object_type = $4) LIMIT 1`,
      [orderKey, since, about.objectId, about.orRefund ? 'REFUND' : null],
    );
    if (rows.length > 0) return true;
  }
  return false;
}
