/** D11: what is paid month by month on billing agreements, by both APIs, while the mode is changed and processes die. */

import { deliveriesEnd } from './waiting.mjs';

/** Which handler counts from month to month; nobody waits for the gate. */
const months = [
  { mode: 'shadow' },
  { mode: 'parallel', force: true },
  { mode: 'cutover', sharePercent: 50, force: true },
  { mode: 'rollback' },
];

/** `dies`: the process is killed in the middle of each month, and its mode is changed before that. */
const recurring = (name, { withTruth, dies }) => ({
  row: 'D',
  name,
  orders: 6,
  steps: [],
  options: { withTruth },
  instances: 2,
  before({ sender }) {
    sender.expects = 'counting';
  },
  async after(scenario, { orders }) {
    await scenario.amazon.ask('subscribe', orders);
    for (const [number, month] of months.entries()) {
      const already = scenario.taken;
      const renewing = scenario.amazon.ask('renew');
      await scenario.acknowledged(already + Math.ceil(scenario.random() * orders * 4));
      const { mode, ...more } = month;
      await scenario.setMode(mode, more);
      if (dies) await scenario.restart(number % scenario.proxies.length);
      await renewing;
    }
    await deliveriesEnd(scenario);
  },
});

export const subscriptions = [
  recurring('D11 recurring', { withTruth: true, dies: false }),
  recurring('D11b recurring-killed', { withTruth: true, dies: true }),
];
