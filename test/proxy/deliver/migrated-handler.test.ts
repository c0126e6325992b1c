import { fork, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codemod } from '../../../codemods/node-client';
import { startEmulator, type Emulator } from '../../../src/emulator';
import { systemClock } from '../../../src/proxy/clock';
import { createDelivery, type Deliveries } from '../../../src/proxy/deliver/start-delivery';
import { changeMode } from '../../../src/proxy/modes/change-mode';
import { CurrentMode } from '../../../src/proxy/modes/current-mode';
import { silentObserver } from '../../../src/proxy/observer';
import { receiveSettings } from '../../../src/proxy/receive/settings';
import { startReceiving, type Receiving } from '../../../src/proxy/receive/start-receiving';
import { StoreHealth } from '../../../src/proxy/store-health';
import type { Database } from '../../../src/proxy/store/database';
import { JobQueue } from '../../../src/proxy/store/jobs';
import { migrateTexts, readTree } from '../../codemods/run-codemod';
import {
  authorize,
  confirmOrder,
  createLegacyClient,
  createV2Client,
  prepareSession,
  usd,
} from '../../emulator/clients';
import { agentTo, startHandler, type Handler } from '../../emulator/handler';
import { makeProject, type Project } from '../../stand-in/project';
import { openGate } from '../modes/gates';
import { post } from '../receive/receiving';
import { makeStore, type TestStore } from '../stores';
import { settingsFor } from './deliver-settings';
import { TestHandler } from './handler';

/**
 * The whole way: the emulator is Amazon, its messages are received and verified, and a handler of a shop that this toolkit has
 * migrated gets them and GETs the truth. `amazon` collects what the emulator posts, so that it can be started before the proxy.
 */
const root = join(__dirname, '../../..');
let store: TestStore;
let database: Database;
let amazon: Handler;
let emulator: Emulator;
let receiving: Receiving;
let legacy: TestHandler;
let shop: ChildProcess;
let project: Project;
let port: number;
beforeEach(async () => {
  store = makeStore('sqlite');
  database = await store.open();
  amazon = await startHandler();
  emulator = await startEmulator({ throttling: false, notificationUrl: amazon.url });
  legacy = await new TestHandler().start();
  receiving = await startReceiving({
    settings: receiveSettings.parse({ port: 0, topics: [emulator.topicArn] }),
    database,
    queue: new JobQueue(database, systemClock, 'one'),
    clock: systemClock,
    machineClock: systemClock,
    observer: silentObserver,
    onWork: () => undefined,
    health: new StoreHealth(database, systemClock, silentObserver, () => undefined),
    agent: agentTo(emulator),
  });
});
afterEach(async () => {
  shop.kill('SIGKILL');
  await receiving.stop(1000);
  await Promise.all([emulator.close(), amazon.close(), legacy.close()]);
  await store.remove();
  project.remove();
});

/** Migrates a shop of the fixtures and runs it, with the hosts of Amazon redirected to the emulator. */
async function runMigrated(fixture: string): Promise<void> {
  const input = readTree(join(root, 'fixtures/codemods/ipn-handler', fixture, 'input'));
  const { files } = await migrateTexts(codemod, input, 'instead');
  project = makeProject(Object.fromEntries(files));
  const authority = join(project.directory, 'authority.pem');
  writeFileSync(authority, emulator.certificateAuthority ?? '');
  shop = fork(join(__dirname, 'serve-shop.cjs'), [], {
    cwd: project.directory,
    execArgv: ['--require', join(root, 'dist/src/emulator/redirect.js')],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      NODE_EXTRA_CA_CERTS: authority,
      AMAZON_PAY_EMULATOR: new URL(emulator.httpsUrl ?? '').host,
      AMAZON_PAY_PUBLIC_KEY_ID: emulator.credentials.publicKeyId,
      AMAZON_PAY_PRIVATE_KEY: emulator.credentials.privateKey ?? '',
    },
  });
  port = await new Promise((resolve) => shop.once('message', (message) => resolve(Number(message))));
}

async function cutOver(v1Messages: 'as-v2' | 'as-received'): Promise<Deliveries> {
  const modes = new CurrentMode(database, systemClock);
  await changeMode(
    { database, clock: systemClock, modes, observer: silentObserver, readGate: openGate },
    { to: 'cutover', who: 'ann', why: 'test' },
  );
  return createDelivery({
    database,
    clock: systemClock,
    queue: new JobQueue(database, systemClock, 'one'),
    modes,
    settings: settingsFor(legacy.url, `http://127.0.0.1:${port}/ipn`, { migrated: { v1Messages } }),
    observer: silentObserver,
    readOutcome: () => Promise.resolve(),
  });
}

/** An order of legacy and one of v2, both paid; returns the ids of the charges. */
async function sell(): Promise<{ readonly v1: string; readonly v2: string }> {
  const old = createLegacyClient(emulator);
  const order = await confirmOrder(emulator, old);
  const { AmazonAuthorizationId } = (await authorize(old, order, { CaptureNow: true })).AuthorizationDetails;
  const client = createV2Client(emulator);
  const session = await prepareSession(emulator, client, { intent: 'AuthorizeWithCapture' });
  const { data } = await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
  await emulator.settled();
  for (const { body } of amazon.received.splice(0)) expect((await post(receiving.url, body)).status).toBe(200);
  return { v1: String(AmazonAuthorizationId).replace('-A', '-C'), v2: String(data.chargeId) };
}

const orders = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/orders`)).json();
const ends = async (): Promise<readonly string[]> => {
  const rows = await database.query(
    `SELECT inbox.kind AS kind, state, reason FROM job JOIN inbox ON inbox.id = inbox_id
     WHERE job.kind = 'deliver-migrated' ORDER BY job.id`,
  );
  return rows.map(({ kind, state, reason }) => [kind, state, reason].filter(Boolean).join(' '));
};

test('a migrated handler that never checked signatures takes legacy messages in v2 shape', async () => {
  await runMigrated('express-xml2js-callback');
  const delivery = await cutOver('as-v2');
  const { v1, v2 } = await sell();
  await delivery.deliverDue();
  expect(new Set(await ends())).toEqual(new Set(['v1 done', 'v2 done']));
  expect(await orders()).toMatchObject({ [v1]: 'Completed', [v2]: 'Completed' });
  expect(legacy.ledger).toEqual([]);
  await delivery.stop();
});

test('one that checks the signature of Amazon takes them as they were received', async () => {
  await runMigrated('express-signed-callback');
  const delivery = await cutOver('as-received');
  const { v1, v2 } = await sell();
  await delivery.deliverDue();
  expect(new Set(await ends())).toEqual(new Set(['v1 done', 'v2 done']));
  expect(await orders()).toMatchObject({ [v1]: 'Completed', [v2]: 'Completed' });
  await delivery.stop();
});

test('in v2 shape it refuses them, as it must, and they wait until the configuration is changed', async () => {
  await runMigrated('express-signed-callback');
  const { v1, v2 } = await sell();
  const delivery = await cutOver('as-v2');
  await delivery.deliverDue();
  expect(new Set(await ends())).toEqual(new Set(['v1 ready status-5xx', 'v1 ready', 'v2 done']));
  expect(await orders()).not.toHaveProperty(v1);
  expect(await orders()).toMatchObject({ [v2]: 'Completed' });
  await delivery.stop();
  const corrected = await cutOver('as-received');
  await database.query('UPDATE job SET run_at = 0');
  await corrected.deliverDue();
  expect(new Set(await ends())).toEqual(new Set(['v1 done', 'v2 done']));
  expect(await orders()).toMatchObject({ [v1]: 'Completed' });
  await corrected.stop();
});
