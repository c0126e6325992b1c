/**
 * Deliveries per second of the proxy to handlers on this machine that answer at once, on both stores, beside the same requests by
 * undici alone (the floor) and the commits per second of the store. Every delivery is durable: an attempt is written before it is
 * sent, its end after. Nothing is asserted.
 *
 *   npm run build && node bench/deliveries.mjs [--messages=2000] [--orders=500] [--concurrency=16] [--rounds=3] [--mode=shadow]
 *
 * PostgreSQL is that of AMAZON_PAY_TEST_POSTGRES, in a schema that is made and dropped.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { median } from './measure.mjs';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const load = (file) => createRequire(import.meta.url)(join(project, 'dist/src/proxy', file));
const options = { messages: 2000, orders: 500, concurrency: 16, rounds: 3, mode: 'shadow' };
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--(messages|orders|concurrency|rounds|mode)=(\w+)$/.exec(argument) ?? [];
  if (name !== undefined) options[name] = name === 'mode' ? value : Number(value);
  else if (argument !== '--serve') throw new Error(`Unknown option ${argument}.`);
}

/** A handler in a process of its own, that answers a constant. */
function serve() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
}

const startHandler = () =>
  new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), ['--serve']);
    child.once('message', (port) => resolve({ child, url: `http://127.0.0.1:${port}/ipn` }));
  });

const body = (order) =>
  Buffer.from(
    JSON.stringify({
      Type: 'Notification',
      Message: JSON.stringify({ ObjectType: 'CHARGE', ObjectId: `${order}-C000111`, NotificationVersion: 'V2' }),
      Filler: 'x'.repeat(1200),
    }),
  );

function messages(round) {
  return Array.from({ length: options.messages }, (_, index) => {
    const order = `P01-1112223-${String(round * options.orders + (index % options.orders)).padStart(7, '0')}`;
    return {
      ...{ topicArn: 'topic', messageId: `m-${round}-${index}`, kind: 'v2', verdict: 'verified', quarantine: null },
      ...{ body: body(order), bodySha256: '', headers: {}, notificationId: null, notificationType: 'STATE_CHANGE' },
      ...{ objectType: 'CHARGE', objectId: `${order}-C000111`, orderKey: order, isSample: false },
    };
  });
}

async function fill(database, round, now) {
  const { acceptMessages } = load('store/accept-messages.js');
  const { planJobs } = load('receive/plan-jobs.js');
  const plan = (id, arrival) => planJobs(id, arrival, now).filter(({ kind }) => kind.startsWith('deliver-'));
  const all = messages(round);
  for (let first = 0; first < all.length; first += 500)
    await database.transaction((queries) =>
      acceptMessages(queries, all.slice(first, first + 500), now, plan, database.dialect),
    );
}

async function measureProxy(store, legacy, migrated) {
  const database = await load('store/open-database.js').openDatabase(store);
  const clock = { now: () => Date.now() };
  const observer = load('observer.js').silentObserver;
  const modes = new (load('modes/current-mode.js').CurrentMode)(database, clock);
  const who = { who: 'bench', why: 'bench' };
  await load('modes/change-mode.js').changeMode(
    { database, clock, modes, observer, readGate: async () => ({ isOpen: true, missing: [] }) },
    { to: options.mode, ...who },
  );
  const target = { secret: 'x'.repeat(32), concurrency: options.concurrency };
  const delivery = load('deliver/start-delivery.js').createDelivery({
    ...{ database, clock, modes, observer, readOutcome: async () => {} },
    queue: new (load('store/jobs.js').JobQueue)(database, clock, 'bench'),
    settings: load('deliver/settings.js').deliverSettings.parse({
      legacy: { url: legacy.url, ...target },
      migrated: { url: migrated.url, dryRunUrl: migrated.url, ...target },
    }),
  });
  const rates = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    await fill(database, round, clock.now());
    const begun = performance.now();
    await delivery.deliverDue();
    const [row] = await database.query('SELECT COUNT(*) AS n FROM attempt WHERE status = 200');
    const sent = Number(row.n) - rates.reduce((sum, { sent: before }) => sum + before, 0);
    rates.push({ sent, perSecond: (sent * 1000) / (performance.now() - begun) });
  }
  await delivery.stop();
  const commits = await measureCommits(database);
  await database.close();
  // The first round warms up.
  return { deliveries: rates.slice(1).map(({ perSecond }) => perSecond), commits };
}

/** One after the other, as a single worker would commit. */
async function measureCommits(database) {
  const begun = performance.now();
  const sql = `UPDATE schema_version SET version = version`;
  for (let index = 0; index < 200; index += 1) await database.transaction((queries) => queries.query(sql));
  return 200_000 / (performance.now() - begun);
}

async function measureFloor({ url }) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: options.concurrency });
  const bytes = body('P01-1112223-0000000');
  let left = options.messages;
  const begun = performance.now();
  const work = async () => {
    while ((left -= 1) >= 0) await (await pool.request({ method: 'POST', path: pathname, body: bytes })).body.dump();
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  const rate = (options.messages * 1000) / (performance.now() - begun);
  await pool.close();
  return rate;
}

async function main() {
  const [legacy, migrated] = await Promise.all([startHandler(), startHandler()]);
  const folder = mkdtempSync(join(tmpdir(), 'bench-deliveries-'));
  const url = process.env.AMAZON_PAY_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test';
  const schema = `bench_${process.pid}`;
  const stores = [
    { driver: 'sqlite', path: join(folder, 'proxy.db') },
    { driver: 'postgres', url, schema, connections: 10 },
  ];
  const rows = [];
  await measureFloor(legacy);
  const floor = await measureFloor(legacy);
  for (const store of stores) {
    const { deliveries, commits } = await measureProxy(store, legacy, migrated);
    const [low, high] = [Math.min(...deliveries), Math.max(...deliveries)];
    const figures = {
      'deliveries/s': median(deliveries),
      low,
      high,
      'commits/s one by one': commits,
      'undici alone/s': floor,
    };
    rows.push({
      store: store.driver,
      ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value)])),
    });
  }
  console.log(options);
  console.table(rows);
  const { Client } = createRequire(import.meta.url)('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
  rmSync(folder, { recursive: true, force: true });
  for (const { child } of [legacy, migrated]) child.kill();
}

await (process.argv.includes('--serve') ? serve() : main());
