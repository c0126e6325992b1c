/** B: what disks and databases do. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, copyFileSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { connect, endConnections } from '../store-access.mjs';
import { postgresUrl } from '../scenario.mjs';
import { lacksGcc, systemCalls } from './system-calls.mjs';

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

const onFile = { row: 'B', stores: ['sqlite'], orders: 8 };

/** A disk of its own that is really full, and then is not. */
const diskFull = {
  ...onFile,
  name: 'B1 disk-full',
  orders: 30,
  environment(scenario) {
    const disk = scenario.path('disk');
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]);
    if (mounted.status !== 0) throw new Error(`No disk of its own: ${mounted.stderr}`);
    scenario.onRemove = () => spawnSync('umount', ['-l', disk]);
    return {};
  },
  async after(scenario, { orders }) {
    const filler = scenario.path('disk/filler');
    fill(filler);
    let isFull = false;
    scenario.sender.onAnswer = (status) => {
      isFull ||= status === 503;
      scenario.look();
    };
    // The log has room that was used before: it takes until that is used up.
    for (let round = 0; round < 20 && !isFull; round += 1) await scenario.trade(orders);
    if (!isFull) throw new Error('The disk was never full for the proxy.');
    rmSync(filler);
  },
};

/** The disk says that it has not kept something: the process must end, and the next one has lost nothing. */
const fsyncFails = {
  ...onFile,
  name: 'B2 fsync-fails',
  lacks: lacksGcc,
  orders: 16,
  environment: (scenario) => systemCalls(scenario, { PROXY_DISK_FAIL: scenario.path('failing') }),
  async meanwhile(scenario, { orders }) {
    await scenario.acknowledged(orders * 3);
    writeFileSync(scenario.path('failing'), '');
    const end = await scenario.proxy.ended;
    if (end !== 74) throw new Error(`It ended with ${end}, and not because of the disk.`);
    // What was under way to a handler when it ended is in doubt, as after a kill.
    scenario.kills += 1;
    await scenario.startProxy({}, 0);
  },
};

const slowDisk = {
  ...onFile,
  name: 'B9 slow-disk',
  lacks: lacksGcc,
  environment: (scenario) => systemCalls(scenario, { PROXY_DISK_DELAY_MS: '200' }),
};

/** Starts an instance that must not start; returns what it says. */
const refusal = (scenario, slot, because) =>
  scenario.startProxy({}, slot).then(
    () => {
      throw new Error(`It started, and ${because}.`);
    },
    (error) => error.message,
  );

/** A second instance with the file of the first one is refused, and the first one does not notice. */
const secondOwner = {
  ...onFile,
  name: 'B6 second-owner',
  async meanwhile(scenario) {
    for (let times = 0; times < 3; times += 1) {
      const said = await refusal(scenario, 1, 'the file has an owner');
      if (!said.includes('in-use')) throw new Error(`The second instance: ${said}`);
    }
  },
};

const spoil = [
  ['its head', 0, Buffer.alloc(64, 7)],
  ['a page of it', 8192, Buffer.alloc(4096, 7)],
];

/** A file that is damaged is not served; an intact copy is. */
const damaged = {
  ...onFile,
  name: 'B8 damaged-file',
  async after(scenario, { orders }) {
    await scenario.until(() => scenario.isDone());
    await scenario.proxy.end('SIGTERM');
    const { path } = scenario.store;
    copyFileSync(path, `${path}.intact`);
    for (const [what, at, bytes] of spoil) {
      const file = openSync(path, 'r+');
      writeSync(file, bytes, 0, bytes.length, at);
      closeSync(file);
      await refusal(scenario, 0, `${what} is damaged`);
      for (const ending of ['-wal', '-journal']) rmSync(path + ending, { force: true });
      copyFileSync(`${path}.intact`, path);
    }
    await scenario.startProxy({}, 0);
    await scenario.trade(orders);
  },
};

/** An administrator makes trouble, again and again while orders are traded. */
const troubled = (name, trouble) => ({
  row: 'B',
  name,
  stores: ['postgres'],
  orders: 16,
  instances: 2,
  settings: { receive: { commitTimeoutSeconds: 1 } },
  async meanwhile(scenario, { orders }) {
    const client = await connect(postgresUrl);
    for (let times = 1; times <= 8; times += 1) {
      await scenario.acknowledged(Math.floor((orders * 9 * times) / 10));
      await trouble(client, scenario);
      // An attempt that could not be written down is made again.
      scenario.kills += 1;
    }
    await client.end();
  },
});

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
