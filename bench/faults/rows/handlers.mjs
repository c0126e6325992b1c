/** C: what handlers do. */
import { setTimeout as pause } from 'node:timers/promises';

/** One of the handlers fails in some way for a while, and then works again. */
const failing = (name, behaviours) => ({
  row: 'C',
  name,
  orders: 16,
  async before(scenario) {
    for (const [side, change] of Object.entries(behaviours)) await scenario.behave(side, change);
  },
  async after(scenario, { orders }) {
    await scenario.acknowledged(orders * 9);
    for (const side of Object.keys(behaviours)) await scenario.behave(side, { kind: 'ok', cut: true });
  },
});

/** Down for hours: the other handler and the receiving do not notice, and then everything comes, in its turn. */
const down = {
  row: 'C',
  name: 'C1 down-for-hours',
  orders: 16,
  before: (scenario) => scenario.behave('legacy', { kind: 'reset' }),
  async after(scenario, { orders }) {
    // C7: the other side has everything while this one has nothing.
    const isServed = await scenario.until(() => scenario.takenBy.migrated.size >= orders * 9, 20_000);
    if (!isServed) throw new Error('The handler that works was held up by the one that does not.');
    await scenario.pass(2 * 3_600_000);
    await scenario.behave('legacy', { kind: 'ok' });
  },
};

/** Waits until so many deliveries are given up. Each order has its turn: a message is tried when the one before it is dead. */
async function deadLetters(scenario, count) {
  const until = Date.now() + 60_000;
  for (let dead = 0; dead !== count();) {
    if (Date.now() > until) throw new Error(`${dead} dead letters of ${count()}.`);
    await pause(100);
    ({ deadLetters: dead } = await scenario.ask('/api/status'));
  }
}

/** A deployment that refuses everything: what dies of it is kept, and sent again when somebody says so. */
export const refusing = (name, kind) => ({
  row: 'C',
  name,
  orders: 6,
  expect: { mayBeRedriven: true },
  before: (scenario) => scenario.behave('migrated', { kind }),
  async after(scenario, { orders }) {
    await deadLetters(scenario, () => Math.max(orders * 9, scenario.sender.messages.size));
    await scenario.behave('migrated', { kind: 'ok' });
    await scenario.ask('/api/dead-letters/redrive', { filter: { side: 'migrated' }, who: 'faults', why: 'mended' });
  },
});

/** One order whose handler takes long holds up no other. */
const slowOrder = {
  row: 'C',
  name: 'C8 one-order-slow',
  orders: 12,
  settings: { legacy: { timeoutMs: 3500 } },
  async before(scenario) {
    await scenario.trade(1);
    await scenario.settled();
    const [{ order }] = [...scenario.sender.messages.values()];
    await scenario.behave('legacy', { kind: 'slow', milliseconds: 3000, only: order });
  },
  async after(scenario) {
    const [{ order: slow }, ...messages] = [...scenario.sender.messages.values()];
    const others = messages.filter(({ order }) => order !== slow);
    const isServed = await scenario.until(() => others.every(({ id }) => scenario.takenBy.legacy.has(id)), 10_000);
    if (!isServed) throw new Error('Orders waited for another one.');
  },
};

const some = (kind, share = 0.4) => ({ kind, share });
export const handlers = [
  down,
  failing('C2 500', { legacy: some(500), migrated: some(502) }),
  failing('C2b 503-retry-after', { legacy: { kind: 503, share: 0.3, retryAfter: '1' }, migrated: some(429) }),
  refusing('C3 400', 400),
  refusing('C3b 410', 410),
  refusing('C9 redirect', 'redirect'),
  failing('C4 hang', { legacy: some('hang', 0.1) }),
  failing('C4b drip', { migrated: some('drip', 0.1) }),
  failing('C4c endless', { migrated: some('endless', 0.1) }),
  failing('C5 reset', { legacy: some('reset'), migrated: some('truncated') }),
  failing('C6 html', { migrated: some('html') }),
  slowOrder,
];
