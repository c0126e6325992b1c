import { createServer } from 'node:net';
import type { Agent } from 'node:https';
import { request } from 'node:https';
import { snsHost } from '../../../transforms/sns/check-origin';
import { openDatabase } from '../store/open-database';
import { probeStore } from '../store/probe';
import type { ProxySettings } from './settings';

/** One thing that was tried. */
export interface CheckResult {
  readonly what: string;
  readonly isWell: boolean;
  /** What was found, or what is wrong and what to do. */
  readonly said: string;
}

type Check = readonly [what: string, find: () => Promise<string>];

const TIMEOUT_MS = 5000;

async function checkStore({ store }: ProxySettings): Promise<string> {
  const database = await openDatabase(store);
  try {
    await probeStore(database, Date.now());
    return Object.entries(database.facts)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  } finally {
    await database.close();
  }
}

/** Whether a port can be listened on; what runs there already would be found by the start only. */
function checkPort(option: string, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`${host}:${port} cannot be used (${error.code}). Set ${option} to another.`)),
    );
    server.listen(port, host, () => server.close(() => resolve(port === 0 ? 'the system chooses one' : 'free')));
  });
}

/** Any answer will do: what matters is that the host is reached, by TLS with its own certificate. */
function checkCertificateHost(host: string, agent: Agent | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(
        new Error(
          `${reason}. Signatures cannot be checked without it, and messages would wait. Allow https to ${host}.`,
        ),
      );
    const asking = request(
      { host, method: 'HEAD', path: '/', ...(agent === undefined ? {} : { agent }) },
      (response) => {
        response.resume();
        resolve(`answers (${response.statusCode})`);
      },
    );
    asking.setTimeout(TIMEOUT_MS, () => asking.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    asking.on('error', (error) => fail(error.message)).end();
  });
}

function checksOf(settings: ProxySettings, agent: Agent | undefined): readonly Check[] {
  const { receive, operate } = settings;
  const hosts = new Set(receive.topics.map(snsHost));
  return [
    [`store (${settings.store.driver})`, () => checkStore(settings)],
    ['public port', () => checkPort('receive.port', receive.host, receive.port)],
    ['admin port', () => checkPort('operate.admin.port', operate.admin.host, operate.admin.port)],
    ...[...hosts].map((host): Check => [`certificates of ${host}`, () => checkCertificateHost(host, agent)]),
  ];
}

/** Tries what the settings name, one after the other. Sends no message, and writes one row into the store. */
export async function* checkSettings(settings: ProxySettings, agent?: Agent): AsyncGenerator<CheckResult> {
  for (const [what, find] of checksOf(settings, agent)) {
    yield await find().then(
      (said) => ({ what, isWell: true, said }),
      (error: Error) => ({ what, isWell: false, said: error.message }),
    );
  }
}
