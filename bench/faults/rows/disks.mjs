/** B: writes that fail, a machine that loses its power, and what a killed process leaves locked. */
import { readFileSync, writeFileSync } from 'node:fs';
import { ForgetfulDisk, lacksFuse } from '../forgetful-disk.mjs';
import { lacksGcc, systemCalls } from './system-calls.mjs';

const onFile = { row: 'B', stores: ['sqlite'] };

/** Ended in order, or because the store is not safe any more (74): everything else is a crash. */
async function ends(scenario, what) {
  const end = await scenario.proxy.end();
  if (end !== 0 && end !== 74) throw new Error(`${what}: it ended with ${end}: ${scenario.proxy.said}`);
  // What was under way then is in doubt.
  if (end === 74) scenario.kills += 1;
}

/** Starts with a disk of which a write fails. What fails at the start is refused in words. */
async function startWith(scenario, failing) {
  const environment = systemCalls(scenario, { PROXY_DISK_FAIL_WRITE: failing });
  return scenario.startProxy(environment, 0).then(
    () => true,
    ({ message }) => {
      if (!/ended \((?:2|74)\): (?:unavailable|unsafe): /.test(message))
        throw new Error(`Write ${failing}: ${message}`);
      return false;
    },
  );
}

/** What it has told of its disk. A checkpoint that fails is none of it: SQLite makes it another time. */
const countFailures = ({ proxy }) => proxy.said.match(/cannot write: disk I\/O error/g)?.length ?? 0;

/** The n-th write after the start fails, for each n: once, or it and some more. */
const nthWriteFails = {
  ...onFile,
  name: 'B3 nth-write-fails',
  lacks: lacksGcc,
  orders: 4,
  async meanwhile(scenario, { share }) {
    const last = Math.round(200 * share);
    let refused = 0;
    let told = 0;
    for (let write = 1; write <= last; write += 1) {
      await scenario.proxy.end();
      if (!(await startWith(scenario, write % 2 === 0 ? `${write}` : `${write}:5`))) {
        refused += 1;
        continue;
      }
      await scenario.trade(1);
      await Promise.race([scenario.until(() => scenario.sender.open === 0), scenario.proxy.ended]);
      await ends(scenario, `Write ${write}`);
      told += countFailures(scenario);
    }
    Object.assign(scenario.figures, { failedWrites: last, refusedStarts: refused, failuresTold: told });
    await scenario.startProxy({}, 0);
  },
};

/** Again and again, wherever that is. */
const writesFail = {
  ...onFile,
  name: 'B3b writes-fail',
  lacks: lacksGcc,
  orders: 16,
  async before(scenario) {
    await scenario.proxy.end();
    if (!(await startWith(scenario, '97:every'))) throw new Error('Its start needs fewer writes.');
  },
  async meanwhile(scenario, { trading }) {
    await trading;
    await Promise.race([scenario.until(() => scenario.sender.open === 0), scenario.proxy.ended]);
    await ends(scenario, 'Every 97th write');
    scenario.figures.failuresTold = countFailures(scenario);
    if (scenario.figures.failuresTold === 0) throw new Error('No write has failed.');
    await scenario.startProxy({}, 0);
  },
};

/** A disk that has, after the power was cut, what was synced and nothing else. */
const powerLost = {
  ...onFile,
  name: 'B5 power-lost',
  orders: 40,
  lacks: lacksFuse,
  async environment(scenario) {
    scenario.disk = new ForgetfulDisk(scenario.path('disk'), scenario.path('platter'));
    await scenario.disk.start();
    scenario.onRemove = () => scenario.disk.losePower();
    return {};
  },
  async meanwhile(scenario, { orders }) {
    const losses = Math.max(3, Math.round(orders / 2));
    for (let loss = 0; loss < losses; loss += 1) {
      await scenario.acknowledged(Math.floor(((loss + scenario.random()) * orders * 6) / losses));
      await scenario.kill();
      await scenario.disk.losePower();
      await scenario.disk.start();
      await scenario.startProxy({}, 0);
    }
  },
};

const owner = ({ store }) => `${store.path}.owner`;
const changeOwner = (scenario, change) => {
  const left = JSON.parse(readFileSync(owner(scenario), 'utf8'));
  writeFileSync(owner(scenario), JSON.stringify({ ...left, ...change }));
};
/** What was left by a process that is dead for certain. */
const deadOwners = [
  ['killed', {}],
  ['killed', {}],
  ['its pid is used again', { pid: process.pid, startTime: '1' }],
  ['the machine was started anew', { pid: process.pid, boot: 'another' }],
];

/** The driver locks with a folder that outlives the process; who has it, says a file of the proxy. */
const staleLock = {
  ...onFile,
  name: 'B7 stale-lock',
  orders: 12,
  async meanwhile(scenario, { orders, share }) {
    await scenario.acknowledged(orders);
    await scenario.proxy.end();
    const { openedMs: inOrder } = await scenario.startProxy({}, 0);
    const times = [];
    for (const [, change] of deadOwners) {
      await scenario.kill();
      changeOwner(scenario, change);
      times.push((await scenario.startProxy({}, 0)).openedMs);
    }
    await scenario.kill();
    await refusesLiving(scenario);
    Object.assign(scenario.figures, { openedMs: inOrder, takenOverMs: Math.max(...times) });
    // Beside a start in order, since a busy machine starts slowly.
    if (share === 1 && Math.max(...times) > inOrder + 1000) throw new Error(`It was taken over in ${times} ms.`);
    await scenario.startProxy({}, 0);
  },
};

/** This process lives: nobody may take over what says that it is its own. */
async function refusesLiving(scenario) {
  const left = readFileSync(owner(scenario), 'utf8');
  const stat = readFileSync(`/proc/${process.pid}/stat`, 'utf8');
  changeOwner(scenario, { pid: process.pid, startTime: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] });
  const said = await scenario.startProxy({}, 0).then(
    () => 'it started',
    ({ message }) => message,
  );
  if (!said.includes('in-use')) throw new Error(`Somebody else has the file, and ${said}`);
  writeFileSync(owner(scenario), left);
}

export const disks = [nthWriteFails, writesFail, powerLost, staleLock];
