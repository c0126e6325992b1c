import type { Clock } from '../clock';
import type { Reason } from '../modes/reason';
import { appendAudit } from '../store/audit';
import type { Database } from '../store/database';
import { readDeadJobs, settleJobs, type DeadLetterFilter } from '../store/dead-letters';
import { settleQuarantined, type QuarantineFilter } from '../store/quarantine';

/** One transaction takes no more; who has more asks again. */
const MAX_SETTLED = 10_000;

/** Where changes are written. */
export interface SettleParts {
  readonly database: Database;
  readonly clock: Clock;
}

type Settle<Filter> = (parts: SettleParts, filter: Filter, reason: Reason) => Promise<number>;

/**
 * Says of dead letters that they will never be delivered: the shop has what they told, or must not have it. Returns how many
 * those are. They stand in the audit, and close the gate no longer.
 */
export const settleDeadLetters: Settle<DeadLetterFilter> = ({ database, clock }, filter, reason) =>
  database.transaction(async (queries) => {
    const now = clock.now();
    const jobs = await readDeadJobs(queries, filter, MAX_SETTLED);
    await settleJobs(queries, jobs, now);
    const detail = { filter, settled: jobs.length, messages: jobs.map(({ inbox_id: id }) => id).slice(0, 100) };
    if (jobs.length > 0)
      await appendAudit(queries, database.dialect, { at: now, action: 'settle-dead-letters', detail, ...reason });
    return jobs.length;
  });

/** Says of messages that were kept aside that somebody has looked at them. Returns how many those are. */
export const settleQuarantine: Settle<QuarantineFilter> = ({ database, clock }, filter, reason) =>
  database.transaction(async (queries) => {
    const now = clock.now();
    const settled = await settleQuarantined(queries, filter, now);
    const detail = { filter, settled };
    if (settled > 0)
      await appendAudit(queries, database.dialect, { at: now, action: 'settle-quarantine', detail, ...reason });
    return settled;
  });
