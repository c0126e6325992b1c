/**
 * How long it takes from the acknowledgement of a notification to the comparison of its order: delivery to two handlers, the GETs
 * at Amazon (the emulator) within its live quota, and the comparison, with a settle window of nothing. On SQLite and PostgreSQL;
 * all parts are processes of their own. Nothing is asserted.
 *
 *   npm run build && node bench/compared.mjs [--orders=30] [--pause=1500]
 */
import { setTimeout as pause } from 'node:timers/promises';
import { acknowledgementTimes, quantile } from './faults/latency.mjs';
import { readLedger } from './faults/ledger.mjs';
import { readMessages } from './faults/check.mjs';
import { noneOpen } from './faults/rows/waiting.mjs';
import { Scenario } from './faults/scenario.mjs';

const options = { orders: 30, pause: 1500 };
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--(orders|pause)=(\d+)$/.exec(argument) ?? [];
  if (name === undefined) throw new Error(`Unknown option ${argument}. Known: --orders --pause`);
  options[name] = Number(value);
}

const show = (milliseconds) => Math.round(milliseconds);

/** For each message, the first comparison of its order that ended after it was acknowledged. */
function latencies(messages, events) {
  const found = [];
  for (const { order, takenAt } of messages) {
    const compared = events.find((event) => event.compared === order && event.at > takenAt);
    if (compared !== undefined) found.push(compared.at - takenAt);
  }
  return found.sort((a, b) => a - b);
}

const rows = [];
for (const driver of ['sqlite', 'postgres']) {
  const scenario = new Scenario({ driver, seed: 1, withTruth: true });
  scenario.onlyDue = true;
  // An order whose sides differ at first is looked at again, in a minute by default; how long that takes is no figure of the proxy.
  scenario.settings = { compare: { resampleEveryMs: 1000 } };
  try {
    await scenario.start();
    for (let order = 0; order < options.orders; order += 1) {
      await scenario.trade(1);
      await pause(options.pause);
    }
    await scenario.settled();
    // What is known is compared a moment later, or after a look at an order whose sides differed at first.
    await noneOpen(scenario, 'compare');
    const messages = [...readMessages(readLedger(scenario.path('sender.jsonl'))).values()];
    const times = acknowledgementTimes(scenario.path('sender.jsonl'));
    const sorted = latencies(messages, scenario.events);
    rows.push({
      ...{ store: driver, messages: messages.length, compared: sorted.length },
      ...{ 'median ms': show(quantile(sorted, 0.5)), 'p99 ms': show(quantile(sorted, 0.99)) },
      ...{ 'acknowledged, median ms': show(quantile(times, 0.5)), 'acknowledged, p99 ms': show(quantile(times, 0.99)) },
    });
  } finally {
    await scenario.remove();
  }
}
console.log(JSON.stringify(options));
console.table(rows);
