/** G: a message that ends the process. */
import { noneOpen, waitFor } from './waiting.mjs';

/** A message at which the process dies each time that it is delivered. */
const poison = {
  row: 'G',
  name: 'G14 poison',
  orders: 8,
  expect: { mayBeRedriven: true },
  settings: { deliver: { retry: { baseMs: 150, maxMs: 1000, maxInterruptions: 4 } } },
  async before(scenario) {
    await scenario.trade(1, ['pay']);
    await scenario.until(() => scenario.isDone());
    const [{ order }] = [...scenario.sender.messages.values()];
    await scenario.behave('legacy', { kind: 'poison', only: order });
    scenario.poisoned = order;
    await scenario.trade(1, ['capture']);
  },
  async meanwhile(scenario, { trading }) {
    const count = () => scenario.events.filter(({ poisoned }) => poisoned).length;
    // With PostgreSQL a delivery is begun again when its lease of four seconds is over.
    for (let deaths = 0; await scenario.until(() => count() > deaths, 12_000); deaths += 1) await scenario.restart();
    await trading;
    if (!(await scenario.until(() => isServed(scenario), 20_000))) throw new Error('Orders waited for another one.');
    scenario.figures.deaths = scenario.kills;
  },
  async after(scenario) {
    await waitFor('the dead letters', async () => (await scenario.ask('/api/status')).deadLetters > 0);
    await scenario.behave('legacy', { kind: 'ok', cut: true });
    await noneOpen(scenario, 'deliver-legacy');
    await scenario.ask('/api/dead-letters/redrive', { filter: { side: 'legacy' }, who: 'faults', why: 'mended' });
  },
};

/** All other orders have everything. */
const isServed = ({ sender, takenBy, poisoned }) =>
  [...sender.messages.values()].every(
    ({ id, order, isTaken }) => order === poisoned || (isTaken && takenBy.legacy.has(id) && takenBy.migrated.has(id)),
  );

export const poisonous = [poison];
