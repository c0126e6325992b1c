import { endpoints } from '../catalog/environments';
import { Clock } from './clock';
import { registerKeys, type Credentials } from './credentials';
import { Emulation } from './emulation';
import { createHandler, createV2Part, refuseV2, type LineFaults, type Part } from './handle-http';
import { createCheckoutPart } from './pages/checkout-pages';
import { createControlPart, type Control } from './pages/control';
import { createWidgetPart } from './pages/widget-endpoints';
import { createKeyUpgradePart, restoreUpgradedKeys } from './key-upgrade';
import { createLinksPart } from './links';
import { createMwsPart, environmentOf, refuseMws } from './mws/answer';
import { startHeartbeat } from './heartbeat';
import { IdSource } from './id-source';
import { inspectOrder, inspectSession, type InspectedOrder, type InspectedSession } from './inspect';
import { completeIdentity } from './identity';
import { Journal } from './journal';
import { Store } from './ledger/store';
import { createEnvelopeSigner, type EnvelopeSigner } from './notifications/envelope';
import { Notifier } from './notifications/notifier';
import type { EmulatorOptions } from './options';
import { People } from './people';
import { RequestLog, type LoggedRequest } from './request-log';
import { Listening } from './listening';
import { Throttle } from './throttle';
import { isV2Path } from './v2/answer';

export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/** The time of the emulator. */
export interface EmulatorClock {
  now(): Date;
  /** Moves the time on and lets happen what is due; resolves when it has happened and was told. */
  advance(duration: Duration): Promise<void>;
  moveTo(date: Date): Promise<void>;
}

/** A running emulator. */
export interface Emulator {
  readonly url: string;
  readonly httpsUrl: string | null;
  /** The certificate (PEM) that a client has to trust to use `httpsUrl`: put it into a file for NODE_EXTRA_CA_CERTS. */
  readonly certificateAuthority: string | null;
  readonly credentials: Credentials;
  readonly clock: EmulatorClock;
  /** The buyer, and Amazon itself. */
  readonly people: People;
  readonly throttle: Throttle;
  readonly notifications: Notifier;
  readonly faults: LineFaults;
  /** What a handler checks signatures with. */
  readonly topicArn: string;
  /** Resolves when everything that is due by now has happened, and every notification of it was answered. */
  settled(): Promise<void>;
  /** The last of them only, when a number is given. */
  orders(last?: number): readonly InspectedOrder[];
  order(id: string): InspectedOrder | null;
  sessions(last?: number): readonly InspectedSession[];
  requests(): readonly LoggedRequest[];
  close(): Promise<void>;
}

const regionDigits = { na: '01', eu: '02', jp: '03' } as const;

/** The hosts of Amazon too: a shop whose addresses cannot be changed reaches the emulator through its hosts file. */
const hostNames = [
  'localhost',
  ...endpoints.flatMap(({ legacy, v2 }) => [legacy, v2]),
  ...['na', 'eu', 'fe'].map((region) => `static-${region}.payments-amazon.com`),
  ...['us-east-1', 'eu-west-1', 'ap-northeast-1'].map((region) => `sns.${region}.amazonaws.com`),
];

/** Starts an emulator on 127.0.0.1. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const journal = options.data === undefined ? null : new Journal(options.data);
  const clock = new Clock(Date.now, options.frozenAt?.getTime() ?? null);
  const store = new Store((changes) => journal?.append(changes));
  journal?.open(store, clock);
  const emulation = new Emulation(store, clock, new IdSource(options.seed, journal?.start), {
    regionDigits: regionDigits[options.region ?? 'na'],
    decisionSeconds: options.decisionSeconds ?? 30,
    monthlyLimit: options.monthlyLimit ?? 500,
  });
  const identity = await completeIdentity(journal?.identity ?? {}, hostNames, Date.now());
  journal?.keepIdentity(identity);
  const { keys, accessKeys, credentials } = registerKeys(options, identity.merchant);
  const region = options.region ?? 'na';
  const { merchantId } = credentials;
  const signer = createEnvelopeSigner(region, merchantId, options.signatureVersion ?? '1', identity.sns, Date.now);
  const notifier = new Notifier(emulation, signer, {
    merchantId,
    region,
    url: options.notificationUrl === undefined ? null : new URL(options.notificationUrl),
    format: options.notificationFormat ?? 'matching',
  });
  const heartbeat = startHeartbeat(emulation);
  const throttle = new Throttle();
  throttle.isOn = options.throttling ?? true;
  const log = new RequestLog();
  const people = new People(emulation);
  const address = { url: '' };
  const line = { emulation, throttle, realTime: Date.now };
  const faults: LineFaults = { dropAnswers: 0, holdAnswers: 0 };
  restoreUpgradedKeys({ emulation, keys });
  const parts: Part[] = [
    createKeyUpgradePart({ emulation, accessKeys, keys, realTime: Date.now }),
    createV2Part({ ...line, keys, origin: () => address.url }, log),
    createMwsPart({ ...line, accessKeys, sellerId: options.merchantId ?? null, log }),
    createCheckoutPart({ emulation, people, keys }),
    createWidgetPart({ emulation, people, storeId: credentials.storeId }),
    createLinksPart(emulation),
    createCertificatePart(signer),
  ];
  const handler = createHandler({
    parts,
    kept: () => journal?.flush(),
    faults,
    isApi: (path) => isV2Path(path) || environmentOf(path) !== null,
    refuse: (path, because) => (environmentOf(path) === null ? refuseV2 : refuseMws)(because),
    timeoutMs: (options.requestSeconds ?? 20) * 1000,
  });
  const listening = new Listening(handler);
  const moveTo = async (date: Date): Promise<void> => {
    await emulation.moveTo(date.getTime());
    journal?.keepClock(clock.offset);
  };
  const close = async (): Promise<void> => {
    heartbeat.stop();
    notifier.stop();
    await listening.close();
    await emulation.idle();
    await journal?.close();
  };
  try {
    address.url = `http://127.0.0.1:${await listening.http(options.port ?? 0)}`;
    const { httpsPort = 0 } = options;
    const { tls } = identity;
    const httpsUrl = httpsPort === false ? null : `https://127.0.0.1:${await listening.https(httpsPort, tls.server)}`;
    const control: Control = {
      url: address.url,
      httpsUrl,
      certificateAuthority: httpsPort === false ? null : tls.authority,
      credentials,
      clock: {
        now: () => new Date(clock.now()),
        moveTo,
        advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) =>
          moveTo(new Date(clock.now() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)),
      },
      people,
      throttle,
      faults,
      notifications: notifier,
      topicArn: signer.topicArn,
      settled: () => moveTo(new Date(clock.now())),
      ...inspection(emulation),
      requests: () => log.list(),
    };
    parts.push(createControlPart(control));
    return { ...control, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the ledger holds, as of now. */
function inspection(emulation: Emulation): Pick<Emulator, 'orders' | 'order' | 'sessions'> {
  const { store } = emulation;
  return {
    orders: (last) => {
      emulation.settle();
      return store.last('orders', last).map((order) => inspectOrder(store, order));
    },
    order: (id) => {
      emulation.settle();
      const order = store.get('orders', id);
      return order === undefined ? null : inspectOrder(store, order);
    },
    sessions: (last) => {
      emulation.settle();
      return store.last('sessions', last).map(inspectSession);
    },
  };
}

/** The certificate that notifications are signed with, under its path on any host. */
function createCertificatePart({ certificate, certificateUrl }: EnvelopeSigner): Part {
  const { pathname } = new URL(certificateUrl);
  const reply = { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: certificate };
  return ({ path }) => (path === pathname ? reply : null);
}
