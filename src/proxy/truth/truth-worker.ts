import { AmazonError } from '../../amazon-pay/v2/amazon-error';
import { isUntold, toCanonicalObject, unknownObject, type CanonicalObject } from '../compare/canonical-object';
import { failPoint } from '../fail-points';
import { beginAttempt, endAttempt, type AttemptResult } from '../store/attempts';
import type { Queries } from '../store/database';
import { isStoreError } from '../store/store-error';
import { StaleLeaseError, type Job } from '../store/jobs';
import { findObject } from '../store/amazon-objects';
import { backoff, countFailure, nextTry } from './ask-again';
import { Breaker } from './breaker';
import { causeOf, keepAnswer } from './keep-answer';
import { objectOfId, type NamedObject } from './object-of-id';
import { QuotaBuckets } from './quota-bucket';
import type { TruthParts } from './truth-parts';

const LEASE_MS = 30_000;
/** GETs at a time: more would only wait for the quota. */
const PARALLEL = 4;
const MAX_PAUSE_MS = 1000;

/** Works off the `truth` jobs: GETs what they name, within the share of the quota, and keeps what it finds out. */
export class TruthWorker {
  readonly quota: QuotaBuckets;
  readonly breaker: Breaker;
  #pausedUntil = 0;

  constructor(private readonly parts: TruthParts) {
    const { database, clock, reader, settings, observer } = parts;
    this.quota = new QuotaBuckets(database, clock, reader.environment, settings.quotaShare);
    this.breaker = new Breaker(clock, (state) => observer.breakerChanged({ target: 'amazon', state }));
  }

  /** Does what is due, as far as Amazon may be asked now. Returns how many jobs it took. */
  async runOnce(): Promise<number> {
    const limit = this.parts.clock.now() < this.#pausedUntil ? 0 : Math.min(PARALLEL, this.breaker.room);
    if (limit === 0) return 0;
    const jobs = await this.parts.queue.claim({ kind: 'truth', limit, leaseMs: LEASE_MS });
    await Promise.all(jobs.map((job) => this.#work(job)));
    return jobs.length;
  }

  async #work(job: Job): Promise<void> {
    try {
      await this.#fetch(job);
    } catch (error) {
      // Another instance has it: what was found out here is not written.
      if (error instanceof StaleLeaseError || (await this.#isAskedAgain(job, error))) return;
      this.parts.observer.failed({ part: 'truth', error });
    }
  }

  /** Two that ask for the same at once: nothing was written here, and nothing is lost. */
  async #isAskedAgain(job: Job, error: unknown): Promise<boolean> {
    return isStoreError(error, 'duplicate') && (await this.parts.queue.giveWay(job).catch(() => false));
  }

  async #fetch(job: Job): Promise<void> {
    const named = objectOfId(job.subject);
    if (named === null) return this.#end(job, 'no-get');
    const waitMs = await this.quota.take(named.objectType, causeOf(job) === 'sweep' ? 'can-wait' : 'now');
    if (waitMs > 0) return this.#waitForQuota(job, named, waitMs);
    const { clock, database, reader, observer } = this.parts;
    const startedAt = clock.now();
    await beginAttempt(database, job, null, startedAt);
    failPoint('truth:before-get');
    this.breaker.begin();
    try {
      const { body, status } = await reader.read(named.objectType, named.objectId);
      failPoint('truth:answered');
      this.breaker.succeed();
      const object = toCanonicalObject(named.objectType, named.objectId, body);
      const isChanged = await this.#keep(job, object, startedAt, { status, failure: null, detail: null });
      const milliseconds = clock.now() - startedAt;
      const { objectId } = named;
      observer.truthFetched({ objectId, operation: named.objectType, status, isChanged, milliseconds });
    } catch (error) {
      if (!(error instanceof AmazonError)) throw error;
      await this.#fail(job, named, startedAt, error);
    }
  }

  async #keep(job: Job, object: CanonicalObject, startedAt: number, result: AttemptResult): Promise<boolean> {
    const { database, queue, clock } = this.parts;
    const change = await database.transaction(async (queries) => {
      const kept = await keepAnswer(this.parts, queries, job, object, startedAt);
      await endAttempt(queries, job, result, clock.now());
      if (kept.lookAt === null) await queue.finish(queries, job, 'done', kept.change);
      else await queue.retry(queries, job, kept.lookAt, kept.isAwaited ? 'untold' : 'unchanged');
      return kept.change;
    });
    failPoint('truth:stored');
    return change === 'new' || change === 'changed';
  }

  async #fail(job: Job, named: NamedObject, startedAt: number, error: AmazonError): Promise<void> {
    const result = { status: error.status, failure: error.code, detail: error.reasonCode };
    switch (error.code) {
      case 'throttled': {
        this.breaker.succeed();
        const until = await this.quota.slowDown(named.objectType, error.retryAfterMs);
        const waitMs = until - this.parts.clock.now();
        this.parts.observer.throttled({ operation: named.objectType, by: 'amazon', waitMs });
        return this.#again(job, until, result, job.reason);
      }
      case 'not-now': {
        this.breaker.succeed();
        const waitMs = error.retryAfterMs ?? MAX_PAUSE_MS;
        this.parts.observer.throttled({ operation: named.objectType, by: 'own-share', waitMs });
        return this.#again(job, this.parts.clock.now() + Math.ceil(waitMs), result, job.reason);
      }
      case 'not-found':
        this.breaker.succeed();
        return this.#notFound(job, named, startedAt, result);
      case 'not-authorized':
        this.breaker.fail(true);
        this.parts.observer.failed({ part: 'truth', error });
        return this.#again(job, this.breaker.openUntil ?? this.parts.clock.now(), result, error.code);
      case 'unavailable':
      case 'unreadable':
        this.breaker.fail(false);
        return this.#unavailable(job, result);
      case 'rejected':
      case 'not-asked':
        this.breaker.succeed();
        return this.#dead(job, named, startedAt, result);
    }
  }

  #unavailable(job: Job, result: AttemptResult): Promise<void> {
    const failures = countFailure(job.reason);
    return this.#again(job, this.parts.clock.now() + backoff(failures), result, `unavailable ${failures}`);
  }

  async #notFound(job: Job, named: NamedObject, startedAt: number, result: AttemptResult): Promise<void> {
    const { clock, database, queue } = this.parts;
    const known = await findObject(database, named.objectId);
    const isUnknown = known === null || isUntold(known.canonical);
    // A sweep asks another time.
    const isEnough = known !== null && isUnknown && causeOf(job) === 'sweep';
    const next = isEnough ? null : nextTry(job.reason, clock.now());
    if (next !== null) return this.#again(job, next.runAt, result, next.reason);
    // What was known of it stays: Amazon forgets what is old.
    if (isUnknown) {
      await this.#keep(job, unknownObject(named.objectType, named.objectId, 'not-found'), startedAt, result);
      return;
    }
    await database.transaction(async (queries) => {
      await endAttempt(queries, job, result, clock.now());
      await queue.finish(queries, job, 'done', 'not-found');
    });
  }

  async #again(job: Job, runAt: number, result: AttemptResult, reason: string | null): Promise<void> {
    const { clock, database, queue, observer } = this.parts;
    await database.transaction(async (queries) => {
      await endAttempt(queries, job, result, clock.now());
      await queue.retry(queries, job, runAt, reason);
    });
    const { id: jobId, kind, attempts } = job;
    observer.retried({ jobId, kind, failure: result.failure ?? 'unavailable', attempts, runAt });
  }

  async #dead(job: Job, named: NamedObject, startedAt: number, result: AttemptResult): Promise<void> {
    const { clock, database, queue, observer } = this.parts;
    const failure = result.failure ?? 'rejected';
    const refused = unknownObject(named.objectType, named.objectId, 'refused');
    await database.transaction(async (queries) => {
      const known = await findObject(queries, named.objectId);
      // Or its order would not show it, and no sweep would ask again.
      if (known === null || isUntold(known.canonical)) await keepAnswer(this.parts, queries, job, refused, startedAt);
      await endAttempt(queries, job, result, clock.now());
      await queue.finish(queries, job, 'dead', failure);
    });
    observer.dead({ jobId: job.id, kind: job.kind, failure, attempts: job.attempts });
  }

  async #waitForQuota(job: Job, { objectType }: NamedObject, waitMs: number): Promise<void> {
    const { clock, database, queue, observer } = this.parts;
    observer.throttled({ operation: objectType, by: 'own-share', waitMs });
    // Or the whole backlog would be taken up and put back, four at a time. Other operations wait a second at most.
    this.#pausedUntil = clock.now() + Math.min(waitMs, MAX_PAUSE_MS);
    await queue.retry(database, job, clock.now() + waitMs, job.reason);
  }

  async #end(job: Job, reason: string): Promise<void> {
    const { database, queue } = this.parts;
    await queue.finish(database satisfies Queries, job, 'done', reason);
  }
}
