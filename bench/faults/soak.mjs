/** H: steady traffic for a long time, with a fault of some kind again and again; memory, files and the log over time. */
import { setTimeout as pause } from 'node:timers/promises';
import { endRun } from './end-run.mjs';
import { readLedger, now } from './ledger.mjs';
import { oneOf } from './random.mjs';
import { connect, endConnections } from './store-access.mjs';
import { postgresUrl, Scenario } from './scenario.mjs';

const MINUTE = 60_000;
/** A fault begins so often, and lasts so long where it lasts. */
const EVERY_MS = 15_000;
const LASTS_MS = 4000;
/** An order makes so many messages, in both formats together. */
const MESSAGES_PER_ORDER = 9;

const handler = (kind) => async (scenario) => {
  const side = oneOf(scenario.random, ['legacy', 'migrated']);
  await scenario.behave(side, { kind, share: 0.5 });
  await pause(LASTS_MS);
  await scenario.behave(side, { kind: 'ok', cut: true });
};
const asked = (what, kind) => async (scenario) => {
  await scenario.amazon.ask(what, kind);
  await pause(LASTS_MS);
  await scenario.amazon.ask(what, 'ok');
};

const faults = {
  kill: (scenario) => scenario.restart(),
  async stop(scenario) {
    await scenario.proxy.end('SIGTERM');
    await scenario.startProxy({}, 0);
  },
  async standStill(scenario) {
    scenario.proxy.process.kill('SIGSTOP');
    await pause(LASTS_MS);
    scenario.proxy.process.kill('SIGCONT');
  },
  500: handler(500),
  reset: handler('reset'),
  hang: handler('hang'),
  truncated: handler('truncated'),
  429: asked('failApi', '429'),
  'api-503': asked('failApi', '503'),
  certificates: asked('failCertificates', '503'),
  again: (scenario) => scenario.sender.sendAgain([...scenario.sender.messages.values()].slice(-200)),
};

async function endAllConnections(scenario) {
  const client = await connect(postgresUrl);
  await endConnections(client, scenario);
  await client.end();
  // An attempt that could not be written down is made again.
  scenario.kills += 1;
}

/** Trades and breaks until the time is over; returns which faults there were. */
async function run(scenario, { minutes, rate }) {
  const until = now() + minutes * MINUTE;
  const counts = {};
  const all = scenario.driver === 'postgres' ? { ...faults, endConnections: endAllConnections } : faults;
  const trade = async () => {
    while (now() < until) {
      const next = now() + (MESSAGES_PER_ORDER * 1000) / rate;
      await scenario.trade(1);
      await pause(Math.max(0, next - now()));
    }
  };
  const trouble = async () => {
    while (now() + 2 * EVERY_MS < until) {
      await pause(EVERY_MS - LASTS_MS);
      const name = oneOf(scenario.random, Object.keys(all));
      counts[name] = (counts[name] ?? 0) + 1;
      await all[name](scenario);
    }
  };
  await Promise.all([trade(), trouble()]);
  return counts;
}

/** A row for each minute. */
function overTime(samples) {
  return [...groupByMinute(samples)].map(([minute, some]) => {
    const most = (name) => Math.round(Math.max(...some.map((sample) => sample[name])) * 10) / 10;
    return { minute, rssMB: most('rssMB'), files: most('files'), logMB: most('logMB'), fileMB: most('fileMB') };
  });
}

function groupByMinute(samples) {
  const groups = new Map();
  for (const sample of samples) {
    const minute = Math.floor((sample.at - samples[0].at) / MINUTE);
    groups.set(minute, [...(groups.get(minute) ?? []), sample]);
  }
  return groups;
}

export async function soak({ minutes, rate, stores, seed }) {
  for (const driver of stores) {
    const scenario = new Scenario({ driver, seed: Number(seed), withTruth: true });
    // Messages that were checked later than others come later.
    scenario.expect = { mayReorder: true };
    scenario.onlyDue = true;
    await scenario.start();
    const counts = await run(scenario, { minutes, rate: Number(rate) });
    scenario.faultsEnded();
    await scenario.settled();
    const { figures, broken } = await endRun(scenario);
    console.log(`${driver}, ${minutes} minutes at ${rate} messages a second; faults: ${JSON.stringify(counts)}`);
    console.table(overTime(readLedger(scenario.path('resources.jsonl'))));
    console.log(JSON.stringify(figures));
    for (const what of broken.slice(0, 20)) console.error(`broken: ${driver}: ${what}`);
    if (broken.length > 0) process.exitCode = 1;
    if (broken.length > 0) console.error(`kept: ${scenario.folder}`);
    await scenario.remove({ isKept: broken.length > 0 });
  }
}
