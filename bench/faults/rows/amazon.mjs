/** F: what the API of Amazon does; and a key that is not accepted any more (E4). */
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
  },
};

/** Amazon answers with what was before its own message, for a while. */
const behind = failing('F4 behind', 'behind', {
  orders: 5,
  steps: ['capture'],
  async before(scenario, { orders }) {
    await scenario.trade(orders, ['pay']);
    await scenario.settled();
    await scenario.amazon.ask('failApi', 'behind');
  },
});

export const amazon = [
  failing('E4 key-refused', '401', { jump: 10 * MINUTE, row: 'E' }),
  failing('F1 429', '429', { jump: 2 * MINUTE }),
  failing('F1b 429-retry-after', '429-after'),
  failing('F2 500', '500', { jump: 10 * MINUTE }),
  failing('F2b 503', '503', { jump: 10 * MINUTE }),
  failing('F2c html', 'html', { jump: 10 * MINUTE }),
  failing('F2d half', 'half', { jump: 10 * MINUTE }),
  failing('F2e reset', 'reset', { jump: 10 * MINUTE }),
  behind,
  believed,
];
