/** F3, F8: objects that Amazon does not have, or does not have yet, or that only the legacy API has. */
import { createSigner, makeEnvelope } from '../signing.mjs';
import { nothingDue } from './waiting.mjs';

const SECOND = 1000;
/** A little more than there is between the tries for what is missing; and the last for comparisons that waited for them. */
const PAUSES_MS = [31 * SECOND, 121 * SECOND, 451 * SECOND];
const COMPARED_MS = 1300 * SECOND;

/** Time passes until the last try for what is missing was made, and what could be compared was. */
async function allTries(scenario) {
  for (const milliseconds of [0, ...PAUSES_MS, COMPARED_MS]) {
    if (milliseconds > 0) await scenario.pass(milliseconds);
    await nothingDue(scenario, 'truth', 'compare');
  }
}

/** Whoever looks at the evidence finds these orders, and why nobody can tell how they are. */
async function isReported(scenario, orders) {
  const { groups } = await scenario.ask('/api/evidence');
  const found = groups.filter(({ signature }) => signature.includes('amazon:not-found'));
  const count = found.reduce((sum, group) => sum + group.orders, 0);
  if (count !== orders.length) throw new Error(`${count} orders of ${orders.length} are reported: not found.`);
  Object.assign(scenario.figures, { notFound: count });
}

/** Orders of another shop: Amazon has none of them, today or later. */
const foreignObjects = {
  row: 'F',
  name: 'F3 foreign-objects',
  orders: 4,
  options: { withTruth: true },
  async before(scenario) {
    const sign = await createSigner(scenario);
    const envelopes = Array.from({ length: 12 }, (_, number) => makeEnvelope(scenario, number));
    for (const envelope of envelopes) scenario.sender.publish(sign(envelope));
    const notFound = envelopes.map((envelope) => JSON.parse(JSON.parse(envelope).Message).ChargePermissionId);
    scenario.expect = { ...scenario.expect, notFound };
  },
  async after(scenario) {
    await scenario.until(() => scenario.isDone());
    await allTries(scenario);
    await isReported(scenario, scenario.expect.notFound);
  },
};

/** Amazon sends a message sooner than it has what it is about. */
const tooNew = {
  row: 'F',
  name: 'F3b too-new',
  orders: 4,
  options: { withTruth: true },
  expect: { fault: 'missing-at-first' },
  before: (scenario) => scenario.amazon.ask('failApi', 'missing-at-first'),
  async after(scenario) {
    await scenario.until(() => scenario.isDone());
    await allTries(scenario);
  },
};

/** v2 knows nothing of some orders, and the legacy API is asked for them. */
const legacyOnly = (name, kind, expect) => ({
  row: 'F',
  name,
  orders: 6,
  options: { withTruth: true },
  settings: { withLegacy: true },
  async before(scenario, { orders }) {
    scenario.sender.isHeld = true;
    await scenario.trade(orders);
    const forgotten = await scenario.amazon.ask('forget', Math.ceil(orders / 2));
    await scenario.amazon.ask('failLegacy', kind);
    scenario.expect = expect(forgotten);
    scenario.sender.isHeld = false;
    scenario.sender.pump();
  },
  steps: [],
  async after(scenario) {
    await scenario.until(() => scenario.isDone());
    await allTries(scenario);
    await isReported(scenario, scenario.expect.notFound ?? []);
  },
});
const isUnverifiable = (notFound) => ({ notFound });

export const unknownObjects = [
  ...[foreignObjects, tooNew],
  legacyOnly('F8 legacy-503', '503', isUnverifiable),
  legacyOnly('F8b legacy-403', '403', isUnverifiable),
  legacyOnly('F8c legacy-html', 'html', isUnverifiable),
  legacyOnly('F8d legacy-gone', 'reset', isUnverifiable),
  // While it lives, it is the one that knows.
  legacyOnly('F8e legacy-lives', 'ok', () => ({})),
];
