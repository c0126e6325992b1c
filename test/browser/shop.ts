import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type AddressInfo } from 'node:net';
import { runEngine } from '../../src/engine/engine';
import { writeChanges } from '../../src/workspace/write-changes';

const original = join(__dirname, '../../fixtures/browser-shop');

/** A copy of the legacy shop. */
export function copyShop(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'browser-shop-')));
  cpSync(original, folder, { recursive: true });
  symlinkSync(join(__dirname, '../../node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** `migrate --write --scaffold`, and then what only the merchant can do. */
export async function migrateShop(root: string): Promise<void> {
  const options = { strategy: 'instead', only: [], skip: [], include: [], toolVersion: '0.0.0' } as const;
  const { changes } = await runEngine({ root, command: 'migrate', scaffold: true, ...options });
  await writeChanges(root, changes);
  writeFileSync(join(root, 'amazon-pay/orders.js'), readFileSync(join(__dirname, 'filled-orders.js')));
  settleConfirmation(join(root, 'lib/checkout.js'));
}

/** The decision that the TODO at confirmOrderReference names: /amazon-pay/checkout and /amazon-pay/result do this now. */
function settleConfirmation(path: string): void {
  const text = readFileSync(path, 'utf8');
  const settled = text.replace(
    / {2}await setOrderReferenceDetails\([\s\S]*? {2}await confirmOrderReference\(.*\);\n/,
    '',
  );
  if (settled === text) throw new Error('lib/checkout.js is not what a migrated shop looks like');
  writeFileSync(path, settled);
}

export interface RunningShop {
  readonly address: string;
  stop(): void;
}

/** Starts the shop as a process of its own, with Amazon on loopback. */
export async function startShop(root: string, amazon: string, privateKey: string): Promise<RunningShop> {
  const port = await findPort();
  const address = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['--require', join(__dirname, 'redirect-amazon.cjs'), 'server.js'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      AMAZON_STAND_IN: amazon,
      AMAZON_SELLER_ID: 'A1LAMPS',
      LWA_CLIENT_ID: 'C',
      MWS_ACCESS_KEY: 'A',
      MWS_SECRET_KEY: 'B',
      AMAZON_PAY_PUBLIC_KEY_ID: 'SANDBOX-KEY',
      AMAZON_PAY_PRIVATE_KEY: privateKey,
      AMAZON_PAY_MERCHANT_ID: 'A1LAMPS',
      AMAZON_PAY_STORE_ID: 'amzn1.application-oa2-client.lamps',
      AMAZON_PAY_SHOP_URL: address,
    },
  });
  await isListening(child);
  return { address, stop: () => child.kill() };
}

/** AMAZON_PAY_SHOP_URL has to be known before the shop listens. */
function findPort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function isListening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The shop ended with ${code}`)));
    if (child.stdout !== null) createInterface(child.stdout).once('line', () => resolve());
  });
}

export const removeShop = (root: string): void => rmSync(root, { recursive: true, force: true });
