import { CompareWorker, type CompareParts } from '../../../src/proxy/compare/compare-worker';
import { openSources } from '../../../src/proxy/compare/open-sources';
import type { Outcome } from '../../../src/proxy/compare/outcome';
import { createRecordAnswer } from '../../../src/proxy/compare/record-answer';
import { compareSettings, type CompareSettings } from '../../../src/proxy/compare/settings';
import { toCanonicalObject } from '../../../src/proxy/compare/canonical-object';
import type { Side } from '../../../src/proxy/observer';
import { acceptMessages } from '../../../src/proxy/store/accept-messages';
import { addJob } from '../../../src/proxy/store/add-jobs';
import { saveObject } from '../../../src/proxy/store/amazon-objects';
import { listDivergences, type Comparison } from '../../../src/proxy/store/comparisons';
import type { Database } from '../../../src/proxy/store/database';
import { deliveryKinds } from '../../../src/proxy/store/delivery';
import { JobQueue, type JobEnd } from '../../../src/proxy/store/jobs';
import { makeStore, TestClock, type TestStore } from '../stores';

export const MINUTE = 60_000;
export const captured = (amount = '94.50', refunded = '0'): Outcome => ({
  state: refunded === '0' ? 'captured' : 'refunded',
  authorized: amount,
  captured: amount,
  refunded,
  currency: 'USD',
});
export const authorized = (amount = '94.50'): Outcome => ({ ...captured(amount), state: 'authorized', captured: '0' });

export interface Delivery {
  readonly end?: JobEnd;
  readonly reason?: string;
  /** What the handler answers. */
  readonly json?: unknown;
}
export interface Event {
  readonly orderKey: string;
  readonly type?: string;
  readonly legacy?: Delivery;
  readonly migrated?: Delivery;
  /** In Amazon's words; null: not known. */
  readonly amazon?: string | null;
  readonly amount?: string;
}

/** The compare part on a real store, told what deliveries and GETs would have written. */
export class CompareBench {
  readonly clock = new TestClock();
  readonly compared: { orderKey: string; verdict: string; atFault: string | null }[] = [];
  readonly failures: unknown[] = [];
  readonly queue: JobQueue;
  readonly worker: CompareWorker;
  readonly parts: CompareParts;
  mode = 'shadow';
  #messages = 0;

  private constructor(
    readonly store: TestStore,
    readonly database: Database,
    readonly settings: CompareSettings,
  ) {
    this.queue = new JobQueue(database, this.clock, 'one');
    this.parts = {
      database,
      clock: this.clock,
      queue: this.queue,
      settings,
      sources: openSources(settings),
      currentMode: () => Promise.resolve(this.mode),
      observer: {
        compared: (event) => void this.compared.push(event),
        retried: () => undefined,
        superseded: () => undefined,
        failed: ({ error }) => void this.failures.push(error),
      },
    };
    this.worker = new CompareWorker(this.parts);
  }

  static async open(driver: 'sqlite' | 'postgres', settings: unknown = {}): Promise<CompareBench> {
    const store = makeStore(driver);
    return new CompareBench(store, await store.open(), compareSettings.parse(settings));
  }

  /** A message came, was delivered to both sides, and its charge was read. */
  async happen({ orderKey, type = 'CHARGE', legacy, migrated, amazon, amount = '94.50' }: Event): Promise<void> {
    this.#messages += 1;
    const isV1 = type === 'PaymentCapture' || type === 'PaymentAuthorize' || type === 'PaymentRefund';
    const [accepted] = await acceptMessages(
      this.database,
      [
        {
          topicArn: 'arn:aws:sns:us-east-1:291180941288:topic',
          messageId: `message-${this.#messages}`,
          kind: isV1 ? 'v1' : 'v2',
          verdict: 'verified',
          quarantine: null,
          body: Buffer.from('{}'),
          bodySha256: '',
          headers: {},
          notificationId: null,
          notificationType: isV1 ? type : 'STATE_CHANGE',
          objectType: isV1 ? 'CHARGE' : type,
          objectId: `${orderKey}-C000001`,
          orderKey,
          isSample: false,
        },
      ],
      this.clock.now(),
      () => [],
      this.database.dialect,
    );
    if (amazon !== null) await this.see(orderKey, amazon ?? 'Captured', amount);
    await this.#deliver('legacy', orderKey, accepted!.id, legacy);
    await this.#deliver('migrated', orderKey, accepted!.id, migrated);
    const compare = { kind: 'compare', lane: `compare:${orderKey}`, subject: orderKey, orderKey } as const;
    await addJob(this.database, { ...compare, runAt: this.clock.now() + 5 * MINUTE }, this.clock.now());
  }

  /** A GET was answered. */
  async see(orderKey: string, state: string, amount = '94.50'): Promise<void> {
    const price = { amount, currencyCode: 'USD' };
    const object = toCanonicalObject('CHARGE', `${orderKey}-C000001`, {
      chargePermissionId: orderKey,
      chargeAmount: price,
      captureAmount: state === 'Captured' ? price : null,
      refundedAmount: null,
      statusDetails: { state, reasonCode: null, lastUpdatedTimestamp: new Date(this.clock.now()).toISOString() },
    });
    const times = { fetchStartedAt: this.clock.now(), fetchedAt: this.clock.now(), sweepAt: null };
    await saveObject(this.database, { object, orderKey, causedBy: 'notification', ...times });
  }

  async #deliver(
    side: Side,
    orderKey: string,
    inboxId: number,
    { end = 'done', reason, json }: Delivery = {},
  ): Promise<void> {
    const kind = deliveryKinds[side];
    const job = { kind, lane: `${side}:${orderKey}`, subject: String(inboxId), inboxId, orderKey, runAt: 0 };
    await addJob(this.database, job, this.clock.now());
    for (const claimed of await this.queue.claim({ kind, limit: 1, leaseMs: MINUTE })) {
      await this.queue.finish(this.database, claimed, end, reason ?? null);
      if (end === 'done') await this.answer(side, orderKey, json, inboxId);
    }
  }

  async answer(side: Side, orderKey: string, json: unknown, inboxId = 1): Promise<void> {
    const record = createRecordAnswer(this.settings);
    const answer = {
      side,
      role: 'primary',
      orderKey,
      inboxId,
      status: 200,
      json,
      answeredAt: this.clock.now(),
    } as const;
    await record(this.database, answer);
  }

  async work(afterMs = 0): Promise<void> {
    this.clock.advance(afterMs);
    while ((await this.worker.runOnce()) > 0);
  }

  /** In alphabetical order: orders are compared side by side, and which is done first means nothing. */
  verdicts(): readonly string[] {
    return this.compared.map(({ verdict, atFault }) => (atFault === null ? verdict : `${verdict} ${atFault}`)).sort();
  }

  divergences(): Promise<readonly Comparison[]> {
    return listDivergences(this.database, { limit: 100 });
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.parts.sources).map((source) => source?.close()));
    await this.store.remove();
  }
}
