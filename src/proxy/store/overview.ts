import type { Queries } from './database';
import { countQuarantined } from './quarantine';
import { countDeadLetters } from './dead-letters';
import { jobKinds, waitsSince, type JobKind } from './jobs';
import { countV2AtLegacy } from './order-sides';
import { Tallies } from './tallies';
import { readUntold, type UntoldObjects } from './untold-objects';

export interface KindOfWork {
  readonly kind: JobKind;
  readonly count: number;
  /** Since the oldest waits that is due, or that a handler has not taken yet. */
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
  /** Of those, messages whose time is not that of this machine: its clock is wrong, or somebody sends old messages again. */
  readonly outOfTime: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly openMismatches: number;
  /** Orders that v2 has made and whose messages the legacy handler gets. */
  readonly v2AtLegacy: number;
  readonly untold: UntoldObjects;
}

const whole = (value: unknown): number => Number(value ?? 0);

/** Figures of the whole store, by its tallies and by indexes of what is open: as cheap with a million messages as with ten. */
export async function readOverview(queries: Queries, now: number, given?: Tallies): Promise<Overview> {
  const tallies = given ?? (await Tallies.read(queries));
  const [last] = await queries.query('SELECT MAX(received_at) AS last FROM inbox');
  const jobs = await queries.query(
    `SELECT kind, COUNT(*) AS count, MIN(CASE WHEN ${waitsSince} <= $1 THEN ${waitsSince} END) AS oldest,
       COUNT(CASE WHEN reason = 'timestamp' THEN 1 END) AS out_of_time
     FROM job WHERE state IN ('ready', 'leased') GROUP BY kind`,
    [now],
  );
  const [waiting] = await queries.query(
    `SELECT COUNT(*) AS pending FROM inbox WHERE verdict <> 'verified' AND verdict = 'pending' AND quarantine IS NULL`,
  );
  const [open] = await queries.query(
    `SELECT COUNT(*) AS count FROM comparison WHERE verdict IN ('mismatch', 'both-failed') AND resolved_at IS NULL`,
  );
  const messages = tallies.list('messages:').map(([word, count]) => {
    const [kind = '', verdict = ''] = word.split(':');
    return { kind, verdict, count, seen: count + tallies.get(`again:${word}`) };
  });
  return {
    messages,
    lastReceivedAt: last?.['last'] == null ? null : Number(last['last']),
    openJobs: jobKinds.map((kind) => {
      const row = jobs.find((one) => one['kind'] === kind);
      const oldest = row?.['oldest'];
      return { kind, count: whole(row?.['count']), oldestMs: oldest == null ? 0 : Math.max(0, now - Number(oldest)) };
    }),
    deadLetters: await countDeadLetters(queries, {}),
    quarantined: await countQuarantined(queries),
    pendingVerification: whole(waiting?.['pending']),
    outOfTime: whole(jobs.find(({ kind }) => kind === 'verify')?.['out_of_time']),
    verdicts: Object.fromEntries(tallies.list('verdict:')),
    openMismatches: whole(open?.['count']),
    v2AtLegacy: await countV2AtLegacy(queries),
    untold: await readUntold(queries),
  };
}
