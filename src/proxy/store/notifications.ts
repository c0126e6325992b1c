import { z } from 'zod';
import type { Queries } from './database';

const arrivalSchema = z.object({ received_at: z.number() });

/**
 * When the last message came that said the state of an object had changed. v1 says so of everything; a v2 message may be
 * about an attribute. Looked up by order, which the inbox has an index for.
 */
export async function lastStateChange(
  queries: Queries,
  object: { readonly objectId: string; readonly orderKey: string },
): Promise<number | null> {
  const [row] = await queries.query(
    `SELECT received_at FROM inbox WHERE order_key = $1 AND object_id = $2 AND is_sample = 0
       AND topic_arn <> 'sweep' AND (kind = 'v1' OR notification_type = 'STATE_CHANGE')
     ORDER BY id DESC LIMIT 1`,
    [object.orderKey, object.objectId],
  );
  return row === undefined ? null : arrivalSchema.parse(row).received_at;
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

/** Whether Amazon sent a message about an object, or about a refund where that changes it, since a time. */
export async function wasTold(
  queries: Queries,
  about: { readonly objectId: string; readonly orderKeys: readonly string[]; readonly orRefund: boolean },
  since: number,
): Promise<boolean> {
  for (const orderKey of about.orderKeys) {
    const rows = await queries.query(
      `SELECT id FROM inbox WHERE order_key = $1 AND received_at > $2 AND topic_arn <> 'sweep' AND is_sample = 0
         AND (object_id = $3 OR object_type = $4) LIMIT 1`,
      [orderKey, since, about.objectId, about.orRefund ? 'REFUND' : null],
    );
    if (rows.length > 0) return true;
  }
  return false;
}
