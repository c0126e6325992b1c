/** F: what the API of Amazon does; and a key that is not accepted any more (E4). */
import { createSigner, renew } from '../signing.mjs';
import { deliveriesEnd, nothingDue } from './waiting.mjs';

const MINUTE = 60_000;

/** Amazon fails in some way while orders are taken on, and then answers. */
const failing = (name, kind, { jump = 0, ...more } = {}) => ({
  row: 'F',
  name,
  orders: 6,
  options: { withTruth: true },
  steps: ['capture', 'refund'],
  async before(scenario, { orders }) {
    await scenario.trade(orders, ['pay']);
    await scenario.amazon.ask('failApi', kind);
  },
  async after(scenario) {
    await scenario.until(() => scenario.isDone());
    await scenario.amazon.ask('failApi', 'ok');
    // What it was told to wait for need not be waited for here.
    if (jump > 0) await scenario.pass(jump);
  },
  ...more,
});

/** What Amazon itself said is believed, and looked at again by a sweep, like all that may change. */
const unknownState = failing('F6 unknown-state', 'unknown');
const believed = {
  ...unknownState,
  async after(scenario, size) {
    await unknownState.after(scenario, size);
    scenario.faultsEnded();
    await scenario.restart();
    await scenario.sweptTwice();
    // What the killed process had sent is taken over when its leases are over.
    await deliveriesEnd(scenario);
  },
};

/** Orders are paid, and known as that, before Amazon begins to fail. */
async function knownBefore(scenario, { orders }, kind) {
  await scenario.trade(orders, ['pay']);
  await scenario.settled();
  await scenario.amazon.ask('failApi', kind);
}

/** Amazon answers with what was before its own message, for a while. */
const behind = failing('F4 behind', 'behind', {
  orders: 5,
  steps: ['capture'],
  before: (scenario, size) => knownBefore(scenario, size, 'behind'),
});

/** Copies of Amazon that lag: every second answer is older than what was answered before. */
const flapping = failing('F5 older-answers', 'flapping', {
  orders: 5,
  steps: ['capture'],
  expect: { fault: 'flapping' },
  before: (scenario, size) => knownBefore(scenario, size, 'flapping'),
  async after(scenario) {
    await scenario.until(() => scenario.isDone());
    await nothingDue(scenario, 'truth');
    const sign = await createSigner(scenario);
    [...scenario.sender.messages.values()].forEach(({ body }, number) =>
      scenario.sender.publish(sign(body, renew(body, number))),
    );
    await scenario.until(() => scenario.isDone());
    // Who was told something old looks again, ten seconds and a minute after the message.
    for (const seconds of [11, 51]) {
      await scenario.pass(1000 * seconds);
      await nothingDue(scenario, 'truth');
    }
    await scenario.amazon.ask('failApi', 'ok');
    await scenario.pass(10 * MINUTE);
  },
});

/** An answer comes after that to a later request, which another instance sent when the first had lost its lease. */
const overtaken = {
  row: 'F',
  name: 'F5b overtaken',
  stores: ['postgres'],
  orders: 4,
  instances: 2,
  options: { withTruth: true },
  steps: ['capture'],
  expect: { fault: 'overtaken' },
  before: (scenario, size) => knownBefore(scenario, size, 'overtaken'),
  async after(scenario) {
    await scenario.until(() => scenario.events.some(({ held }) => held !== undefined));
    // No delivery is under way any more: time that passes ends the leases of all.
    await scenario.until(() => scenario.isDone());
    await scenario.pass(31_000);
    await nothingDue(scenario, 'truth');
    await scenario.amazon.ask('failApi', 'ok');
    await scenario.pass(10 * MINUTE);
  },
};

export const amazon = [
  failing('E4 key-refused', '401', { jump: 10 * MINUTE, row: 'E' }),
  failing('F1 429', '429', { jump: 2 * MINUTE }),
  failing('F1b 429-retry-after', '429-after'),
  failing('F2 500', '500', { jump: 10 * MINUTE }),
  failing('F2b 503', '503', { jump: 10 * MINUTE }),
  failing('F2c html', 'html', { jump: 10 * MINUTE }),
  failing('F2d half', 'half', { jump: 10 * MINUTE }),
  failing('F2e reset', 'reset', { jump: 10 * MINUTE }),
  ...[behind, flapping, overtaken, believed],
];
