/** D5c and on: clocks and people at once, and machines that were suspended. */
import { setTimeout as pause } from 'node:timers/promises';
import { createSigner } from '../signing.mjs';

const HOUR = 3_600_000;
/** An instance knows a change of mode after a second. */
const KNOWN_MS = 1200;

/** What is in force, and whether the chain of changes holds. */
async function expectMode(scenario, mode) {
  const [status, audit] = [await scenario.ask('/api/status'), await scenario.ask('/api/verify/audit')];
  if (status.mode !== mode) throw new Error(`The mode is ${status.mode}, and was changed to ${mode}.`);
  if (audit.broken !== null) throw new Error(`The audit is broken: ${JSON.stringify(audit)}`);
}

/** Trades until all is done, which goes to both handlers, or to one of them alone. */
async function tradeFor(scenario, orders, expects) {
  await pause(KNOWN_MS);
  scenario.sender.expects = expects;
  await scenario.trade(orders);
  await scenario.until(() => scenario.isDone());
}

/** Somebody sets the clock, and in the same moment changes the mode: what comes then is the legacy handler's alone. And back. */
const withModeChange = (name, milliseconds) => ({
  row: 'D',
  name,
  orders: 12,
  instances: 2,
  async after(scenario, { orders }) {
    await scenario.until(() => scenario.isDone());
    await Promise.all([scenario.setClock(milliseconds), scenario.setMode('observe')]);
    await expectMode(scenario, 'observe');
    await tradeFor(scenario, orders, 'legacy');
    // Where the clock was set back, the next process finds changes of a time that has not come yet.
    await scenario.restart();
    await expectMode(scenario, 'observe');
    scenario.faultsEnded();
    await Promise.all([scenario.setClock(-milliseconds), scenario.setMode('shadow')]);
    scenario.clockJumps[0] = 0;
    await expectMode(scenario, 'shadow');
    await tradeFor(scenario, orders, 'handlers');
  },
});

/**
 * A machine is suspended while deliveries are under way, and hours later goes on: its clock is right again, and for its
 * processes no time has passed. SQLite goes by the machine: until then all is hours ago. The clock of PostgreSQL is another
 * machine's, and there is a second instance.
 */
const suspended = {
  row: 'D',
  name: 'D5e suspended',
  orders: 16,
  instances: 2,
  async before(scenario) {
    await scenario.behave('legacy', { kind: 'slow', milliseconds: 300, share: 0.5 });
    await scenario.behave('migrated', { kind: 503, share: 0.5 });
    if (scenario.driver !== 'sqlite') return;
    const sign = await createSigner(scenario);
    scenario.clockJumps[0] = -9 * HOUR;
    await scenario.proxy.end();
    await scenario.startProxy({}, 0);
    scenario.sender.change = (body) => sign(body, { Timestamp: new Date(Date.now() - 9 * HOUR).toISOString() });
  },
  async meanwhile(scenario, { orders, trading }) {
    await scenario.acknowledged(orders);
    const [first, ...others] = scenario.proxies;
    scenario.sender.isHeld = true;
    first.process.kill('SIGSTOP');
    const woken =
      scenario.driver === 'sqlite' ? scenario.setClock(9 * HOUR) : scenario.proxies[0].ask('suspend', 9 * HOUR);
    scenario.clockJumps[0] = 0;
    scenario.sender.change = (body) => body;
    if (others.length > 0) scenario.sender.urls = others.map(({ url }) => url);
    await trading;
    if (others.length > 0) await pause(5000);
    first.process.kill('SIGCONT');
    await woken;
    // What it had sent may have been taken without its knowing.
    scenario.kills += 1;
    scenario.sender.urls = scenario.proxies.map(({ url }) => url);
    scenario.sender.isHeld = false;
    scenario.sender.pump();
  },
  async after(scenario, { orders }) {
    await scenario.behave('legacy', { kind: 'ok' });
    await scenario.behave('migrated', { kind: 'ok' });
    scenario.faultsEnded();
    await scenario.trade(orders);
    await scenario.until(() => scenario.sender.open === 0);
    const { pendingVerification: waiting } = await scenario.ask('/api/status');
    if (waiting > 0) throw new Error(`${waiting} fresh messages wait for a clock that is right.`);
  },
};

export const clocks = [
  // Less than the hour by which a message may be of the future: with more it waits, after a restart, until the clock is right.
  withModeChange('D5c clock-back-mode-changed', -0.8 * HOUR),
  withModeChange('D5d clock-ahead-mode-changed', 2 * HOUR),
  suspended,
];
