import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createTlsIdentity } from '../amazon-pay/certificates';
import { endpoints } from '../catalog/environments';
import { Clock } from './clock';
import { registerKeys, type Credentials } from './credentials';
import { Emulation } from './emulation';
import { createHandler, createV2Part, refuseLargeV2, type Part } from './handle-http';
import { createMwsPart, environmentOf, refuseLargeMws } from './mws/answer';
import { startHeartbeat } from './heartbeat';
import { IdSource } from './id-source';
import { inspectOrder, inspectSession, type InspectedOrder, type InspectedSession } from './inspect';
import { Journal } from './journal';
import { Store } from './ledger/store';
import { createEnvelopeSigner } from './notifications/envelope';
import { Notifier } from './notifications/notifier';
import type { EmulatorOptions } from './options';
import { People } from './people';
import { RequestLog, type LoggedRequest } from './request-log';
import { Throttle } from './throttle';

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
  /** What a handler checks signatures with. */
  readonly topicArn: string;
  /** Resolves when everything that is due by now has happened, and every notification of it was answered. */
  settled(): Promise<void>;
  orders(): readonly InspectedOrder[];
  order(id: string): InspectedOrder | null;
  sessions(): readonly InspectedSession[];
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
  const emulation = new Emulation(store, clock, new IdSource(options.seed), {
    regionDigits: regionDigits[options.region ?? 'na'],
    decisionSeconds: options.decisionSeconds ?? 30,
    monthlyLimit: options.monthlyLimit ?? 500,
  });
  const registered = registerKeys(options);
  const region = options.region ?? 'na';
  const { merchantId } = registered.credentials;
  const signer = await createEnvelopeSigner(region, merchantId, options.signatureVersion ?? '1', Date.now);
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
  let url = '';
  const v2 = createV2Part({ emulation, keys: registered.keys, throttle, realTime: Date.now, origin: () => url }, log);
  const mws = createMwsPart({
    emulation,
    accessKeys: registered.accessKeys,
    sellerId: options.merchantId ?? null,
    throttle,
    realTime: Date.now,
    log,
  });
  const certificate: Part = ({ path }) =>
    path === new URL(signer.certificateUrl).pathname
      ? { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: signer.certificate }
      : null;
  const handler = createHandler({
    parts: [v2, mws, certificate],
    refuseLarge: (path) => (environmentOf(path) === null ? refuseLargeV2() : refuseLargeMws()),
  });
  const servers: Server[] = [];
  const listen = async (server: Server, port: number): Promise<number> => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };
  const close = async (): Promise<void> => {
    heartbeat.stop();
    notifier.options.url = null;
    await emulation.idle();
    await Promise.all(
      servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      ),
    );
    journal?.close();
  };
  try {
    url = `http://127.0.0.1:${await listen(createHttpServer(handler), options.port ?? 0)}`;
    const tls =
      options.httpsPort === false ? null : await createTlsIdentity(hostNames, ['127.0.0.1', '::1'], new Date());
    const httpsPort =
      tls === null
        ? null
        : await listen(
            createHttpsServer({ key: tls.server.key, cert: tls.server.certificate }, handler),
            options.httpsPort || 0,
          );
    const moveTo = async (date: Date): Promise<void> => {
      await emulation.moveTo(date.getTime());
      journal?.keepClock(clock.offset);
    };
    return {
      url,
      httpsUrl: httpsPort === null ? null : `https://127.0.0.1:${httpsPort}`,
      certificateAuthority: tls?.authority ?? null,
      credentials: registered.credentials,
      clock: {
        now: () => new Date(clock.now()),
        moveTo,
        advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) =>
          moveTo(new Date(clock.now() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)),
      },
      people: new People(emulation),
      throttle,
      notifications: notifier,
      topicArn: signer.topicArn,
      settled: () => moveTo(new Date(clock.now())),
      orders: () => {
        emulation.settle();
        return [...store.all('orders')].map((order) => inspectOrder(store, order));
      },
      order: (id) => {
        emulation.settle();
        const order = store.get('orders', id);
        return order === undefined ? null : inspectOrder(store, order);
      },
      sessions: () => {
        emulation.settle();
        return [...store.all('sessions')].map(inspectSession);
      },
      requests: () => log.list(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
