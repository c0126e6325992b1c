/** A20: two instances are brought to a newer version one after the other, while messages come. */
import { now } from '../ledger.mjs';
import { forgetTomorrow, startNewer, takenByOlder } from '../newer-version.mjs';
import { openStore } from '../store-access.mjs';

const PATIENCE_MS = 20_000;
/** EX_TEMPFAIL: whoever starts it again starts the version that is installed by then. */
const START_AGAIN = 75;

async function stop(proxy) {
  const end = await proxy.end('SIGTERM');
  if (end !== 0) throw new Error(`It ended with ${end}: ${proxy.said}`);
}

/** It has work of its own in hand when its store becomes another one. */
async function endsItself(older) {
  const from = now();
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, 'it runs on').unref());
  const end = await Promise.race([older.ended, tooLong]);
  if (end !== START_AGAIN) throw new Error(`The older one: ${end}. ${older.said}`);
  return Math.round(now() - from);
}

export const rollingUpgrade = {
  row: 'A',
  name: 'A20 rolling-upgrade',
  stores: ['postgres'],
  orders: 30,
  instances: 2,
  async meanwhile(scenario, { orders }) {
    await scenario.acknowledged(orders);
    const [first, second] = scenario.proxies;
    await stop(first);
    await startNewer(scenario, 0);
    const olderEndedMs = await endsItself(second);
    const again = await scenario.startProxy({}, 1).catch(({ message }) => message);
    if (!String(again).includes('newer')) throw new Error('An older one was started, and runs.');
    await startNewer(scenario, 1);
    Object.assign(scenario.figures, { olderEndedMs });
  },
  async after(scenario) {
    await scenario.settled();
    const opened = await openStore(scenario.store);
    const taken = await takenByOlder(opened, scenario);
    await forgetTomorrow(opened);
    await opened.close();
    scenario.figures.takenByOlder = taken;
    if (taken > 0) throw new Error(`The older one has taken ${taken} messages into the newer schema.`);
  },
};
