/** What one handler got: nothing lost, nothing twice but what a crash interrupted, one order at a time and in its turn. */
function readRequests(entries) {
  const requests = new Map();
  for (const { what, number, at, ...entry } of entries) {
    if (what === 'begin') requests.set(number, { ...entry, number, at, endAt: Infinity, status: null });
    else Object.assign(requests.get(number), { endAt: at, status: entry.status });
  }
  return [...requests.values()];
}

const isTaken = ({ status }) => status !== null && status >= 200 && status < 300;

function groupBy(values, key) {
  const groups = new Map();
  for (const value of values) groups.set(value[key], [...(groups.get(value[key]) ?? []), value]);
  return groups;
}

/** Messages that came before, and only then. A pair counts when the sender had the answer for the one before it sent the other. */
function countOutOfOrder(messages, first) {
  const inTurn = [...messages.values()].filter(({ takenAt, order }) => takenAt !== null && order !== 'none');
  const found = [];
  for (const some of groupBy(inTurn, 'order').values())
    for (const before of some)
      for (const after of some)
        if (before.takenAt < after.firstSentAt && first.has(before.id) && first.has(after.id))
          if (first.get(before.id) > first.get(after.id)) found.push(`${after.id} before ${before.id}`);
  return found;
}

/** Requests for one order that were under way at once. */
function countOverlaps(requests) {
  const found = [];
  for (const [order, some] of groupBy(requests, 'order')) {
    if (order === 'none') continue;
    let end = -Infinity;
    for (const { at, endAt, message } of [...some].sort((a, b) => a.at - b.at)) {
      if (at < end) found.push(`${order}: ${message}`);
      end = Math.max(end, endAt);
    }
  }
  return found;
}

function checkCopies({ side, store, plan, broken }, requests) {
  let duplicated = 0;
  let again = 0;
  for (const [message, some] of groupBy(requests, 'message')) {
    if (new Set(some.map(({ key }) => key)).size > 1) broken('I2', `${side}: ${message} came under several keys`);
    if (new Set(some.map(({ sha256 }) => sha256)).size > 1) broken('I2', `${side}: ${message} came with other bytes`);
    const effects = some.filter(({ isEffect }) => isEffect).length;
    if (effects > 1) broken('I2', `${side}: ${message} took effect ${effects} times`);
    duplicated += Math.max(0, effects - 1);
    // After an answer that says it was taken, it comes again only where a crash hid the answer.
    const taken = some.findIndex(isTaken);
    if (taken >= 0) again += some.length - taken - 1;
  }
  const isReplayed = ({ kind, replay }) => kind === `deliver-${side}` && (plan.replays ?? []).includes(replay);
  const bound = plan.kills * plan.concurrency + store.deliveries.filter(isReplayed).length;
  if (again > bound)
    broken('I2', `${side}: ${again} sent again after they were taken; ${bound} may be, after ${plan.kills} kills`);
  return { duplicated: duplicated + Math.max(0, again - bound), again };
}

export function checkHandler({ side, entries, messages, store, plan, broken }) {
  const requests = readRequests(entries);
  const taken = new Map(requests.filter(isTaken).map((request) => [request.message, request]));
  let lost = 0;
  for (const { id, sha256, expect, acknowledged } of messages.values()) {
    if (!['handlers', side].includes(expect) || acknowledged === 0) continue;
    const request = taken.get(id);
    // What is told in the words of v2 are other bytes.
    const isTranslated = plan.isTranslated && side === 'migrated';
    if (request?.sha256 === sha256 || (isTranslated && request !== undefined)) continue;
    lost += 1;
    broken(
      'I1',
      `${side}: ${id} was acknowledged and ${request === undefined ? 'never came' : 'came with other bytes'}`,
    );
  }
  for (const { message } of requests)
    if (!['handlers', side, 'anywhere'].includes(messages.get(message)?.expect))
      broken('I1', `${side}: ${message} came, and should not have`);
  const { duplicated, again } = checkCopies({ side, store, plan, broken }, requests);
  const overlaps = countOverlaps(requests);
  for (const overlap of overlaps.slice(0, 5)) broken('I4', `${side}: two at once for ${overlap}`);
  const first = new Map();
  for (const { message, at } of requests) if (!first.has(message)) first.set(message, at);
  const outOfOrder = countOutOfOrder(messages, first);
  if (!plan.mayReorder) for (const one of outOfOrder.slice(0, 5)) broken('I4', `${side}: ${one}`);
  return { lost, duplicated, outOfOrder: outOfOrder.length, redeliveries: requests.length - first.size, again };
}
