import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SnsVerifier } from '../../amazon-pay/sns-verifier';
import type { Clock } from '../clock';
import { failPoint } from '../fail-points';
import type { Observer } from '../observer';
import type { Accepted, Arrival, Inbox } from '../store/inbox';
import { isStoreError, StoreError } from '../store/store-error';
import type { StoreHealth } from '../store-health';
import { comeAgain, sendAnswer, taken, type Answer } from './answers';
import { judge } from './judge';
import { makeArrival } from './make-arrival';
import { BodyReader, type Body } from './read-body';
import type { RefusedRing } from './refused-ring';
import type { ReceiveSettings } from './settings';
import type { UnverifiedQuota } from './unverified-quota';

export interface ReceiverParts {
  readonly settings: ReceiveSettings;
  readonly inbox: Inbox;
  readonly verifier: SnsVerifier;
  readonly clock: Clock;
  readonly machineClock: Clock;
  readonly quota: UnverifiedQuota;
  readonly refused: RefusedRing;
  readonly observer: Observer;
  /** Called for each message that is on the disk and was not there before. */
  readonly onStored: (arrival: Arrival) => void;
  readonly health: StoreHealth;
}

/** More than wait in a healthy moment; beyond, a sender waits shorter for its next try than for this commit. */
const MAX_WAITING = 4096;

/** 503 for both: what no notification of today is may be one of tomorrow. */
const bodyAnswers: Readonly<Record<Exclude<Body['outcome'], 'read' | 'gone'>, Answer>> = {
  'too-large': comeAgain('too-large'),
  'too-much-at-once': comeAgain('too-much-at-once'),
};

/**
 * What can be told before the body: cheapest first. What is posted to another path may be genuine, and the URL in Seller Central,
 * or a load balancer, be wrong: with a 503 it comes again for days, in which that can be mended.
 */
function checkHead(request: IncomingMessage, path: string): Answer | null {
  const isPost = request.method === 'POST';
  if (request.url?.split('?')[0] !== path)
    return isPost ? comeAgain('path') : { status: 404, reason: 'path', isLast: true };
  if (!isPost) return { status: 405, reason: 'method', isLast: true, headers: { allow: 'POST' } };
  const { 'content-encoding': encoding = 'identity' } = request.headers;
  // SNS packs nothing, and what is small on the line may be large when it is unpacked. A relay may have packed it.
  return encoding === 'identity' || encoding === '' ? null : comeAgain('content-encoding');
}

/** An id that has the form of one: of a message that nobody signed it may be anything. */
const idOrNothing = (id: string | null): string | null =>
  id !== null && /^[A-Z\d][A-Z\d-]{0,63}$/.test(id) ? id : null;

/** Takes messages in: an answer of 200 says that the message is on the disk. */
export class Receiver {
  readonly #bodies = new BodyReader();
  #isStopping = false;
  constructor(private readonly parts: ReceiverParts) {}

  /** From now on senders are told to come again. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Answers a request. `onRead` is called when it was read to its end. */
  async handle(request: IncomingMessage, response: ServerResponse, onRead: () => void): Promise<void> {
    const started = performance.now();
    const answer = await this.#answer(request, onRead).catch((error: unknown) => {
      this.parts.observer.failed({ part: 'receive', error });
      // Unknown is not refused.
      return comeAgain('failed');
    });
    if (answer === null) return;
    sendAnswer(response, this.#isStopping ? { ...answer, isLast: true } : answer);
    failPoint('receive-answered');
    const milliseconds = performance.now() - started;
    this.parts.observer.acknowledged({ status: answer.status, reason: answer.reason, milliseconds });
  }

  async #answer(request: IncomingMessage, onRead: () => void): Promise<Answer | null> {
    const early = checkHead(request, this.parts.settings.path);
    if (early !== null) return early;
    if (this.#isStopping) return comeAgain('stopping');
    const body = await this.#bodies.read(request);
    if (body.outcome === 'gone') return null;
    if (body.outcome !== 'read') return bodyAnswers[body.outcome];
    onRead();
    failPoint('receive-read');
    return this.#take(request, body.bytes);
  }

  async #take({ headers }: IncomingMessage, bytes: Buffer): Promise<Answer> {
    const { settings, verifier, quota, inbox, machineClock } = this.parts;
    const judgement = await judge(bytes, verifier, [new Date(machineClock.now())]);
    failPoint('receive-judged');
    const arrival = makeArrival(bytes, headers, judgement, settings.allowUnsignedPokes);
    if (arrival === null) {
      const isForged = judgement.outcome === 'refused' && judgement.isForged;
      return this.#refuse(bytes, judgement.outcome === 'refused' ? judgement.reason : 'no-envelope', isForged);
    }
    if (inbox.waiting >= MAX_WAITING) return comeAgain('too-many-waiting');
    if (!quota.take(arrival)) return comeAgain('unverified-quota');
    return this.#store(arrival);
  }

  #refuse(bytes: Buffer, reason: string, isForged: boolean): Answer {
    const { refused, clock } = this.parts;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    refused.add({ at: clock.now(), sha256, bytes: bytes.byteLength, reason });
    return { status: isForged ? 403 : 400, reason };
  }

  async #store(arrival: Arrival): Promise<Answer> {
    const { inbox, observer, settings, health } = this.parts;
    try {
      const accepted = await withinTime(inbox.accept(arrival), settings.commitTimeoutSeconds * 1000);
      health.worked();
      failPoint('receive-stored');
      this.#tell(arrival, accepted);
      return taken;
    } catch (error) {
      observer.failed({ part: 'receive', error });
      // What one message is to blame for says nothing of the store.
      if (!isStoreError(error, 'refused')) health.failed(error);
      return comeAgain(`store-${error instanceof StoreError ? error.code : 'failed'}`);
    }
  }

  #tell(arrival: Arrival, { id, isNew }: Accepted): void {
    const { observer } = this.parts;
    const { messageId, kind, verdict, quarantine } = arrival;
    const objectId = idOrNothing(arrival.objectId);
    observer.received({ inboxId: id, messageId, kind, verdict, isNew, objectId });
    if (isNew) this.parts.onStored(arrival);
    if (quarantine !== null && isNew) observer.quarantined({ inboxId: id, reason: quarantine });
  }
}

/** The commit may still happen: then the message that comes again is its duplicate. */
function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = (): void =>
      reject(new StoreError('unavailable', `The store did not commit within ${milliseconds / 1000} s.`));
    const timer = setTimeout(refuse, milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
