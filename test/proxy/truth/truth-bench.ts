import { generateKeyPairSync } from 'node:crypto';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator';
import { openAmazonReader, type AmazonReader } from '../../../src/amazon-pay/v2/amazon-reader';
import { silentObserver, type Observer, type Side } from '../../../src/proxy/observer';
import { orderKeyOf } from '../../../src/proxy/order-key';
import { acceptMessages } from '../../../src/proxy/store/accept-messages';
import type { Database, Row } from '../../../src/proxy/store/database';
import { JobQueue } from '../../../src/proxy/store/jobs';
import { amazonSettings, type AmazonSettings } from '../../../src/proxy/truth/settings';
import type { TruthParts } from '../../../src/proxy/truth/truth-parts';
import { TruthWorker } from '../../../src/proxy/truth/truth-worker';
import { createV2Client, prepareSession, usd, type Checkout, type V2Client } from '../../emulator/clients';
import { makeStore, TestClock, type TestStore } from '../stores';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

export interface Told {
  readonly kind: string;
  readonly objectId: string;
  readonly objectType?: string;
  readonly notificationType?: string;
  readonly orderKey?: string;
}

export const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** The truth part on a real store, with whatever answers at an address as Amazon. */
export class TruthBench {
  readonly clock = new TestClock();
  readonly events: (readonly [name: string, event: Readonly<Record<string, unknown>>])[] = [];
  readonly parts: TruthParts;
  readonly worker: TruthWorker;
  primary: Side = 'legacy';
  #messages = 0;

  constructor(
    readonly store: TestStore,
    readonly database: Database,
    readonly reader: AmazonReader,
    settings: AmazonSettings,
    readonly emulator: Emulator | null,
    clock?: TestClock,
  ) {
    if (clock !== undefined) this.clock = clock;
    const observer = Object.fromEntries(
      Object.keys(silentObserver).map((name) => [
        name,
        (event: Readonly<Record<string, unknown>>) => void this.events.push([name, event]),
      ]),
    ) as unknown as Observer;
    this.parts = {
      database,
      clock: this.clock,
      queue: new JobQueue(database, this.clock, 'one'),
      reader,
      observer,
      settings,
      settleMs: 5 * MINUTE,
      primaryOf: () => Promise.resolve(this.primary),
    };
    this.worker = new TruthWorker(this.parts);
  }

  /** A message comes in, and makes its job. */
  async tell({ kind, objectId, objectType = 'CHARGE', notificationType, orderKey }: Told): Promise<void> {
    this.#messages += 1;
    const order = orderKey ?? orderKeyOf(objectId);
    await acceptMessages(
      this.database,
      [
        {
          topicArn: 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2SELLER',
          messageId: `message-${this.#messages}`,
          kind: kind as 'v1' | 'v2',
          verdict: 'verified',
          quarantine: null,
          body: this.#envelope(),
          bodySha256: String(this.#messages),
          headers: {},
          notificationId: null,
          notificationType: notificationType ?? (kind === 'v1' ? 'PaymentCapture' : 'STATE_CHANGE'),
          objectType,
          objectId,
          orderKey: order,
          isSample: false,
        },
      ],
      this.clock.now(),
      (id, _, now) => {
        const subject = /^[A-Z]\d\d-/.test(objectId) ? objectId : String(order);
        const about = order === null ? {} : { orderKey: order };
        return [{ kind: 'truth', lane: `truth:${subject}`, subject, inboxId: id, ...about, runAt: now }];
      },
      this.database.dialect,
    );
  }

  /** What SNS publishes now. */
  #envelope(): Buffer {
    const topic = 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2SELLER';
    const signed = { SignatureVersion: '1', Signature: 'c2lnbmVk', SigningCertURL: 'https://sns.example/key.pem' };
    const MessageId = `22ea7f40-3a42-4f3c-a5f8-${String(this.#messages).padStart(12, '0')}`;
    const Timestamp = new Date(this.clock.now()).toISOString();
    return Buffer.from(
      JSON.stringify({ Type: 'Notification', MessageId, TopicArn: topic, Message: '{}', Timestamp, ...signed }),
    );
  }

  /** Works until nothing is due any more. */
  async work(): Promise<void> {
    while ((await this.worker.runOnce()) > 0);
  }

  /** Lets time pass for the proxy and for Amazon. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    await this.emulator?.clock.advance({ seconds: milliseconds / 1000 });
  }

  /** Has Amazon say of an object, from now on, that its status is otherwise than it is. */
  answer(objectId: string, status: Readonly<Record<string, unknown>>): void {
    const reader = this.reader as { read: AmazonReader['read'] };
    this.#read ??= reader.read.bind(reader);
    const read = this.#read;
    reader.read = async (type, id) => {
      const answer = await read(type, id);
      const body = answer.body as { readonly statusDetails: object };
      return id === objectId
        ? { ...answer, body: { ...body, statusDetails: { ...body.statusDetails, ...status } } }
        : answer;
    };
  }
  #read: AmazonReader['read'] | null = null;

  rows(sql: string): Promise<readonly Row[]> {
    return this.database.query(sql);
  }

  /** State and reason of the jobs about an object, in order. */
  async jobs(kind = 'truth'): Promise<readonly string[]> {
    const rows = await this.database.query(
      'SELECT subject, state, reason, run_at FROM job WHERE kind = $1 ORDER BY id',
      [kind],
    );
    return rows.map(({ subject, state, reason, run_at: runAt }) => {
      const due = state === 'ready' ? ` in ${(Number(runAt) - this.clock.now()) / SECOND} s` : '';
      return `${subject} ${state}${due} ${reason ?? ''}`.trim();
    });
  }

  eventsOf(name: keyof Observer): readonly Readonly<Record<string, unknown>>[] {
    return this.events.filter(([each]) => each === name).map(([, event]) => event);
  }

  /** GETs that reached the emulator since the last question. */
  #seen = 0;
  gets(): readonly string[] {
    const requests = (this.emulator?.requests() ?? []).filter(({ number }) => number > this.#seen);
    this.#seen = requests.at(-1)?.number ?? this.#seen;
    return requests.filter(({ method }) => method === 'GET').map(({ path }) => path.split('/').at(-1) ?? '');
  }

  async close(): Promise<void> {
    await this.reader.close();
    await this.emulator?.close();
    await this.store.remove();
  }
}

export function settingsFor(endpoint: string, change: Record<string, unknown> = {}): AmazonSettings {
  return amazonSettings.parse({ publicKeyId: 'SANDBOX-KEY', privateKey, region: 'na', endpoint, ...change });
}

export async function openBench(
  driver: 'sqlite' | 'postgres',
  settings: AmazonSettings,
  emulator: Emulator | null = null,
  clock?: TestClock,
): Promise<TruthBench> {
  const store = makeStore(driver);
  const database = await store.open();
  const { publicKeyId, privateKey: key, region, algorithm, endpoint } = settings;
  const reader = await openAmazonReader(
    { publicKeyId, privateKey: key, region, algorithm },
    { timeoutMs: 2000, ...(endpoint === undefined ? {} : { endpoint }) },
  );
  return new TruthBench(store, database, reader, settings, emulator, clock);
}

/** With the emulator as Amazon, whose clock stands where that of the proxy does. */
export async function openEmulatorBench(
  driver: 'sqlite' | 'postgres',
  options: EmulatorOptions = {},
  change: Record<string, unknown> = {},
): Promise<{ readonly bench: TruthBench; readonly shop: V2Client }> {
  const clock = new TestClock();
  const emulator = await startEmulator({ frozenAt: new Date(clock.now()), throttling: false, ...options });
  const { publicKeyId, privateKey: key } = emulator.credentials;
  const settings = settingsFor(emulator.url, { publicKeyId, privateKey: key, quotaShare: 1, ...change });
  const bench = await openBench(driver, settings, emulator, clock);
  return { bench, shop: createV2Client(emulator) };
}

/** A buyer pays. Returns the ids of the permission and the charge. */
export async function pay(
  emulator: Emulator,
  shop: V2Client,
  checkout: Checkout = {},
): Promise<{ readonly permissionId: string; readonly chargeId: string }> {
  const session = await prepareSession(emulator, shop, checkout);
  const { data } = await shop['completeCheckoutSession']!(session, { chargeAmount: usd(checkout.amount ?? '94.50') });
  return { permissionId: data.chargePermissionId as string, chargeId: data.chargeId as string };
}
