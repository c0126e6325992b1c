import type { Clock } from '../clock';
import { failPoint } from '../fail-points';
import type { Observer, Side } from '../observer';
import { SWEEP_PRIORITY } from '../store/add-jobs';
import { listObjects } from '../store/amazon-objects';
import { addComparison } from '../store/comparisons';
import type { Database } from '../store/database';
import { readKeys, type KeysOfOrder } from '../store/order-keys';
import { isStoreError } from '../store/store-error';
import { StaleLeaseError, type Job, type JobQueue } from '../store/jobs';
import { isTruthAwaited, lastDelivery, lastMessageOf, saveOutcome } from '../store/outcomes';
import { askForComparison } from './ask-for-comparison';
import { findLegacyPart, isRightInPart } from './beyond-legacy';
import { judge, type Judgement, type SideView, type Views } from './judge';
import { orderOutcome } from './order-outcome';
import type { CompareSettings } from './settings';
import { viewSide } from './view-side';
import type { OutcomeSource } from './sources/outcome-source';

export interface CompareParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly queue: JobQueue;
  readonly observer: Pick<Observer, 'compared' | 'retried' | 'superseded' | 'failed'>;
  readonly settings: CompareSettings;
  /** Where a side's outcomes are asked for; null where its answers say them. */
  readonly sources: Readonly<Record<Side, OutcomeSource | null>>;
  /** In force now, for the record. */
  readonly currentMode: () => Promise<string>;
}

const LEASE_MS = 60_000;
const PARALLEL = 8;
const LONGEST_WAIT_MS = 10 * 60_000;
const DIFFERS = /^differs (\d{1,4})$/;

/** Works off the `compare` jobs: samples both sides, compares them with Amazon, and writes what came of it. */
export class CompareWorker {
  constructor(private readonly parts: CompareParts) {}

  /** Does what is due. Returns how many jobs it took. */
  async runOnce(): Promise<number> {
    const jobs = await this.parts.queue.claim({ kind: 'compare', limit: PARALLEL, leaseMs: LEASE_MS });
    await Promise.all(jobs.map((job) => this.#work(job)));
    return jobs.length;
  }

  async #work(job: Job): Promise<void> {
    try {
      await this.#compare(job);
    } catch (error) {
      if (error instanceof StaleLeaseError || (await this.#isAskedAgain(job, error))) return;
      this.parts.observer.failed({ part: 'compare', error });
    }
  }

  /** Two that ask for the same at once: nothing was written here, and nothing is lost. */
  async #isAskedAgain(job: Job, error: unknown): Promise<boolean> {
    return isStoreError(error, 'duplicate') && (await this.parts.queue.giveWay(job).catch(() => false));
  }

  async #compare(job: Job): Promise<void> {
    const { database, clock, settings } = this.parts;
    const order = await readKeys(database, job.subject);
    if (order.orderKey !== job.subject) return this.#leaveTo(job, order.orderKey);
    const waitsFor = await this.#waitsFor(order);
    // After its end the comparison is asked for again.
    if (waitsFor === 'delivery') return this.#supersede(job);
    if (waitsFor === 'amazon') return this.#again(job, this.#longer(job), job.reason);
    const objects = await listObjects(database, order.orderKey);
    const amazon = orderOutcome(objects.map(({ canonical }) => canonical));
    const part = await findLegacyPart(database, order);
    const [legacy, migrated] = await Promise.all([
      this.#view({ ...order, keys: part.keys }, 'legacy'),
      this.#view(order, 'migrated'),
    ]);
    const views = { legacy, migrated, amazon };
    const isSettled = isRightInPart(legacy, part, objects, order.orderKey);
    const judged: Views = isSettled ? { ...views, legacy: { kind: 'not-run' } } : views;
    const judgement = judge(judged, settings.rules, clock.now());
    const looks = Number(DIFFERS.exec(job.reason ?? '')?.[1] ?? 0);
    const mayLookAgain = looks * settings.resampleEveryMs < settings.resampleForMs;
    if (!judgement.isFinal && mayLookAgain) return this.#again(job, settings.resampleEveryMs, `differs ${looks + 1}`);
    await this.#close(job, order, views, looks > 0 && judgement.verdict === 'match' ? late(judgement) : judgement);
  }

  /** A payment on an agreement is compared with the agreement, once, whatever number it came under. */
  async #leaveTo(job: Job, orderKey: string): Promise<void> {
    const { database, queue, clock, observer } = this.parts;
    const now = clock.now();
    await database.transaction(async (queries) => {
      await askForComparison(queries, orderKey, now, now);
      await queue.finish(queries, job, 'superseded', 'agreement');
    });
    observer.superseded({ jobId: job.id, kind: job.kind, reason: 'agreement' });
  }

  async #waitsFor({ keys }: KeysOfOrder): Promise<'delivery' | 'amazon' | null> {
    const { database } = this.parts;
    for (const side of ['legacy', 'migrated'] as const) {
      const delivery = await lastDelivery(database, keys, side);
      if (delivery?.state === 'ready' || delivery?.state === 'leased') return 'delivery';
    }
    return (await isTruthAwaited(database, keys, SWEEP_PRIORITY)) ? 'amazon' : null;
  }

  #view({ orderKey, keys }: KeysOfOrder, side: Side): Promise<SideView> {
    const { database, sources } = this.parts;
    return viewSide(database, { orderKey, keys, side, source: sources[side] });
  }

  async #close(job: Job, { orderKey, keys }: KeysOfOrder, views: Views, judgement: Judgement): Promise<void> {
    const { database, clock, queue, observer, sources } = this.parts;
    const mode = await this.parts.currentMode();
    const now = clock.now();
    const { verdict, atFault, differences, signature, ruleIds } = judgement;
    await database.transaction(async (queries) => {
      for (const side of ['legacy', 'migrated'] as const) {
        const source = sources[side]?.name;
        if (source === undefined || views[side].kind === 'not-run') continue;
        const canonical = JSON.stringify(views[side]);
        await saveOutcome(queries, { orderKey, side, source, sampledAt: now, canonical });
      }
      await addComparison(queries, {
        orderKey,
        inboxId: await lastMessageOf(queries, keys),
        begunAt: job.created_at,
        closedAt: now,
        mode,
        ...{ verdict, atFault, differences, signature, ruleIds },
        legacy: record(views.legacy),
        migrated: record(views.migrated),
        amazon: views.amazon.problem === 'no-object' ? null : JSON.stringify(views.amazon.outcome),
      });
      await queue.finish(queries, job, 'done', verdict);
    });
    failPoint('compare:stored');
    observer.compared({ orderKey, verdict, atFault, milliseconds: now - job.created_at });
    for (const id of judgement.expiredRules)
      observer.failed({ part: 'compare', error: new ExpiredRuleError(id, orderKey) });
  }

  #longer(job: Job): number {
    return Math.min(this.parts.settings.resampleEveryMs * 2 ** Math.min(job.attempts - 1, 10), LONGEST_WAIT_MS);
  }

  async #again(job: Job, waitMs: number, reason: string | null): Promise<void> {
    const { database, queue, clock } = this.parts;
    const runAt = clock.now() + waitMs;
    await database.transaction((queries) => queue.retry(queries, job, runAt, reason));
  }

  async #supersede(job: Job): Promise<void> {
    const { database, queue, observer } = this.parts;
    await queue.finish(database, job, 'superseded', 'delivery');
    observer.superseded({ jobId: job.id, kind: job.kind, reason: 'delivery' });
  }
}

const late = (judgement: Judgement): Judgement => ({ ...judgement, verdict: 'match-late' });

/** What there is to show of a side. */
const record = (view: SideView): string | null =>
  view.kind === 'outcome' ? JSON.stringify(view.outcome) : view.kind === 'failed' ? JSON.stringify(view) : null;

/** A rule would have expected a difference, if it were not over. */
export class ExpiredRuleError extends Error {
  override readonly name = 'ExpiredRuleError';
  readonly code = 'expired-rule';

  constructor(
    readonly ruleId: string,
    readonly orderKey: string,
  ) {
    super(
      `The rule ${ruleId} has expired and applies no more: ${orderKey} differs as it says. Renew it, or mend the side.`,
    );
  }
}
