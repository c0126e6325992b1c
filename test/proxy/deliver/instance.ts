import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { z } from 'zod';
import type { deliverSettings } from '../../../src/proxy/deliver/settings';
import type { StoreSettings } from '../../../src/proxy/store/open-database';
import { secrets } from './deliver-settings';
import type { TestHandler } from './handler';

export interface InstanceOptions {
  readonly store: StoreSettings;
  readonly legacy: TestHandler;
  readonly migrated: TestHandler;
  readonly owner?: string;
  readonly failPoint?: string;
  readonly settings?: Partial<z.input<typeof deliverSettings>>;
}

export const CONCURRENCY = 4;
/** Short enough for a test to wait for it, and longer than an exchange. */
export const LEASE_MS = 3000;

export interface Instance {
  readonly process: ChildProcess;
  /** Resolves when it has ended: to the signal that ended it, or its exit code. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
  /** What it complained of. */
  readonly errors: string[];
}

/** Starts an instance in a process of its own, from the compiled files. */
export function startInstance({
  store,
  legacy,
  migrated,
  owner = 'one',
  failPoint,
  settings,
}: InstanceOptions): Instance {
  const target = { concurrency: CONCURRENCY, timeoutMs: 2000 };
  const given = {
    legacy: { url: legacy.url, secret: secrets.legacy, ...target },
    migrated: { url: migrated.url, dryRunUrl: migrated.url, secret: secrets.migrated, ...target },
    leaseMs: LEASE_MS,
    pollMs: 50,
    retry: { baseMs: 20, maxMs: 100 },
    ...settings,
  };
  const child = spawn(process.execPath, [join(__dirname, 'deliver-process.cjs')], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      DELIVER: JSON.stringify({ store, owner, settings: given }),
      ...(failPoint === undefined ? {} : { AMAZON_PAY_PROXY_FAIL_POINT: failPoint }),
    },
  });
  const errors: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const ended = new Promise<NodeJS.Signals | number | null>((resolve, reject) =>
    child.once('close', (code, signal) =>
      code === 1 ? reject(new Error(`The instance failed: ${errors.join('')}`)) : resolve(signal ?? code),
    ),
  );
  // Awaited or not: what a test does not wait for is no failure of another.
  ended.catch(() => undefined);
  return { process: child, ended, errors };
}
