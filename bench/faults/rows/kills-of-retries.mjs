/** A13: kill -9 while a delivery that failed is put off, or given up. It is the one or the other, and is so once. */
import { diesAgain, willDie } from './dying.mjs';
import { refusing } from './handlers.mjs';

const failing = { legacy: { kind: 500, share: 0.4 }, migrated: { kind: 503, share: 0.4 } };

async function dieAndGoOn(scenario, point, { kills, trading }) {
  await diesAgain(scenario, { point, times: 5, kills, trading });
  await scenario.startProxy({}, 0);
}

const puttingOff = (name, point) => ({
  row: 'A',
  name,
  orders: 8,
  async before(scenario) {
    for (const [side, change] of Object.entries(failing)) await scenario.behave(side, change);
    await willDie(scenario, point, 5);
  },
  meanwhile: (scenario, also) => dieAndGoOn(scenario, point, also),
  async after(scenario) {
    for (const side of Object.keys(failing)) await scenario.behave(side, { kind: 'ok' });
  },
});

/** The handler refuses everything; what died of that is delivered again in the end. */
const givingUp = (name, point) => {
  const refused = refusing(name, 400);
  return {
    ...refused,
    row: 'A',
    async before(scenario) {
      await refused.before(scenario);
      await willDie(scenario, point, 5);
    },
    meanwhile: (scenario, also) => dieAndGoOn(scenario, point, also),
  };
};

export const killsOfRetries = [
  puttingOff('A13 retry-in-transaction', 'retry:writing'),
  puttingOff('A13b retry-written', 'retry:written'),
  givingUp('A13c dead-in-transaction', 'dead:writing'),
  givingUp('A13d dead-written', 'dead:written'),
];
