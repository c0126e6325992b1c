/**
 * Decides the promises I1 to I9 of the proxy by ledgers alone: that of the sender, of each handler, of Amazon, and what an
 * auditor reads in the store. It knows nothing of the proxy's code, and believes nothing that the proxy says.
 *
 *   node bench/faults/check.mjs FOLDER
 *
 * prints the figures and every promise that is broken, and ends with 1 when one is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAmazon } from './check-amazon.mjs';
import { checkComparisons } from './check-comparisons.mjs';
import { checkCounting } from './check-counting.mjs';
import { checkHandler } from './check-handler.mjs';
import { readLedger } from './ledger.mjs';

const RECOVERY_MS = 60_000;
const MAX_RSS_MB = 250;
const MAX_LOG_MB = 64;
/** What every handler has work with, be it to pass it over. */
const TO_HANDLERS = ['handlers', 'counting'];

/** Messages with what the sender knows of them. */
export function readMessages(entries) {
  const messages = new Map();
  for (const { what, id, at, endAt, status, ...more } of entries) {
    if (what === 'lost') continue;
    if (what === 'published') {
      if (!messages.has(id))
        messages.set(id, { id, ...more, sends: 0, acknowledged: 0, firstSentAt: null, takenAt: null });
      continue;
    }
    const message = messages.get(id);
    message.sends += 1;
    message.firstSentAt = Math.min(message.firstSentAt ?? Infinity, at);
    if (status >= 200 && status < 300) {
      message.acknowledged += 1;
      message.takenAt = Math.min(message.takenAt ?? Infinity, endAt);
    } else if (status >= 400 && status < 500) message.refused = status;
  }
  return messages;
}

/** Everything that was acknowledged is in the store, byte for byte, once; and nothing that was never sent. */
function checkStore({ messages, store, broken }) {
  if (store.integrity !== 'ok') broken('I1', `the file is damaged: ${store.integrity}`);
  const stored = new Map();
  for (const row of store.messages) {
    if (stored.has(row.id)) broken('I1', `message ${row.id} is stored twice`);
    stored.set(row.id, row);
  }
  // A message without envelope has no id that the sender knows of.
  const bySha = new Map(store.messages.map((row) => [row.sha256, row]));
  for (const message of messages.values()) {
    const row = stored.get(message.id) ?? bySha.get(message.sha256);
    if (message.isExpired) {
      if (row !== undefined) broken('I8', `message ${message.id} is older than messages are kept`);
      continue;
    }
    if (message.acknowledged > 0 && message.expect === 'refused')
      broken('I1', `forged message ${message.id} was taken`);
    if (message.refused !== undefined && !message.expect.includes('refused'))
      broken('I1', `message ${message.id} may be genuine and was answered ${message.refused}`);
    if (message.acknowledged === 0 && TO_HANDLERS.includes(message.expect))
      broken('I6', `message ${message.id} was never taken`);
    if (message.acknowledged > 0 && row?.sha256 !== message.sha256)
      broken('I1', `message ${message.id} was acknowledged and is ${row === undefined ? 'not stored' : 'other bytes'}`);
    if (message.expect.includes('aside') && row !== undefined && row.quarantine === null && row.verdict === 'verified')
      broken('I1', `message ${message.id} belongs aside and was let through`);
  }
  const sent = new Set([...messages.values()].map(({ sha256 }) => sha256));
  for (const row of store.messages) if (!sent.has(row.sha256)) broken('I1', `message ${row.id} was never sent`);
}

/** Each delivery has one end: the first of a message, and those of each replay. Dead letters may be redriven often. */
function checkEnds({ messages, store, plan, broken }) {
  const replays = plan.replays ?? [];
  const ends = new Map();
  for (const { id, kind, state, reason, replay } of store.deliveries) {
    const key = replay === null ? `${kind} ${id}` : `${kind} ${id} of ${replay}`;
    // Whoever changes the mode often makes a message change hands often.
    if (ends.has(key) && replay !== 'redrive' && replay !== 'handover') broken('I3', `${key} is there twice`);
    ends.set(key, state);
    if (!['done', 'superseded', 'dead', 'expired'].includes(state)) broken('I3', `${key} has no end: ${state}`);
    if (state === 'dead' && !plan.mayBeRedriven) broken('I3', `${key} is dead: ${reason}`);
  }
  for (const { id, expect, acknowledged, isExpired } of messages.values())
    for (const kind of ['deliver-legacy', 'deliver-migrated'])
      for (const key of [`${kind} ${id}`, ...replays.map((replay) => `${kind} ${id} of ${replay}`)])
        if (TO_HANDLERS.includes(expect) && acknowledged > 0 && !isExpired && !ends.has(key))
          broken('I3', `${key} is missing`);
}

/** What the proxy reports is what is there, by the count of a program in another language; and is what was sent. */
function checkReport({ store, recount, messages, broken }) {
  for (const { figure, said, counted } of recount)
    broken('I7', `reports as ${figure} ${JSON.stringify(said)}, and it is ${JSON.stringify(counted)}`);
  // One that was verified meanwhile, under its own id, has come as often as both together.
  const counted = store.messages.filter(({ quarantine }) => quarantine !== 'duplicate');
  const seen = counted.reduce((total, row) => total + row.seen, 0);
  const all = [...messages.values()].filter(({ isExpired }) => !isExpired);
  const [acknowledged, sends] = ['acknowledged', 'sends'].map((name) => all.reduce((n, one) => n + one[name], 0));
  if (seen < acknowledged || seen > sends)
    broken('I7', `${seen} arrivals, of ${acknowledged} acknowledged and ${sends} sent`);
}

/** Orders of which Amazon told something while nobody was there: that a change was missed stands in the evidence. */
function checkMissed({ sender, evidence, broken }) {
  const missed = new Set(evidence.missed.map(({ orderKey }) => orderKey));
  const lost = new Set(sender.filter(({ what }) => what === 'lost').map(({ order }) => order));
  for (const order of lost)
    if (!missed.has(order)) broken('I9', `a change of ${order} was told to nobody, and is not missed`);
  for (const order of missed)
    if (!lost.has(order)) broken('I9', `a change of ${order} is missed, and nothing that told of it was lost`);
}

function checkBounds({ resources, plan, broken }) {
  const rss = Math.max(0, ...resources.map(({ rssMB }) => rssMB));
  const log = Math.max(0, ...resources.map(({ logMB }) => logMB ?? 0));
  if (rss > MAX_RSS_MB) broken('I8', `${rss} MB of memory`);
  if (log > MAX_LOG_MB) broken('I8', `a log of ${log} MB`);
  if (plan.recoveryMs === null) broken('I6', 'not done with its work after the faults');
  else if (plan.recoveryMs > RECOVERY_MS) broken('I6', `needed ${Math.round(plan.recoveryMs)} ms after the faults`);
  return rss;
}

/** Reads the ledgers of a run and says what is broken, and the figures. */
export function check(folder) {
  const readJson = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const plan = readJson('plan.json');
  const found = [];
  const broken = (promise, what) => found.push(`${promise} ${what}`);
  const sender = readLedger(join(folder, 'sender.jsonl'));
  const messages = readMessages(sender);
  for (const id of plan.expired ?? []) messages.get(id).isExpired = true;
  const store = readJson('store.json');
  const all = { messages, store, plan, broken, recount: readJson('recount.json') };
  checkStore(all);
  checkEnds(all);
  const [legacy, migrated] = ['legacy', 'migrated'].map((side) => readLedger(join(folder, `${side}.jsonl`)));
  const entries = { legacy, migrated };
  const sides = ['legacy', 'migrated'].map((side) => checkHandler({ ...all, side, entries: entries[side] }));
  const counting = checkCounting({ ...all, entries });
  const amazon = checkAmazon({
    ...all,
    requests: readLedger(join(folder, 'amazon.jsonl')),
    history: readJson('history.json'),
  });
  checkMissed({ ...all, sender, evidence: readJson('evidence.json') });
  checkComparisons(all);
  checkReport(all);
  const rssMB = checkBounds({ resources: readLedger(join(folder, 'resources.jsonl')), plan, broken });
  const total = (name) => sides.reduce((sum, side) => sum + side[name], 0);
  return {
    figures: {
      messages: messages.size,
      kills: plan.kills,
      redeliveries: total('redeliveries'),
      lost: total('lost') + counting.lost,
      duplicated: total('duplicated') + counting.duplicated,
      outOfOrder: total('outOfOrder') + counting.outOfOrder,
      gets: amazon.gets,
      rssMB: Math.round(rssMB),
      recoveryMs: plan.recoveryMs === null ? null : Math.round(plan.recoveryMs),
    },
    broken: found,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = check(process.argv[2]);
  console.log(JSON.stringify(result, null, 2));
  process.exitCode = result.broken.length === 0 ? 0 : 1;
}
