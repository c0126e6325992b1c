/** A14, A15: kill -9 during a replay, a checkpoint, a retention delete, a change of the schema, the first start. */
import { makeOlder, statementsAfter, undoNewest, versionOf } from '../older-store.mjs';
import { openStore, removeStore } from '../store-access.mjs';
import { died, failAt, startsAndDies, willDie } from './dying.mjs';
import { lacksGcc, systemCalls } from './system-calls.mjs';
import { noneOpen, waitFor } from './waiting.mjs';

const DAYS_MS = 100 * 24 * 60 * 60_000;

/** Everything is delivered once more, to both handlers, and the process dies in the middle. */
const replay = (name, point, times) => ({
  row: 'A',
  name,
  orders: 8,
  // Of fewer messages the first steps take all.
  least: 8,
  async after(scenario, { kills }) {
    await scenario.until(() => scenario.isDone());
    await willDie(scenario, point, times);
    const { id } = await scenario.ask('/api/replay', {
      ...{ filter: {}, dryRun: false, confirm: true, ratePerSecond: 30 },
      ...{ who: 'faults', why: 'a run' },
    });
    scenario.expect = { ...scenario.expect, replays: [id] };
    await died(scenario, point);
    for (let kill = 1; kill < kills; kill += 1) await startsAndDies(scenario, failAt(point, 1));
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
    await waitFor('the end of the replay', async () => {
      const { replays } = await scenario.ask('/api/replays');
      return replays.every(({ state }) => state === 'done');
    });
    await noneOpen(scenario, 'deliver-legacy', 'deliver-migrated');
  },
});

/** The log of SQLite is copied into its file: in the middle of that, and in the middle of the repetition at the next start. */
const checkpoint = {
  row: 'A',
  name: 'A15 checkpoint',
  lacks: lacksGcc,
  stores: ['sqlite'],
  orders: 16,
  // Fewer do not fill the log.
  least: 8,
  async meanwhile(scenario) {
    await scenario.proxy.end();
    for (const write of [3, 30, 1, 10, 2])
      await startsAndDies(scenario, systemCalls(scenario, { PROXY_DISK_KILL: `proxy.db:${write}` }));
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
  },
};

/** Messages grow old by the hand of an administrator. */
async function age({ store }, ids) {
  const opened = await openStore(store);
  const which = `message_id IN (${ids.map((id) => `'${id}'`)})`;
  await opened.run(`UPDATE job SET ended_at = ended_at - ${DAYS_MS} WHERE inbox_id IN (
    SELECT id FROM inbox WHERE ${which})`);
  await opened.run(
    `UPDATE inbox SET received_at = received_at - ${DAYS_MS}, last_seen_at = last_seen_at - ${DAYS_MS} WHERE ${which}`,
  );
  await opened.close();
}

const retention = {
  row: 'A',
  name: 'A15b retention',
  orders: 16,
  options: { withTruth: true },
  async after(scenario) {
    await scenario.settled();
    await scenario.proxy.end();
    const ids = [...scenario.sender.messages.keys()];
    const old = ids.slice(0, -5);
    await age(scenario, old);
    scenario.expect = { ...scenario.expect, expired: old };
    for (const times of [1, 1, 2]) await startsAndDies(scenario, failAt('retention:deleted', times));
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
    await waitFor('the end of the retention', async () => {
      const { messages } = await scenario.ask('/api/status');
      return messages.reduce((sum, { count }) => sum + count, 0) === ids.length - old.length;
    });
  },
};

/** A store of the version before, and the program of today that dies while it brings it up to date. */
const schema = {
  row: 'A',
  name: 'A15c schema',
  orders: 8,
  async after(scenario, { orders }) {
    await scenario.until(() => scenario.isDone());
    await scenario.proxy.end();
    const version = await makeOlder(scenario.store);
    const last = statementsAfter(scenario.driver, version);
    for (const statement of [1, 6, 12, 18, last - 1, last]) {
      await startsAndDies(scenario, failAt('migrate:statement', statement));
      const found = await versionOf(scenario.store);
      if (found !== version) throw new Error(`After statement ${statement} it is of version ${found}.`);
    }
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
    await scenario.trade(orders);
  },
};

/**
 * The newest steps alone, at each of their statements. All messages were deleted before, so that there is something to be
 * carried over: the gate must not want less for it.
 */
const newestSchema = {
  row: 'A',
  name: 'A15e newest-schema',
  orders: 8,
  options: { withTruth: true },
  async after(scenario, { orders, share }) {
    await scenario.settled();
    await scenario.proxy.end();
    const old = [...scenario.sender.messages.keys()];
    await age(scenario, old);
    scenario.expect = { ...scenario.expect, expired: old };
    await scenario.startProxy({}, 0);
    await waitFor('the end of the retention', async () => (await scenario.ask('/api/status')).messages.length === 0);
    const before = await readDeletedTypes(scenario);
    await scenario.proxy.end();
    const { version, statements } = await undoNewest(scenario.store, 'deleted_type');
    for (let statement = 1; statement <= statements; statement += share < 1 ? 6 : 1) {
      await startsAndDies(scenario, failAt('migrate:statement', statement));
      const found = await versionOf(scenario.store);
      if (found !== version) throw new Error(`After statement ${statement} it is of version ${found}.`);
    }
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
    const after = await readDeletedTypes(scenario);
    if (before === '' || after !== before) throw new Error(`Deleted types were ${before}, and are ${after}.`);
    await scenario.trade(orders);
  },
};

/** The types of which messages were deleted, and whether the sides had agreed about one of them. */
async function readDeletedTypes(scenario) {
  const { coverage } = await scenario.ask('/api/evidence');
  return coverage.types.map(({ type, hasAgreedBefore }) => `${type} ${hasAgreedBefore}`).join(', ');
}

/** There is no store yet. */
const firstStart = {
  row: 'A',
  name: 'A15d first-start',
  orders: 8,
  async before(scenario) {
    await scenario.proxy.end();
    await removeStore(scenario.store);
    for (const statement of [1, 20, 40]) await startsAndDies(scenario, failAt('migrate:statement', statement));
    await scenario.startProxy({}, 0);
    await scenario.setMode('shadow');
  },
};

export const killsOfHousework = [
  replay('A14 replay-in-transaction', 'replay:added', 4),
  replay('A14b replay-stepped', 'replay:stepped', 4),
  ...[checkpoint, retention, schema, newestSchema, firstStart],
];
