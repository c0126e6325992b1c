import type { Queries } from './database';
import { countDeadLetters } from './dead-letters';
import { jobKinds, type JobKind } from './jobs';

export interface KindOfWork {
  readonly kind: JobKind;
  readonly count: number;
  /** Of the oldest that is due. */
  readonly oldestMs: number;
}

export interface Overview {
  readonly messages: {
    readonly kind: string;
    readonly verdict: string;
    readonly count: number;
    readonly seen: number;
  }[];
  readonly lastReceivedAt: number | null;
  readonly openJobs: readonly KindOfWork[];
  /** Deliveries that were given up, and that nobody has asked for again. */
  readonly deadLetters: number;
  readonly quarantined: number;
  readonly pendingVerification: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly openMismatches: number;
}

const whole = (value: unknown): number => Number(value ?? 0);

/** Figures of the whole store. Cheap: counted by indexes, but for the messages by kind. */
export async function readOverview(queries: Queries, now: number): Promise<Overview> {
  const messages = await queries.query(
    `SELECT kind, verdict, COUNT(*) AS count, SUM(seen_count) AS seen, MAX(received_at) AS last
     FROM inbox GROUP BY kind, verdict ORDER BY kind, verdict`,
  );
  const jobs = await queries.query(
    `SELECT kind, COUNT(*) AS count, MIN(CASE WHEN run_at <= $1 THEN run_at END) AS oldest
     FROM job WHERE state IN ('ready', 'leased') GROUP BY kind`,
    [now],
  );
  const [aside] = await queries.query(`SELECT COUNT(*) AS count FROM inbox WHERE quarantine IS NOT NULL`);
  const verdicts = await queries.query(`SELECT verdict, COUNT(*) AS count FROM comparison GROUP BY verdict`);
  const [open] = await queries.query(
    `SELECT COUNT(*) AS count FROM comparison WHERE verdict IN ('mismatch', 'both-failed') AND resolved_at IS NULL`,
  );
  const last = messages.map((row) => whole(row['last']));
  return {
    messages: messages.map((row) => ({
      kind: String(row['kind']),
      verdict: String(row['verdict']),
      count: whole(row['count']),
      seen: whole(row['seen']),
    })),
    lastReceivedAt: last.length === 0 ? null : Math.max(...last),
    openJobs: jobKinds.map((kind) => {
      const row = jobs.find((one) => one['kind'] === kind);
      const oldest = row?.['oldest'];
      return { kind, count: whole(row?.['count']), oldestMs: oldest == null ? 0 : Math.max(0, now - Number(oldest)) };
    }),
    deadLetters: await countDeadLetters(queries, {}),
    quarantined: whole(aside?.['count']),
    pendingVerification: messages
      .filter((row) => row['verdict'] === 'pending')
      .reduce((sum, row) => sum + whole(row['count']), 0),
    verdicts: Object.fromEntries(verdicts.map((row) => [String(row['verdict']), whole(row['count'])])),
    openMismatches: whole(open?.['count']),
  };
}
