import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Queries } from './database';

export interface BrokenMessage {
  readonly id: number;
  readonly because: string;
}

/** A part of the inbox that was looked at. */
export interface MessageCheck {
  readonly checked: number;
  /** Where the next part begins; null: that was the last. */
  readonly next: number | null;
  readonly broken: readonly BrokenMessage[];
}

const rowSchema = z.object({
  id: z.number(),
  body: z.instanceof(Uint8Array),
  body_sha256: z.string(),
  is_offered: z.coerce.number(),
});

/** Few enough that messages are acknowledged between two parts. */
const ROWS = 500;

/**
 * Reads messages after an id, byte for byte: whether each is as it came, and whether every genuine one was given to someone.
 * Of forged ones no bytes are kept. `keptSince`: of older ones retention may have taken the deliveries away.
 */
export async function verifyMessages(queries: Queries, after: number, keptSince: number): Promise<MessageCheck> {
  const rows = await queries.query(
    `SELECT id, body, body_sha256, CASE WHEN verdict <> 'verified' OR quarantine IS NOT NULL OR received_at < $2
         OR EXISTS (SELECT 1 FROM job WHERE job.inbox_id = inbox.id AND job.kind = 'deliver-migrated')
       THEN 1 ELSE 0 END AS is_offered
     FROM inbox WHERE id > $1 AND verdict <> 'refused' ORDER BY id LIMIT ${ROWS}`,
    [after, keptSince],
  );
  const messages = rows.map((row) => rowSchema.parse(row));
  return {
    checked: messages.length,
    next: messages.length < ROWS ? null : (messages.at(-1)?.id ?? null),
    broken: messages.flatMap(({ id, body, body_sha256: expected, is_offered: isOffered }): BrokenMessage[] => {
      if (createHash('sha256').update(body).digest('hex') !== expected)
        return [{ id, because: 'its bytes are not those that came' }];
      return isOffered === 1 ? [] : [{ id, because: 'it was acknowledged, and there is no delivery of it' }];
    }),
  };
}
