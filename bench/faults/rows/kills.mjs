/** A: kill -9 at every step of a message. */
import { oneOf } from '../random.mjs';
import { readStore } from '../read-store.mjs';
import { died, diesAgain, failAt, startsAndDies, willDie } from './dying.mjs';

/** Where a message is on its way, and the n-th passing at which the process dies. */
const points = [
  ['A2', 'receive-read', 5],
  ['A3', 'receive-judged', 5],
  ['A4', 'accept-before-commit', 2],
  ['A5', 'accept-committed', 2],
  ['A5b', 'receive-stored', 5],
  ['A6', 'receive-answered', 5],
  ['A9', 'deliver:before-send', 5],
  ['A10', 'deliver:sent', 5],
  ['A11', 'deliver:answered', 5],
  ['A11b', 'deliver:stored', 5],
];
const truthPoints = [
  ['A7', 'truth:before-get', 2],
  ['A8', 'truth:answered', 2],
  ['A8b', 'truth:stored', 2],
  ['A12', 'compare:stored', 1],
];

/** The process dies there, and the next one goes on. */
const atPoint =
  (options) =>
  ([number, point, times]) => ({
    row: 'A',
    name: `${number} ${point}`,
    orders: 8,
    options,
    before: (scenario) => willDie(scenario, point, times),
    async meanwhile(scenario, { kills, trading }) {
      await diesAgain(scenario, { point, times, kills, trading });
      scenario.faultsEnded();
      await scenario.startProxy({}, 0);
    },
    async after(scenario, { share }) {
      // With PostgreSQL the lease of a GET is half a minute, and another instance could have it.
      if (share < 1 && scenario.withTruth && scenario.driver === 'postgres') await scenario.pass(31_000);
    },
  });

/** Senders that have sent half of a message when the process dies: there is nothing of it, and they send it again. */
const bodyHalfRead = {
  row: 'A',
  name: 'A1 body-half-read',
  orders: 8,
  async before(scenario) {
    await willDie(scenario, 'receive-half-read', 5);
    scenario.sender.sendsHalf = true;
  },
  async meanwhile(scenario, { kills }) {
    await died(scenario, 'receive-half-read');
    for (let kill = 1; kill < kills; kill += 1) await startsAndDies(scenario, failAt('receive-half-read', 5));
    scenario.sender.sendsHalf = false;
    const { messages } = await readStore(scenario.store);
    if (messages.length > 0) throw new Error(`${messages.length} messages are stored that nobody has sent.`);
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
  },
};

/** At times that nothing is said about, again and again; also while it starts. */
const atRandom = {
  row: 'A',
  name: 'A16 random',
  orders: 40,
  async meanwhile(scenario, { orders }) {
    const kills = Math.max(3, Math.round(orders / 2));
    for (let kill = 0; kill < kills; kill += 1) {
      await scenario.acknowledged(Math.floor(((kill + scenario.random()) * orders * 6) / kills));
      await scenario.restart();
    }
  },
};

const gracefully = {
  row: 'A',
  name: 'A17 SIGTERM',
  orders: 20,
  async meanwhile(scenario, { orders }) {
    for (let stop = 1; stop <= 3; stop += 1) {
      await scenario.acknowledged(orders * stop);
      const end = await scenario.proxy.end('SIGTERM');
      if (end !== 0) throw new Error(`It ended with ${end}: ${scenario.proxy.said}`);
      await scenario.startProxy({}, 0);
    }
  },
};

/** Two instances, of which one stands still for longer than its leases. */
const pausedInstance = {
  row: 'A',
  name: 'A18 SIGSTOP',
  stores: ['postgres'],
  orders: 20,
  instances: 2,
  settings: { deliver: { leaseMs: 2000 } },
  async meanwhile(scenario, { orders }) {
    await scenario.acknowledged(orders);
    const [first, second] = scenario.proxies;
    first.process.kill('SIGSTOP');
    scenario.sender.urls = [second.url];
  },
  async after(scenario) {
    const [first, second] = scenario.proxies;
    // What the first one has is taken over when its leases are over; nothing else says that they are.
    await scenario.until(() => scenario.isDone(), 8000);
    first.process.kill('SIGCONT');
    // Requests that it had sent may have been taken without its knowing.
    scenario.kills += 1;
    scenario.sender.urls = [first.url, second.url];
  },
};

const twoInstances = {
  row: 'A',
  name: 'A19 two-killed-in-turns',
  stores: ['postgres'],
  orders: 30,
  instances: 2,
  async meanwhile(scenario, { orders }) {
    for (let kill = 0; kill < 6; kill += 1) {
      await scenario.acknowledged(Math.floor((kill + 0.5) * orders));
      await scenario.restart(oneOf(scenario.random, [0, 1]));
    }
  },
};

export const kills = [
  bodyHalfRead,
  ...points.map(atPoint({})),
  ...truthPoints.map(atPoint({ withTruth: true })),
  ...[atRandom, gracefully, pausedInstance, twoInstances],
];
