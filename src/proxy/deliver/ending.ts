import { failPoint } from '../fail-points';
import type { Decision } from '../modes/decide-role';
import type { Side } from '../observer';
import { endAttempt, type AttemptResult, type Role } from '../store/attempts';
import type { Queries } from '../store/database';
import type { Past } from '../store/delivery';
import type { StoredMessage } from '../store/inbox';
import { addJob, type Job } from '../store/jobs';
import { lockSides } from '../store/order-sides';
import { nextTry, readRetryAfter } from './backoff';
import type { DeliveryParts } from './delivery';
import { kindOf, type Failure } from './failure';
import { againTo, giveLaneToOwner, giveToOwner, isForNobody } from './ownership';
import { TOLD } from './same-change';

/** A delivery that was sent. */
export interface Sent {
  readonly job: Job;
  readonly message: StoredMessage;
  readonly decision: Decision;
  readonly role: Role;
  readonly past: Past;
  readonly attempt: number;
  readonly startedAt: number;
}

/** Writes how a delivery ended, or when it is begun again: each time in one transaction, with all that follows from it. */
export class Ending {
  constructor(
    private readonly side: Side,
    private readonly parts: DeliveryParts,
  ) {}

  /**
   * Commits what hangs on the mode: from the beginning of the transaction on, a change of mode waits, or has been. Two deliveries of a
   * message, one ended under the mode before and one under that after, would each leave it to the other side.
   */
  #decide<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.parts.commits.run(async (queries) => {
      await lockSides(queries, this.parts.database.dialect, 'shared');
      return work(queries);
    });
  }

  /** The handler has the message. `failure` says what its answer lacked, or is null. */
  async taken(
    sent: Sent,
    { status, failure, json }: { status: number; failure: Failure | null; json: unknown },
  ): Promise<void> {
    const { job, message, role, decision, attempt, startedAt } = sent;
    const now = this.parts.clock.now();
    await this.#decide(async (queries) => {
      await endAttempt(queries, job, { status, failure, detail: null }, now);
      await this.parts.queue.finish(queries, job, 'done', failure);
      const { order_key: orderKey, id: inboxId } = message;
      await this.parts.readOutcome(queries, {
        side: this.side,
        role,
        orderKey,
        inboxId,
        status,
        json,
        answeredAt: now,
      });
      await this.#follow(queries, job, message, role === 'primary');
    });
    const { observer } = this.parts;
    observer.delivered({
      jobId: job.id,
      side: this.side,
      role,
      status,
      attempts: attempt,
      milliseconds: now - startedAt,
    });
    const isAlone = this.side === 'legacy' && role === 'primary' && message.kind === 'v2';
    if (isAlone) observer.v2ToLegacyAlone({ jobId: job.id, inboxId: message.id, mode: decision.mode });
  }

  /** The handler does not have it, or that is not known. */
  async failed(
    sent: Sent,
    { status, failure, retryAfter }: { status: number | null; failure: Failure; retryAfter: string | undefined },
  ): Promise<void> {
    const { job, message, role, past, attempt } = sent;
    const now = this.parts.clock.now();
    const next = nextTry(
      {
        failure,
        failed: attempt,
        refused: past.refused + (kindOf(failure).retry === 'short' ? 1 : 0),
        firstAt: past.firstAt ?? sent.startedAt,
        now,
        retryAfterMs: readRetryAfter(retryAfter, now),
      },
      this.parts.settings.retry,
      this.parts.random,
    );
    const result = { status, failure, detail: null };
    if ('isDead' in next) return this.#die(job, message, { result, role, attempts: attempt + past.interrupted });
    await this.parts.commits.run(async (queries) => {
      await endAttempt(queries, job, result, now);
      await this.parts.queue.retry(queries, job, next.at, failure);
      failPoint('retry:writing');
    });
    failPoint('retry:written');
    this.parts.observer.retried({ jobId: job.id, kind: job.kind, failure, attempts: attempt, runAt: next.at });
  }

  /** A message that ends the proxy each time is not delivered for ever. */
  interrupted(job: Job, message: StoredMessage, past: Past): Promise<void> {
    const result = { status: null, failure: 'interrupted', detail: null };
    // Its last attempt may have counted, or not: whoever redrives it decides.
    return this.#die(job, message, { result, role: 'primary', attempts: past.ended + past.interrupted });
  }

  async #die(
    job: Job,
    message: StoredMessage,
    { result, role, attempts }: { result: AttemptResult; role: Role; attempts: number },
  ): Promise<void> {
    const failure = result.failure ?? 'interrupted';
    await this.#decide(async (queries) => {
      await endAttempt(queries, job, result, this.parts.clock.now());
      await this.parts.queue.finish(queries, job, 'dead', failure);
      await this.#follow(queries, job, message, role === 'primary');
      failPoint('dead:writing');
    });
    failPoint('dead:written');
    this.parts.observer.dead({ jobId: job.id, kind: job.kind, failure, attempts });
  }

  /** It is not this side's to deliver, or not now. */
  async superseded(job: Job, message: StoredMessage, because: string): Promise<void> {
    const isEnded = await this.#decide(async (queries) => {
      const { roles } = await this.parts.decider.decideWithin(queries, message);
      if (because.startsWith('mode:') && roles[this.side] === 'primary') {
        // The mode was changed a moment ago: this side counts after all.
        await this.parts.queue.retry(queries, job, this.parts.clock.now(), null);
        return false;
      }
      await this.parts.queue.finish(queries, job, 'superseded', because);
      await this.#follow(queries, job, message, because === TOLD);
      return true;
    });
    if (isEnded) this.parts.observer.superseded({ jobId: job.id, kind: job.kind, reason: because });
  }

  /** What a sweep found, where only the legacy handler counts: nothing was sent, and a person has to see it. */
  async forNobody(job: Job, message: StoredMessage): Promise<void> {
    const failure: Failure = 'v1-only';
    const isEnded = await this.#decide(async (queries) => {
      // The mode was changed a moment ago, it may be.
      const isSo = isForNobody(message, await this.parts.decider.decideWithin(queries, message));
      if (!isSo) await this.parts.queue.retry(queries, job, this.parts.clock.now(), null);
      else await this.parts.queue.finish(queries, job, 'dead', failure);
      if (isSo) await this.#follow(queries, job, message, true);
      return isSo;
    });
    if (isEnded) this.parts.observer.dead({ jobId: job.id, kind: job.kind, failure, attempts: 0 });
  }

  /** Retention has taken the message away. */
  async withoutMessage(job: Job): Promise<void> {
    await this.parts.commits.run((queries) => this.parts.queue.finish(queries, job, 'expired', 'message-gone'));
    this.parts.observer.superseded({ jobId: job.id, kind: job.kind, reason: 'message-gone' });
  }

  /** Nothing was sent; another time. */
  async putBack(job: Job, runAt: number, reason: string | null): Promise<void> {
    await this.parts.commits.run((queries) => this.parts.queue.retry(queries, job, runAt, reason));
  }

  /** Nothing was sent, since the handler is down. Where it does not count, nothing is kept from the one that does. */
  async heldUp(
    { job, message, role }: Pick<Sent, 'job' | 'message' | 'role'>,
    at: number,
    reason: string,
  ): Promise<void> {
    await this.#decide(async (queries) => {
      if (role === 'dry-run') {
        const decision = await this.parts.decider.decideWithin(queries, message);
        await giveLaneToOwner(queries, this.parts.database, job, message, decision, this.parts.clock.now());
      }
      await this.parts.queue.retry(queries, job, at, reason);
    });
  }

  /** Nothing was sent; others of its lane, which came earlier, go first. */
  async goBehind(job: Job): Promise<void> {
    const now = this.parts.clock.now();
    await this.parts.commits.run(async (queries) => {
      await this.parts.queue.finish(queries, job, 'superseded', 'older-first');
      await addJob(queries, againTo(this.side, job, now, 'handover'), now);
    });
    this.parts.observer.superseded({ jobId: job.id, kind: job.kind, reason: 'older-first' });
  }

  /** What every end has in its train. */
  async #follow(queries: Queries, job: Job, message: StoredMessage, isSettled: boolean): Promise<void> {
    const now = this.parts.clock.now();
    if (!isSettled) {
      const decision = await this.parts.decider.decideWithin(queries, message);
      await giveToOwner(queries, this.parts.database, job, message, decision, now);
    }
    // The object of a sample does not exist: there is nothing to compare.
    if (job.order_key === null || message.is_sample === 1) return;
    const lane = `compare:${job.order_key}`;
    const runAt = now + this.parts.settings.settleMs;
    await addJob(queries, { kind: 'compare', lane, subject: job.order_key, orderKey: job.order_key, runAt }, now);
  }
}
