import type { Clock } from '../clock';
import { failPoint } from '../fail-points';
import type { RoleDecider } from '../modes/decide-role';
import type { Observer, Side } from '../observer';
import { beginAttempt } from '../store/attempts';
import type { Database, Queries } from '../store/database';
import { bringForward, deliveryKinds, readPast, type Past } from '../store/delivery';
import type { GroupCommit } from '../store/group-commit';
import { findMessage } from '../store/inbox';
import { lockSides } from '../store/order-sides';
import { StaleLeaseError, type Job, type JobQueue } from '../store/jobs';
import { judgeAnswer, type ReadOutcome } from './answer';
import type { Breaker } from './breaker';
import { type Answer, type Endpoint, NoAnswerError } from './endpoint';
import { Ending, type Sent } from './ending';
import { failureNames, failures, kindOf, type Failure } from './failure';
import { headersFor } from './headers';
import { insist } from './insist';
import { giveLaneToOwner } from './ownership';
import { replayOf } from './replay-record';
import { roleOf, V1_ONLY, type Place } from './role-of';
import type { DeliverSettings } from './settings';
import { findKey, isRefundAwaited } from './same-change';
import { shapeFor } from './shape';
import { findTurn } from './turn';

export interface Line {
  readonly endpoint: Endpoint;
  readonly breaker: Breaker;
}

export interface DeliveryParts {
  readonly database: Database;
  readonly clock: Clock;
  /** By which handlers are told when a request was sent. */
  readonly machineClock: Clock;
  readonly queue: JobQueue;
  readonly commits: GroupCommit;
  readonly decider: RoleDecider;
  readonly settings: DeliverSettings;
  readonly observer: Observer;
  readonly readOutcome: ReadOutcome;
  /** From [0, 1). */
  readonly random: () => number;
}

/** Where a target listens: for what counts, and for dry runs where it has declared that. */
export interface Lines {
  readonly primary: Line;
  readonly dryRun: Line | null;
}

const refusals = failureNames.filter((name) => kindOf(name).retry === 'short');
const WAITS_FOR_BREAKER = 'breaker';
/** What was in the way of all messages, and is away when the handler answers again. */
const unreachable: readonly Failure[] = ['dns', 'connect'];
const ofTarget = failureNames.filter((name) => kindOf(name).isOfTarget);
const NOTHING_YET: Past = { firstAt: null, ended: 0, interrupted: 0, refused: 0, hasCounted: false };

/** The mode was changed since it was decided what a message is sent as: it is decided anew. */
class RoleChangedError extends Error {
  override readonly name = 'RoleChangedError';
}

/** Delivers a claimed job to one of the targets, once, and writes down what came of it. */
export class Delivery {
  readonly #ending: Ending;
  readonly #place: Place;

  constructor(
    private readonly side: Side,
    private readonly lines: Lines,
    private readonly parts: DeliveryParts,
  ) {
    this.#ending = new Ending(side, parts);
    this.#place = { side, canDryRun: lines.dryRun !== null };
  }

  /** Never rejects: what fails here is begun again when the lease is over. */
  async deliver(job: Job): Promise<void> {
    try {
      await this.#deliver(job);
    } catch (error) {
      // Another instance has it: what was found out is its to find out again.
      if (error instanceof StaleLeaseError) return;
      this.parts.observer.failed({ part: `deliver-${this.side}`, error });
    }
  }

  async #deliver(job: Job): Promise<void> {
    const { database, decider, clock } = this.parts;
    const { pollMs } = this.parts.settings;
    const message = job.inbox_id === null ? null : await findMessage(database, job.inbox_id);
    if (message === null) return this.#ending.withoutMessage(job);
    if (await decider.isAgreementAwaited(message))
      return this.#ending.putBack(job, clock.now() + pollMs, 'agreement-first');
    const decision = await decider.decide(message);
    const role = await roleOf(database, this.#place, { job, message, decision });
    if (typeof role === 'object' && role.because === V1_ONLY) return this.#ending.forNobody(job, message);
    if (typeof role === 'object') return this.#ending.superseded(job, message, role.because);
    const past = job.attempts === 1 ? NOTHING_YET : await readPast(database, job.id, refusals);
    if (past.interrupted >= this.parts.settings.retry.maxInterruptions)
      return this.#ending.interrupted(job, message, past);
    const line = role === 'primary' ? this.lines.primary : this.lines.dryRun;
    if (line === null) return this.#ending.superseded(job, message, `mode:${decision.mode}`);
    if (role === 'primary' && replayOf(job) === null) {
      const turn = await findTurn(database, this.side, { job, message, decision, now: clock.now() });
      if (turn === 'wait') return this.#ending.putBack(job, clock.now() + pollMs, 'older-first');
      // Its tries stay with it, but for dry runs.
      if (turn === 'behind' && !past.hasCounted) return this.#ending.goBehind(job);
    }
    const isFirst = role === 'primary' && job.replay === null && !past.hasCounted;
    if (isFirst && (await isRefundAwaited(database, message, clock.now())))
      return this.#ending.putBack(job, clock.now() + pollMs, 'refund-first');
    const told =
      isFirst && this.side === 'migrated' ? await findKey(database, { job, message, now: clock.now() }) : null;
    if (told === 'wait') return this.#ending.putBack(job, clock.now() + pollMs, 'told-by-sweep');
    const sent = told === null ? job : { ...job, idempotency_key: told.key };
    await this.#send({ job: sent, message, decision, role, past, line });
  }

  async #send(sending: Omit<Sent, 'attempt' | 'startedAt'> & { readonly line: Line }): Promise<void> {
    const { clock, settings, random, commits } = this.parts;
    const { job, line, past } = sending;
    if (!line.breaker.letThrough(clock.now())) {
      const probe = line.breaker.nextProbe(clock.now());
      const runAt = Math.round(probe + random() * settings.breaker.probeMs);
      return this.#ending.heldUp(sending, runAt, WAITS_FOR_BREAKER);
    }
    const sent: Sent = { ...sending, attempt: past.ended + 1, startedAt: clock.now() };
    let answer: Answer | Failure;
    try {
      await commits.run((queries) => this.#begin(queries, sent));
      answer = await this.#post(sent, line.endpoint);
    } catch (error) {
      line.breaker.gaveUp();
      if (error instanceof RoleChangedError) return this.#ending.putBack(job, clock.now(), null);
      throw error;
    }
    failPoint('deliver:answered');
    await this.#conclude(sent, line, answer);
    failPoint('deliver:stored');
  }

  async #begin(queries: Queries, { job, message, role, startedAt }: Sent): Promise<void> {
    const { database, decider } = this.parts;
    // From here on a change of mode waits, or has been: what it finds begun is the side's that began it.
    await lockSides(queries, database.dialect, 'shared');
    const decision = await decider.decideWithin(queries, message);
    if ((await roleOf(queries, this.#place, { job, message, decision })) !== role) throw new RoleChangedError();
    // Not only when the dry run has ended: a handler that is down would keep the message from the one that counts.
    if (role === 'dry-run') await giveLaneToOwner(queries, database, job, message, decision, startedAt);
    if (!(await this.parts.queue.extend(job, this.parts.settings.leaseMs, queries)))
      throw new StaleLeaseError(`Job ${job.id} was taken over by another instance.`);
    await beginAttempt(queries, job, role, startedAt);
  }

  async #post(sent: Sent, endpoint: Endpoint): Promise<Answer | Failure> {
    const { clock, machineClock, settings } = this.parts;
    const { message, job, decision, role, attempt, startedAt } = sent;
    const target = settings[this.side];
    failPoint('deliver:before-send');
    // A process that stood still must not send what another may be sending now.
    if (clock.now() > startedAt + settings.leaseMs - target.timeoutMs)
      throw new StaleLeaseError(`Job ${job.id} was begun too long ago.`);
    try {
      const { body, shape } = shapeFor(this.side, message, settings.migrated.v1Messages);
      const now = machineClock.now();
      const told = { message, body, shape, mode: decision.mode, role, attempt, now, replay: replayOf(job) };
      const headers = headersFor({ ...told, idempotencyKey: job.idempotency_key }, target.secret);
      return await endpoint.post(headers, body);
    } catch (error) {
      if (error instanceof NoAnswerError) return error.failure;
      // A mistake of ours about one message: it must not be tried for ever, nor stop the others.
      this.parts.observer.failed({ part: `deliver-${this.side}`, error });
      return 'unsendable';
    }
  }

  async #conclude(sent: Sent, { breaker }: Line, answer: Answer | Failure): Promise<void> {
    const { clock } = this.parts;
    const { failure, json } = typeof answer === 'string' ? { failure: answer, json: undefined } : judgeAnswer(answer);
    const status = typeof answer === 'string' ? null : answer.status;
    const retryAfter = typeof answer === 'string' ? undefined : answer.retryAfter;
    let forward: readonly string[] = [];
    if (failure === 'unsendable') breaker.gaveUp();
    else if (failure === null || !kindOf(failure).isOfTarget) forward = this.#waitingFor(breaker);
    else breaker.failed(failure, sent.job.lane, clock.now());
    const isTaken = failure === null || failures[failure].retry === 'taken';
    await insist(() =>
      isTaken
        ? this.#ending.taken(sent, { status: status ?? 0, failure, json })
        : this.#ending.failed(sent, { status, failure, retryAfter }),
    );
    if (forward.length > 0)
      await bringForward(this.parts.database, deliveryKinds[this.side], forward, this.parts.clock.now());
  }

  /** The handler answers again: what waits for nothing else need not wait any longer. Returns the reasons of that. */
  #waitingFor(breaker: Breaker): readonly string[] {
    const wasOpen = breaker.state(this.parts.clock.now()) !== 'closed';
    if (!breaker.succeeded()) return [];
    // One order that always fails goes on waiting, unless all did.
    return wasOpen ? [...ofTarget, WAITS_FOR_BREAKER] : unreachable;
  }
}
