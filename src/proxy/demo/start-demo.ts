import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { startEmulator, type Emulator } from '../../emulator/start-emulator';
import { proxySettings, type ProxySettings } from '../configuration/settings';
import type { Mode } from '../modes/mode';
import { silentObserver, type Observer } from '../observer';
import { startProxy, type Proxy } from '../proxy';
import { startSampleHandlers, type SampleHandlers } from './sample-handlers';
import { openSampleShop } from './sample-shop';
import { startTraffic } from './traffic';

export interface Demo {
  readonly proxy: Proxy;
  readonly emulatorUrl: string;
  readonly folder: string;
  /** Ends everything, and leaves nothing behind. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** Called with what happened, in a sentence: each kind of thing once, the first time. */
  readonly tell: (sentence: string) => void;
  readonly paceMs?: number;
}

const PACE_MS = 1500;

/** Connects to the emulator whatever host is asked for; the name in its certificate is still checked. */
function agentTo({ httpsUrl, certificateAuthority }: Emulator): Agent {
  const port = Number(new URL(httpsUrl ?? '').port);
  class EmulatorAgent extends Agent {
    override createConnection(options: ConnectionOptions): ReturnType<typeof connect> {
      return connect({ ...options, host: '127.0.0.1', port, ca: certificateAuthority ?? '' });
    }
  }
  return new EmulatorAgent();
}

/** As a shop would have it, but for its times: a demo has no five minutes. */
function settingsOf(folder: string, emulator: Emulator, handlers: SampleHandlers): ProxySettings {
  const { publicKeyId, privateKey } = emulator.credentials;
  const secret = randomBytes(32).toString('hex');
  return proxySettings.parse({
    store: { driver: 'sqlite', path: join(folder, 'proxy.db') },
    receive: { topics: [emulator.topicArn], port: 0 },
    deliver: {
      legacy: { url: handlers.legacyUrl, secret },
      migrated: { url: handlers.migratedUrl, dryRunUrl: handlers.dryRunUrl, secret },
      retry: { refusedMs: [500, 1000] },
      settleMs: 2000,
    },
    amazon: { publicKeyId, privateKey, region: 'na', endpoint: emulator.url, quotaShare: 1 },
    compare: { resampleForMs: 4000, resampleEveryMs: 1000, gate: { orders: 20, agreement: 0.8 } },
    operate: { admin: { port: 0 } },
  });
}

/** Tells of the first of each kind of thing, and where to look at it. */
function tellFirsts(tell: DemoOptions['tell'], on: { difference(): void }): Observer {
  const told = new Set<string>();
  const once = (kind: string, sentence: string): void => {
    if (told.has(kind)) return;
    told.add(kind);
    tell(sentence);
  };
  return {
    ...silentObserver,
    delivered: ({ side, role }) =>
      once(`delivered ${side} ${role}`, `A message was delivered to the ${side} handler (${role}). See: Messages`),
    dead: () =>
      once('dead', 'The legacy handler refuses a message, and it was given up: a dead letter. See: Dead letters'),
    compared: ({ verdict, orderKey, atFault }) => {
      if (verdict === 'match') once('match', `Both handlers and Amazon agree about ${orderKey}. See: Orders`);
      if (verdict !== 'mismatch') return;
      once('mismatch', `A difference was found in ${orderKey}; at fault: ${atFault}. See: Differences`);
      on.difference();
    },
    modeChanged: ({ from, to }) => tell(`The mode was changed from ${from} to ${to}. See: Changes`),
  };
}

async function changeMode({ adminUrl, adminToken }: Proxy, mode: Mode, why: string): Promise<void> {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ mode, who: 'demo', why });
  await fetch(`${adminUrl}/api/mode`, { method: 'POST', headers, body });
}

/** Starts a local Amazon Pay, two sample handlers, the proxy in front of them, and buyers who keep buying. */
export async function startDemo({ tell, paceMs = PACE_MS }: DemoOptions): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'amazon-pay-proxy-demo-'));
  const endings: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const emulator = await startEmulator({ throttling: false, decisionSeconds: 1 });
    endings.push(() => emulator.close());
    const handlers = await startSampleHandlers(emulator);
    endings.push(() => handlers.close());
    const agent = agentTo(emulator);
    endings.push(() => agent.destroy());
    const fail = (error: unknown): void => tell(`Something of the demo failed: ${String(error)}`);
    const switchOver = (): void => void changeMode(proxy, 'parallel', 'the next step of a migration').catch(fail);
    let isSwitched = false;
    const observer = tellFirsts(tell, {
      difference: () => {
        if (!isSwitched) switchOver();
        isSwitched = true;
      },
    });
    const proxy = await startProxy(settingsOf(folder, emulator, handlers), { agent, observer });
    endings.push(() => proxy.stop());
    await changeMode(proxy, 'shadow', 'try the migrated handler without effect');
    emulator.notifications.options.url = new URL(proxy.url);
    const traffic = startTraffic(await openSampleShop(emulator), handlers, paceMs, fail);
    endings.push(() => traffic.stop());
    return { proxy, emulatorUrl: emulator.url, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
