import { z } from 'zod';
import type { Queries } from '../store/database';
import type { Decision } from '../modes/decide-role';
import type { Job } from '../store/jobs';
import { readSetting } from '../store/setting';

/** Which messages are sent once more. All that is given must fit. */
export const replayFilterSchema = z.strictObject({
  inboxIds: z.array(z.number().int().positive()).min(1).max(10_000).optional(),
  /** Received at or after, and before; milliseconds since 1970. */
  since: z.number().int().optional(),
  until: z.number().int().optional(),
  notificationType: z.string().min(1).optional(),
  orderKey: z.string().min(1).optional(),
  /** One handler only; both without it, each as the mode of the moment says. */
  side: z.enum(['legacy', 'migrated']).optional(),
});
export type ReplayFilter = z.infer<typeof replayFilterSchema>;

/** A replay and how far it is: kept in the store, so that any instance goes on with it. */
export const replayRecordSchema = z.strictObject({
  id: z.string(),
  filter: replayFilterSchema,
  /** Deliveries. */
  ratePerSecond: z.number().positive(),
  /** Whether what is sent may count for the shop. */
  confirm: z.boolean(),
  who: z.string(),
  startedAt: z.number(),
  /** The last message of the plan; later ones are no part of it. */
  lastInboxId: z.number(),
  state: z.enum(['running', 'done', 'cancelled']),
  /** The last message that was looked at. */
  cursor: z.number(),
  /** Deliveries that were asked for. */
  replayed: z.number(),
  /** Those that need none: the first one waits still, or the mode gives the message to the other handler. */
  skipped: z.number(),
  /** How far the time was used up. */
  paidUntil: z.number(),
});
export type ReplayRecord = z.infer<typeof replayRecordSchema>;

export const replaySetting = (id: string): string => `replay:${id}`;

export async function findReplay(queries: Queries, id: string): Promise<ReplayRecord | null> {
  const content = await readSetting(queries, replaySetting(id));
  return content === null ? null : replayRecordSchema.parse(JSON.parse(content));
}

/** The replay of which a delivery is part, or null. */
export const replayOf = ({ replay }: Pick<Job, 'replay'>): string | null =>
  replay === 'redrive' || replay === 'handover' ? null : replay;

/**
 * Whether a job may be sent as what counts: all but those of a replay that was not confirmed for that. Confirmed was what counted
 * then: of an order that has changed hands since, the other handler has acted on the message, under the same key.
 */
export async function mayBePrimary(
  queries: Queries,
  job: Pick<Job, 'replay'>,
  { sideSince }: Pick<Decision, 'sideSince'>,
): Promise<boolean> {
  const id = replayOf(job);
  if (id === null) return true;
  const replay = await findReplay(queries, id);
  return replay?.confirm === true && sideSince <= replay.startedAt;
}
