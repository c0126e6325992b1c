import { postMessage } from '../../amazon-pay/post-message';
import type { Emulation } from '../emulation';
import { DAY, HOUR, schedule, type Posting } from '../ledger/posting';
import type { OutgoingNotification, Timer } from '../ledger/rows';
import type { Change } from '../ledger/store';
import type { EnvelopeSigner } from './envelope';
import { eventsOf, type Event, type Format } from './events';
import { legacyMessage, v2Message, type Message, type Sender } from './messages';

const SEND = 'notification.send';
/** SNS waits so long for an answer. */
const TIMEOUT_MS = 15_000;

/** Every hour; for so long (facts: ipn.md section 1 for legacy, captures.md section 4 for v2). */
const retryFor = { v1: 14 * DAY, v2: 3 * HOUR } as const;

/** What goes wrong on request. */
export interface Faults {
  /** So many of the next notifications are sent twice. */
  duplicate: number;
  /** So many of the next are never sent. */
  lose: number;
  /** Kept back until `release`. */
  hold: boolean;
}

export interface NotifierOptions extends Sender {
  url: URL | null;
  format: Format;
  readonly timeoutMs?: number;
}

/** Tells the merchant what changed, as often as Amazon would. */
export class Notifier {
  readonly faults: Faults = { duplicate: 0, lose: 0, hold: false };
  #sending: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(
    private readonly emulation: Emulation,
    private readonly signer: EnvelopeSigner,
    readonly options: NotifierOptions,
  ) {
    emulation.onCommit((posting, changes) => this.#plan(posting, changes));
    emulation.onDue((posting, timer) => this.#send(posting, timer));
    emulation.idle = () => this.#idle();
  }

  /** Ends the hold and sends what was kept back, in the order it happened or the other way round. */
  release(order: 'forward' | 'reverse' = 'forward'): void {
    this.faults.hold = false;
    this.emulation.post((posting) => {
      const held = [...posting.store.all('notifications')].filter(({ state }) => state === 'held');
      if (order === 'reverse') held.reverse();
      for (const row of held) {
        posting.store.put('notifications', { ...row, state: 'waiting' });
        schedule(posting, posting.now, SEND, row.id);
      }
    });
  }

  /** Nothing is sent from now on. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Everything that has been told, or will be. */
  list(): readonly OutgoingNotification[] {
    return [...this.emulation.store.all('notifications')];
  }

  /** Resolves when nothing is on its way: an answer may make more go out. */
  async #idle(): Promise<void> {
    for (let seen = null; seen !== this.#sending;) {
      seen = this.#sending;
      await seen;
    }
  }

  #plan(posting: Posting, changes: readonly Change[]): void {
    const { url, format } = this.options;
    if (this.#isStopped || (url === null && isEmpty(posting.store.all('targets')))) return;
    const { v1, v2 } = eventsOf(changes, format);
    for (const event of v1)
      for (const target of targetsOf(posting, event))
        this.#add(posting, 'v1', target, (id) => legacyMessage(posting, event, this.options, id));
    for (const event of v2) this.#add(posting, 'v2', null, (id) => v2Message(posting, event, this.options, id));
  }

  #add(posting: Posting, version: 'v1' | 'v2', target: string | null, make: (id: string) => Message): void {
    const { faults } = this;
    if (target === null && this.options.url === null) return;
    const isLost = faults.lose > 0;
    if (isLost) faults.lose -= 1;
    const state = isLost ? 'lost' : faults.hold ? 'held' : 'waiting';
    const row: OutgoingNotification = {
      id: posting.ids.uuid(),
      version,
      url: target,
      createdAt: posting.now,
      attempts: [],
      state,
      ...make(posting.ids.uuid()),
    };
    posting.store.put('notifications', row);
    if (state === 'waiting') schedule(posting, posting.now, SEND, row.id);
    if (state !== 'waiting' || faults.duplicate === 0) return;
    faults.duplicate -= 1;
    schedule(posting, posting.now, SEND, row.id);
  }

  #send({ store, now }: Posting, timer: Timer): void {
    const row = store.get('notifications', timer.target);
    const url = row?.url == null ? this.options.url : new URL(row.url);
    if (timer.event !== SEND || row === undefined || url === null || this.#isStopped) return;
    // One after the other: SNS keeps no order, and one that is kept makes tests repeatable.
    this.#sending = this.#sending.then(async () => {
      const status = await this.#post(url, row);
      this.emulation.post((posting) => record(posting, row.id, now, status));
    });
  }

  /** The status of the answer; 0: not in time; null: not reachable. */
  async #post(url: URL, { id, message }: OutgoingNotification): Promise<number | null> {
    try {
      const body = this.signer.sign(id, message);
      const answer = await postMessage(url, body, this.signer.headers(id), this.options.timeoutMs ?? TIMEOUT_MS);
      return answer.status;
    } catch (error) {
      return error instanceof Error && error.message.startsWith('no answer') ? 0 : null;
    }
  }
}

const isEmpty = (rows: Iterator<unknown>): boolean => rows.next().done === true;

/** What a merchant of legacy can ask for by name; it gets the rest when it asks for ALL (facts: ipn.md section 2). */
const eventTypes: Readonly<Partial<Record<Event['about'], string>>> = {
  authorization: 'PAYMENT_AUTHORIZE',
  capture: 'PAYMENT_CAPTURE',
  refund: 'PAYMENT_REFUND',
  dispute: 'CHARGEBACK_DETAILED',
};

/** Where a message of legacy goes: to what the merchant configured by its API, or where all go. */
function targetsOf({ store }: Posting, event: Event): readonly (string | null)[] {
  const targets = [...store.all('targets')];
  if (targets.length === 0) return [null];
  const isOrder = event.about === 'order' || event.about === 'attributes';
  const orderType = isOrder && event.row.type !== 'OneTime' ? 'BILLING_AGREEMENT' : 'ORDER_REFERENCE';
  const type = isOrder ? orderType : (eventTypes[event.about] ?? 'ALL');
  return targets.filter(({ eventTypes: types }) => types.includes('ALL') || types.includes(type)).map(({ id }) => id);
}

/** Whether Amazon tries again after an answer. After a 4xx, or when nobody listens, it never does. */
function isRetried(version: 'v1' | 'v2', status: number | null): boolean {
  if (status === null || (status >= 400 && status < 500)) return false;
  return version === 'v1' || status === 0 || status >= 500;
}

function record(posting: Posting, id: string, at: number, status: number | null): void {
  const row = posting.store.get('notifications', id);
  if (row === undefined) return;
  const attempts = [...row.attempts, { at, status: status === 0 ? null : status }];
  const isDelivered = status !== null && status >= 200 && status < 300;
  const isLast = !isRetried(row.version, status) || at + HOUR > row.createdAt + retryFor[row.version];
  const state = isDelivered || row.state === 'delivered' ? 'delivered' : isLast ? 'given up' : 'waiting';
  posting.store.put('notifications', { ...row, attempts, state });
  if (state === 'waiting') schedule(posting, at + HOUR, SEND, id);
}
