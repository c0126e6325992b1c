/** C11 and on: orders change hands, to and fro, while a handler is slow or down. What counts is decided by check-counting.mjs. */
import { setTimeout as pause } from 'node:timers/promises';
import { isTaken, readRequests } from '../check-handler.mjs';
import { readLedger } from '../ledger.mjs';
import { deliveriesEnd, waitFor } from './waiting.mjs';

/** All modes, and shares that grow and shrink; nobody waits for the gate. */
const course = [
  ['observe'],
  ['parallel'],
  ['cutover', 30],
  ['cutover', 70],
  ['rollback'],
  ['cutover', 50],
  ['cutover', 10],
  ['cutover', 100],
  ['rollback'],
  ['shadow'],
  ['cutover', 60],
  ['parallel'],
];

const change = (scenario, [mode, sharePercent]) =>
  scenario.setMode(mode, { force: true, ...(sharePercent === undefined ? {} : { sharePercent }) });

const ok = { kind: 'ok' };
const both = (scenario, legacy, migrated) =>
  Promise.all([scenario.behave('legacy', legacy), scenario.behave('migrated', migrated)]);

/** Each change comes in the middle of orders that are traded. `failing` says how the handlers are after the n-th change. */
const toAndFro = (name, failing, more = {}) => ({
  row: 'C',
  name,
  orders: 36,
  least: course.length,
  steps: [],
  instances: 2,
  ...more,
  before({ sender }) {
    sender.expects = 'counting';
  },
  async after(scenario, { orders }) {
    const each = Math.round(orders / course.length);
    for (const [number, next] of course.entries()) {
      await both(scenario, ...failing(number));
      const already = scenario.taken;
      const trading = scenario.trade(each);
      await scenario.acknowledged(already + Math.ceil(scenario.random() * each * 8));
      await change(scenario, next);
      await more.changed?.(scenario, number);
      await trading;
      // Also while tries are waited for.
      await pause(scenario.random() * 500);
    }
    await both(scenario, ok, ok);
    await deliveriesEnd(scenario);
  },
});

const slow = { kind: 'slow', milliseconds: 400, share: 0.5 };
const kinds = ['reset', 503, 'truncated'];
const isDown = (number) => ({ kind: kinds[number % kinds.length] });

/** Every third change: the process dies, and the next one finds orders half handed over. */
const dies = async (scenario, number) => {
  if (number % 3 === 2) await scenario.restart(number % scenario.proxies.length);
};

/** Whether a message is of the legacy API: without envelope, it is XML in JSON. */
const isLegacy = (body) => JSON.parse(JSON.parse(body).Message).NotificationData !== undefined;

/**
 * The migrated handler is down, and holds its lanes: as a dry run, as what counts, and as a dry run again. Everything comes to the
 * legacy handler where that counts, without waiting for it to work again.
 */
const heldLane = {
  row: 'C',
  name: 'C12 lane-of-a-dry-run',
  orders: 12,
  steps: [],
  before(scenario) {
    // Orders of the legacy API alone: those of v2 are the migrated handler's after a rollback.
    scenario.sender.isSent = isLegacy;
    scenario.sender.expects = 'counting';
    return scenario.behave('migrated', { kind: 'reset' });
  },
  async after(scenario, { orders }) {
    const each = Math.max(1, Math.round(orders / 4));
    const trades = async (mode) => {
      if (mode !== null) await change(scenario, mode);
      await scenario.trade(each);
      await scenario.until(() => scenario.sender.open === 0);
    };
    const isServed = async (when) => {
      const messages = [...scenario.sender.messages.values()];
      const begun = Date.now();
      const all = await scenario.until(() => messages.every(({ id }) => scenario.takenBy.legacy.has(id)), 20_000);
      if (!all) throw new Error(`${when}: the handler that counts was held up by a dry run.`);
      return Date.now() - begun;
    };
    await trades(null);
    const waits = [await isServed('shadow')];
    // Half of the orders begin at a handler that is down; what it held as dry runs is its own now, and then is not.
    await trades(['cutover', 50]);
    await trades(['cutover', 100]);
    await change(scenario, ['rollback']);
    waits.push(await isServed('rollback'));
    await trades(['shadow']);
    waits.push(await isServed('shadow again'));
    scenario.faultsEnded();
    await scenario.behave('migrated', ok);
    await deliveriesEnd(scenario);
    Object.assign(scenario.figures, { servedMs: Math.max(...waits) });
  },
};

/** Messages of which a handler heard as what counts, and to which the proxy heard no answer. */
function unheardBy(scenario, side) {
  const requests = readRequests(readLedger(scenario.path(`${side}.jsonl`))).filter(({ role }) => role === 'primary');
  const heard = new Set(requests.filter(isTaken).map(({ message }) => message));
  return new Set(requests.map(({ message }) => message).filter((message) => !heard.has(message)));
}

/**
 * The legacy handler acts on everything and answers nothing, the proxy dies, and then the migrated one counts: nobody can tell who
 * acted on what, so everything is given to the one that counts, once, and it is said of how many messages that is so.
 */
const inDoubt = {
  row: 'C',
  name: 'C10 in-doubt',
  orders: 8,
  steps: [],
  before(scenario) {
    scenario.sender.expects = 'counting';
    return scenario.behave('legacy', { kind: 'hang' });
  },
  async after(scenario, { orders }) {
    await scenario.trade(orders);
    await scenario.until(() => scenario.sender.open === 0);
    await waitFor('a request to the legacy handler', () => unheardBy(scenario, 'legacy').size >= 2);
    await scenario.kill();
    const doubtful = unheardBy(scenario, 'legacy').size;
    await scenario.behave('legacy', { kind: 503 });
    await scenario.startProxy({}, 0);
    await change(scenario, ['cutover', 100]);
    scenario.faultsEnded();
    await deliveriesEnd(scenario);
    const { reservations } = await scenario.ask('/api/status');
    const said = Number(/^\d+/.exec(reservations.find(({ id }) => id === 'in-doubt')?.text ?? '0')[0]);
    // Those that were on the way between the death and the change.
    const atMost = unheardBy(scenario, 'legacy').size;
    if (said < doubtful || said > atMost)
      throw new Error(`${said} are said to be in doubt, of ${doubtful} to ${atMost}.`);
    Object.assign(scenario.figures, { inDoubt: said });
  },
};

export const handovers = [
  toAndFro('C11 handover-slow', () => [slow, slow]),
  toAndFro('C11b handover-legacy-down', (number) => [isDown(number), slow]),
  toAndFro('C11c handover-migrated-down', (number) => [slow, isDown(number)]),
  toAndFro('C11d handover-down-in-turns', (number) => (number % 2 ? [isDown(number), ok] : [ok, isDown(number)])),
  toAndFro('C11e handover-killed', () => [slow, slow], { changed: dies }),
  heldLane,
  inDoubt,
];
