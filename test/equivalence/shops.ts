import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Emulator } from '../../src/emulator';
import { runEngine } from '../../src/engine/engine';
import { writeChanges } from '../../src/workspace/write-changes';

export type Order = Readonly<Record<string, unknown>>;
export type Said = { readonly order: Order } | { readonly error: string };

const root = resolve(__dirname, '../..');

/** Where a shop is, and what makes it do things. */
export interface Source {
  readonly folder: string;
  readonly driver: string;
}
const BUNDLED: Source = { folder: 'fixtures/shop', driver: 'shop-driver.cjs' };

/** A copy of a shop, as it is or migrated, in a process that does what it is asked. */
export class Shop {
  readonly #folder: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  #errors = '';

  private constructor(folder: string, driver: string, environment: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#child = spawn(
      process.execPath,
      ['--require', join(root, 'dist/src/emulator/redirect.js'), join(__dirname, driver)],
      { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...environment } },
    );
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#lines = createInterface({ input: this.#child.stdout });
  }

  /** The shop that is bundled with the package. `migrated`: after `migrate --write`. */
  static async start(emulator: Emulator, migrated: boolean, source: Source = BUNDLED): Promise<Shop> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'equivalence-')));
    cpSync(join(root, source.folder), folder, { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    if (migrated) {
      const { changes } = await runEngine({
        root: folder,
        command: 'migrate',
        strategy: 'instead',
        only: [],
        skip: [],
        include: [],
        toolVersion: '0.0.0',
      });
      await writeChanges(folder, changes);
    }
    const authority = join(folder, '.authority.pem');
    writeFileSync(authority, emulator.certificateAuthority ?? '');
    const { credentials } = emulator;
    return new Shop(folder, source.driver, {
      AMAZON_PAY_EMULATOR: new URL(emulator.httpsUrl ?? '').host,
      NODE_EXTRA_CA_CERTS: authority,
      AMAZON_SELLER_ID: credentials.merchantId,
      LWA_CLIENT_ID: credentials.storeId,
      MWS_ACCESS_KEY: credentials.mwsAccessKey,
      MWS_SECRET_KEY: credentials.mwsSecretKey,
      AMAZON_PAY_PUBLIC_KEY_ID: credentials.publicKeyId,
      AMAZON_PAY_PRIVATE_KEY: credentials.privateKey ?? '',
    });
  }

  ask(action: string, order: Order, details: object = {}): Promise<Said> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`The shop ended with ${code}: ${this.#errors}`));
      this.#child.once('exit', onExit);
      this.#lines.once('line', (line) => {
        this.#child.off('exit', onExit);
        resolve(JSON.parse(line) as Said);
      });
      this.#child.stdin.write(`${JSON.stringify({ action, order, details })}\n`);
    });
  }

  /** Kills the shop amid what it does, as a machine that fails would. */
  async kill(): Promise<void> {
    this.#child.removeAllListeners('exit');
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await exited;
  }

  stop(): void {
    this.#child.removeAllListeners('exit');
    this.#child.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
