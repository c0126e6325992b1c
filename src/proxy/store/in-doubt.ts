import type { Queries } from './database';

/** Answers that were not heard, to what may have been read: the process ended, or the line. */
const UNHEARD = `(attempt.ended_at IS NULL OR attempt.failure IN ('timeout', 'reset', 'protocol'))`;
const wasSent = (job: string): string => `attempt.job_id = ${job}.id AND attempt.as_what = 'primary'`;

/**
 * How many messages one handler may have acted on without its answer being heard, and the other one was given as what counts,
 * after a change of mode, or after the first gave up. Nobody can tell from here, and to give them to neither would lose them.
 */
export async function countInDoubt(queries: Queries): Promise<number> {
  const [row] = await queries.query(
    `SELECT COUNT(DISTINCT job.inbox_id) AS n FROM job
     WHERE job.state IN ('superseded', 'done', 'dead') AND job.attempts > 1 AND job.kind IN ('deliver-legacy', 'deliver-migrated')
       AND EXISTS (SELECT 1 FROM attempt WHERE ${wasSent('job')} AND ${UNHEARD})
       AND EXISTS (SELECT 1 FROM job AS other JOIN attempt ON ${wasSent('other')}
         WHERE other.inbox_id = job.inbox_id AND other.kind <> job.kind
           AND other.kind IN ('deliver-legacy', 'deliver-migrated') AND COALESCE(other.replay, 'handover') = 'handover')`,
  );
  return Number(row?.['n'] ?? 0);
}
