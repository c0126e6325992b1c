import { z } from 'zod';
import type { Queries } from './database';
import { listSettings, writeSetting } from './setting';

const PREFIX = 'gap:';
const gapSchema = z.object({ from: z.number(), until: z.number() });
/**
 * A time in which no message was taken. What was known before is looked at again; an order of which all messages fell into it is
 * not known here, and v2 cannot list orders.
 */
export type Gap = Readonly<z.infer<typeof gapSchema>>;

/** One for each begin: where the sweep behind it failed, the next one finds it longer. */
export const keepGap = (queries: Queries, gap: Gap, now: number): Promise<void> =>
  writeSetting(queries, `${PREFIX}${gap.from}`, JSON.stringify(gap), now);

/** Those that ended after a time, first to last. */
export async function listGaps(queries: Queries, since: number): Promise<readonly Gap[]> {
  const gaps = (await listSettings(queries, PREFIX)).map((content) => gapSchema.parse(JSON.parse(content)));
  return gaps.filter(({ until }) => until >= since).sort((a, b) => a.from - b.from);
}
