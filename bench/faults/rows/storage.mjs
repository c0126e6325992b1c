/** B: what disks and databases do. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  openSync,
  closeSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connect } from '../read-store.mjs';
import { postgresUrl } from '../scenario.mjs';

const source = fileURLToPath(new URL('../../../test/proxy/durability/system-calls.c', import.meta.url));

/** What stands between the proxy and its disk. */
function compile(scenario) {
  const library = scenario.path('system-calls.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
  return library;
}

async function finish(scenario) {
  scenario.faultsEnded();
  await scenario.settled();
}

/** Writes until nothing more fits. */
function fill(path) {
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size));
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
  }
}

/** A disk of its own that is really full, and then is not. */
const diskFull = {
  row: 'B',
  name: 'B1 disk-full',
  stores: ['sqlite'],
  orders: 30,
  async run(scenario, { orders }) {
    const disk = scenario.path('disk');
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]);
    if (mounted.status !== 0) throw new Error(`No disk of its own: ${mounted.stderr}`);
    scenario.onRemove = () => spawnSync('umount', ['-l', disk]);
    await scenario.start();
    await scenario.trade(orders);
    fill(`${disk}/filler`);
    let refused = 0;
    scenario.sender.onAnswer = (status) => {
      refused += status === 503 ? 1 : 0;
      scenario.look();
    };
    // The log has room that was used before: it takes until that is used up.
    const isFull = () => refused > 0;
    for (let round = 0; round < 20 && !isFull(); round += 1) await scenario.trade(orders);
    if (!isFull()) throw new Error('The disk was never full for the proxy.');
    rmSync(`${disk}/filler`);
    await finish(scenario);
  },
};

/** The disk says that it has not kept something: the process must end, and the next one has lost nothing. */
const fsyncFails = {
  row: 'B',
  name: 'B2 fsync-fails',
  stores: ['sqlite'],
  orders: 16,
  async run(scenario, { orders }) {
    const failing = scenario.path('failing');
    const shim = { LD_PRELOAD: compile(scenario), PROXY_DISK_FILES: 'proxy.db', PROXY_DISK_FAIL: failing };
    await scenario.start(shim);
    const trading = scenario.trade(orders);
    await scenario.acknowledged(orders * 3);
    writeFileSync(failing, '');
    const end = await scenario.proxy.ended;
    if (end !== 74) throw new Error(`It ended with ${end}, and not because of the disk.`);
    // What was under way to a handler when it ended is in doubt, as after a kill.
    scenario.kills += 1;
    rmSync(failing);
    await scenario.startProxy({}, 0);
    await trading;
    await finish(scenario);
  },
};

const slowDisk = {
  row: 'B',
  name: 'B9 slow-disk',
  stores: ['sqlite'],
  orders: 8,
  async run(scenario, { orders }) {
    const shim = { LD_PRELOAD: compile(scenario), PROXY_DISK_FILES: 'proxy.db', PROXY_DISK_DELAY_MS: '200' };
    await scenario.start(shim);
    await scenario.trade(orders);
    await finish(scenario);
  },
};

/** A second instance with the file of the first one is refused, and the first one does not notice. */
const secondOwner = {
  row: 'B',
  name: 'B6 second-owner',
  stores: ['sqlite'],
  orders: 8,
  async run(scenario, { orders }) {
    await scenario.start();
    const trading = scenario.trade(orders);
    for (let times = 0; times < 3; times += 1) {
      const refused = await scenario.startProxy({}, 1).then(
        () => 'it started',
        (error) => error.message,
      );
      if (!refused.includes('in-use')) throw new Error(`The second instance: ${refused}`);
    }
    await trading;
    await finish(scenario);
  },
};

/** A file that is damaged is not served; an intact copy is. */
const damaged = {
  row: 'B',
  name: 'B8 damaged-file',
  stores: ['sqlite'],
  orders: 8,
  async run(scenario, { orders }) {
    await scenario.start();
    await scenario.trade(orders);
    await scenario.until(() => scenario.isDone());
    await scenario.proxy.end('SIGTERM');
    const { path } = scenario.store;
    copyFileSync(path, `${path}.intact`);
    const spoil = [
      ['its head', 0, Buffer.alloc(64, 7)],
      ['a page of it', 8192, Buffer.alloc(4096, 7)],
    ];
    for (const [what, at, bytes] of spoil) {
      const file = openSync(path, 'r+');
      writeSync(file, bytes, 0, bytes.length, at);
      closeSync(file);
      const refused = await scenario.startProxy({}, 0).then(
        () => null,
        (error) => error.message,
      );
      if (refused === null) throw new Error(`It serves a file of which ${what} is damaged.`);
      for (const ending of ['-wal', '-journal']) if (existsSync(path + ending)) rmSync(path + ending);
      copyFileSync(`${path}.intact`, path);
    }
    await scenario.startProxy({}, 0);
    await scenario.trade(orders);
    await finish(scenario);
  },
};

/** Runs `work` with a connection of an administrator, again and again while orders are traded. */
const troubled = (name, trouble) => ({
  row: 'B',
  name,
  stores: ['postgres'],
  orders: 16,
  async run(scenario, { orders }) {
    scenario.settings = { receive: { commitTimeoutSeconds: 1 } };
    await scenario.start();
    await scenario.startProxy();
    const client = await connect(postgresUrl);
    const trading = scenario.trade(orders);
    for (let times = 1; times <= 8; times += 1) {
      await scenario.acknowledged(Math.floor((orders * 9 * times) / 10));
      await trouble(client, scenario);
      // An attempt that could not be written down is made again.
      scenario.kills += 1;
    }
    await trading;
    await client.end();
    await finish(scenario);
  },
});

const endConnections = (client, { schema }) =>
  client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [schema]);

/** Nothing can be written for a while; or the two wait for each other, and PostgreSQL ends one. */
async function lockAll(client, { schema }) {
  await client.query('BEGIN');
  const locked = client.query(`LOCK TABLE ${schema}.inbox, ${schema}.job IN ACCESS EXCLUSIVE MODE`);
  await locked.then(() => client.query('SELECT pg_sleep(1.5)')).catch(() => undefined);
  await client.query('ROLLBACK');
}

export const storage = [
  ...[diskFull, fsyncFails, secondOwner, damaged, slowDisk],
  ...[troubled('B11 connections-ended', endConnections), troubled('B11b tables-locked', lockAll)],
];
