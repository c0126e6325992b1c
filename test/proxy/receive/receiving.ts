import { request, type IncomingHttpHeaders } from 'node:http';
import { createSnsVerifier } from '../../../src/amazon-pay/sns-verifier';
import { silentObserver, type Observer } from '../../../src/proxy/observer';
import { planJobs } from '../../../src/proxy/receive/plan-jobs';
import { receiveSettings } from '../../../src/proxy/receive/settings';
import { startReceiving, type Receiving } from '../../../src/proxy/receive/start-receiving';
import { verifyPending } from '../../../src/proxy/receive/verify-pending';
import type { Database, Row } from '../../../src/proxy/store/database';
import { JobQueue } from '../../../src/proxy/store/jobs';
import { StoreHealth } from '../../../src/proxy/store-health';
import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { makeStore, TestClock, type TestStore } from '../stores';
import { certificateOf, TOPIC } from './messages';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

export interface PostOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** POSTs as SNS does, unless `options` say otherwise. */
export function post(url: string, body: string | Buffer | object, options: PostOptions = {}): Promise<Reply> {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const headers = { 'content-type': 'text/plain; charset=UTF-8', ...options.headers };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: options.method ?? 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: text.trim(), headers: response.headers }),
      );
    });
    outgoing.on('error', reject).end(bytes);
  });
}

/** A receiver with a real store, and a stand-in for the host of the certificates of SNS. */
export class TestReceiver {
  readonly clock = new TestClock(Date.now());
  /** The same, unless a test takes them apart. */
  machineClock: TestClock = this.clock;
  observer: Observer = silentObserver;
  /** What was told of messages that came. */
  readonly told: Parameters<Observer['received']>[0][] = [];
  receiving!: Receiving;

  private constructor(
    readonly store: TestStore,
    readonly amazon: CertificateServer,
    readonly database: Database,
  ) {}

  static async start(driver: 'sqlite' | 'postgres', settings: object = {}): Promise<TestReceiver> {
    const store = makeStore(driver);
    const amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
    const started = new TestReceiver(store, amazon, await store.open());
    await started.open(settings);
    return started;
  }

  /** Opens the port, or opens it again with other settings. */
  async open(settings: object = {}): Promise<void> {
    await this.receiving?.stop(1000);
    this.receiving = await startReceiving({
      settings: receiveSettings.parse({ port: 0, topics: [TOPIC], ...settings }),
      database: this.database,
      queue: new JobQueue(this.database, this.clock, 'receiver'),
      clock: this.clock,
      machineClock: this.machineClock,
      observer: { ...this.observer, received: (event) => void this.told.push(event) },
      onWork: () => undefined,
      health: new StoreHealth(this.database, this.clock, this.observer, () => undefined),
      agent: this.amazon.agent,
    });
  }

  forgetRequests(): void {
    (this.amazon.requests as string[]).length = 0;
  }

  post(body: string | Buffer | object, options?: PostOptions): Promise<Reply> {
    return post(this.receiving.url, body, options);
  }

  /** Stored messages, oldest first. */
  messages(): Promise<readonly Row[]> {
    return this.database.query('SELECT * FROM inbox ORDER BY id');
  }

  jobs(): Promise<readonly Row[]> {
    return this.database.query(
      `SELECT kind, lane, subject, order_key, idempotency_key, state FROM job WHERE state = 'ready' ORDER BY id`,
    );
  }

  /** Does what the worker does when the time has come, with a verifier that has fetched nothing yet. */
  async verifyAll(): Promise<void> {
    const { database, clock, machineClock, observer } = this;
    const certificates = new Set<string>();
    const onCertificate = (url: string): void => void certificates.add(url);
    const now = (): Date => new Date(clock.now());
    const parts = {
      ...{ database, clock, machineClock, observer, certificates, planJobs, maxAgeDays: 15, topics: [TOPIC] },
      queue: new JobQueue(database, clock, 'later'),
      verifier: createSnsVerifier({ topics: [TOPIC], agent: this.amazon.agent, now, onCertificate }),
    };
    while ((await verifyPending(parts)) === 0);
  }

  async remove(): Promise<void> {
    await this.receiving.stop(1000);
    await this.amazon.close();
    await this.store.remove();
  }
}
