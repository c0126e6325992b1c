/** B10: a store that holds ten million messages already, half of them so old that retention is deleting them meanwhile. */
import { acknowledgementTimes, quantile } from '../latency.mjs';
import { now } from '../ledger.mjs';
import { openStore } from '../store-access.mjs';

const MESSAGES = 10_000_000;
const AT_ONCE = 100_000;
const DAY_MS = 24 * 60 * 60_000;
const TOPIC = 'arn:aws:sns:us-east-1:0:earlier';
/** What a machine that does other things as well adds to a figure. */
const NOISE_MS = 100;

const numbers = {
  sqlite: (from, to) =>
    `WITH RECURSIVE series (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM series WHERE n + 1 < ${to}) SELECT n FROM series`,
  postgres: (from, to) => `SELECT n FROM generate_series(${from}, ${to - 1}) AS n`,
};
const bytes = { sqlite: `CAST('{}' AS BLOB)`, postgres: `'{}'::bytea` };

/** Messages that were delivered long ago. Every second one is older than it has to be kept. */
async function fill({ store, driver }, count) {
  const opened = await openStore(store);
  const [young, old] = [Date.now() - 10 * DAY_MS, Date.now() - 200 * DAY_MS];
  for (let from = 0; from < count; from += AT_ONCE)
    await opened.run(
      `INSERT INTO inbox (topic_arn, message_id, received_at, last_seen_at, seen_count, kind, verdict, body, body_sha256, headers,
         order_key, is_sample)
       SELECT '${TOPIC}', 'earlier-' || n, at, at, 1, 'v1', 'verified', ${bytes[driver]}, '', '{}', 'S01-' || n, 0
       FROM (SELECT n, CASE WHEN n % 2 = 0 THEN ${old} ELSE ${young} END AS at
         FROM (${numbers[driver](from, Math.min(count, from + AT_ONCE))}) AS series) AS row`,
    );
  // It holds them for long: what a database does after so many rows at once is done.
  for (const sql of driver === 'postgres' ? ['VACUUM ANALYZE inbox', 'CHECKPOINT'] : ['ANALYZE']) await opened.run(sql);
  await opened.close();
}

/** The ledgers of the others know nothing of them. */
async function empty({ store }) {
  const opened = await openStore(store);
  const [{ n }] = await opened.all(`SELECT COUNT(*) AS n FROM inbox WHERE topic_arn = '${TOPIC}'`);
  await opened.run(`DELETE FROM inbox WHERE topic_arn = '${TOPIC}'`);
  await opened.close();
  return Number(n);
}

async function tradeTimed(scenario, orders) {
  const from = now();
  await scenario.trade(orders);
  await scenario.until(() => scenario.isDone());
  return quantile(acknowledgementTimes(scenario.path('sender.jsonl'), { from }), 0.99);
}

export const manyMessages = {
  row: 'B',
  name: 'B10 many-messages',
  orders: 40,
  least: 10,
  async before(scenario, { orders, share }) {
    const count = Math.round(MESSAGES * share);
    const ofFew = await tradeTimed(scenario, orders);
    await scenario.proxy.end();
    await fill(scenario, count);
    await scenario.startProxy({}, 0);
    const ofMany = await tradeTimed(scenario, orders);
    await scenario.proxy.end();
    const left = await empty(scenario);
    await scenario.startProxy({}, 0);
    const round = (figure) => Math.round(figure * 10) / 10;
    Object.assign(scenario.figures, { held: count, deleted: count - left, p99: round(ofFew), p99Held: round(ofMany) });
    if (left === count) throw new Error('Retention deleted nothing meanwhile: the figure says nothing about it.');
    if (ofMany > 2 * ofFew + NOISE_MS) throw new Error(`p99 ${ofFew} ms, and ${ofMany} ms with ${count} messages.`);
  },
};
