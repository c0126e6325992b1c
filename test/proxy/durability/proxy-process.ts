import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoreSettings } from '../../../src/proxy/store/settings';
import type { CertificateServer } from '../../amazon-pay/certificate-server';
import { envelope, ORDER, TOPIC, v1Message, v2Message } from '../receive/messages';
import { post } from '../receive/receiving';

export interface ProxyProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly adminUrl: string;
  /** How it ended. */
  readonly end: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Resolves when so many messages were verified after they were answered. */
  verified(messages: number): Promise<void>;
  /** What it said on stderr by now. */
  said(): string;
}

/** Starts a proxy in a process of its own. Rejects with what it said when it ends before it listens. */
export async function startProxyProcess(
  store: StoreSettings,
  amazon: CertificateServer,
  environment: Readonly<Record<string, string>> = {},
  receive: object = {},
): Promise<ProxyProcess> {
  const settings = {
    store,
    receive: { topics: [TOPIC], port: 0, ...receive },
    operate: { admin: { port: 0 } },
  };
  const { port, certificate } = amazon;
  const script = join(__dirname, 'run-proxy.cjs');
  const child = spawn(process.execPath, [script, JSON.stringify({ settings, amazon: { port, certificate } })], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const end = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = await new Promise<string>((resolve, reject) => {
    // Where it ends before it says anything, `end` tells why.
    void lines.next().then(({ value, done }) => (done === true ? undefined : resolve(String(value))));
    void end.then(({ code, signal }) => reject(new Error(`it ended (${code ?? signal}): ${said}`)));
  });
  const { url, adminUrl } = JSON.parse(line) as { url: string; adminUrl: string };
  const verified = async (messages: number): Promise<void> => {
    for (let seen = 0; seen < messages; seen += 1) await lines.next();
  };
  return { child, url, adminUrl, end, verified, said: () => said };
}

/** A message, and what became of it at the sender. */
export interface Sent {
  readonly id: string;
  readonly body: string;
  readonly sha256: string;
  /** Null: no answer. */
  status: number | null;
}

/** Messages of both versions and many orders, which no two have in common. */
export function makeMessages(count: number): Sent[] {
  return Array.from({ length: count }, (_, index) => {
    const order = ORDER.replace(/\d{7}$/, String(index).padStart(7, '0'));
    const Message = (index % 2 === 0 ? v1Message() : v2Message()).replaceAll(ORDER, order);
    const message = envelope({ Message, SignatureVersion: index % 3 === 0 ? '2' : '1' });
    const body = JSON.stringify(message);
    return { id: message.MessageId, body, sha256: createHash('sha256').update(body).digest('hex'), status: null };
  });
}

/** POSTs messages, so many at a time, and writes down how each was answered. Goes on whatever the answers are. */
export async function send(url: string, messages: readonly Sent[], atOnce = 16): Promise<void> {
  const waiting = [...messages];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      next.status = await post(url, next.body).then(
        ({ status }) => status,
        () => null,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** How often each answer came: `{ 200: 120, none: 3 }`. */
export function countByStatus(messages: readonly Sent[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of messages) counts[status ?? 'none'] = (counts[status ?? 'none'] ?? 0) + 1;
  return counts;
}

/** Sends again what was not taken, as Amazon does, until all of it is. */
export async function sendUntilTaken(url: string, messages: readonly Sent[]): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const waiting = messages.filter(({ status }) => status !== 200);
    if (waiting.length === 0) return;
    await send(url, waiting);
  }
  throw new Error(`Still not taken: ${JSON.stringify(countByStatus(messages))}`);
}
