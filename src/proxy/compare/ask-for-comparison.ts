import type { Queries } from '../store/database';
import { addJob } from '../store/add-jobs';

/** Asks for the comparison of an order. One that waits already stays, at the earlier time. */
export async function askForComparison(queries: Queries, orderKey: string, runAt: number, now: number): Promise<void> {
  const job = { kind: 'compare', lane: `compare:${orderKey}`, subject: orderKey, orderKey, runAt } as const;
  await addJob(queries, job, now);
}
