/** What one handler got: nothing lost, nothing twice but what a crash interrupted, one order at a time and in its turn. */
export function readRequests(entries) {
  const requests = new Map();
  for (const { what, number, at, ...entry } of entries) {
    if (what === 'begin') requests.set(number, { ...entry, number, at, endAt: Infinity, status: null });
    else Object.assign(requests.get(number), { endAt: at, status: entry.status });
  }
  return [...requests.values()];
}

export const isTaken = ({ status }) => status !== null && status >= 200 && status < 300;

export function groupBy(values, key) {
  const groups = new Map();
  for (const value of values) groups.set(value[key], [...(groups.get(value[key]) ?? []), value]);
  return groups;
}

/** Messages that came before, and only then. A pair counts when the sender had the answer for the one before it sent the other. */
export function countOutOfOrder(messages, first) {
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
export function countOverlaps(requests) {
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

function checkCopies({ side, messages, store, plan, broken }, requests) {
  let duplicated = 0;
  let again = 0;
  for (const [message, some] of groupBy(requests, 'message')) {
    if (new Set(some.map(({ key }) => key)).size > 1) broken('I2', `${side}: ${message} came under several keys`);
    if (new Set(some.map(({ sha256 }) => sha256)).size > 1) broken('I2', `${side}: ${message} came with other bytes`);
    const effects = some.filter(({ isEffect }) => isEffect).length;
    if (effects > 1) broken('I2', `${side}: ${message} took effect ${effects} times`);
    duplicated += Math.max(0, effects - 1);
    // After an answer that says it was taken, it comes again only where a crash hid the answer.
    // What changes hands comes once as what counts; a dry run has no effect, and each change of mode may ask for one more.
    const isHanded = messages.get(message)?.expect === 'counting';
    for (const [role, asOne] of groupBy(some, 'role')) {
      if (isHanded && role !== 'primary') continue;
      const taken = asOne.findIndex(isTaken);
      if (taken >= 0) again += asOne.length - taken - 1;
    }
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
    if (!['handlers', side, 'counting', 'anywhere'].includes(messages.get(message)?.expect))
      broken('I1', `${side}: ${message} came, and should not have`);
  const { duplicated, again } = checkCopies({ side, messages, store, plan, broken }, requests);
  const overlaps = countOverlaps(requests);
  for (const overlap of overlaps.slice(0, 5)) broken('I4', `${side}: two at once for ${overlap}`);
  const first = new Map();
  for (const { message, at } of requests) if (!first.has(message)) first.set(message, at);
  // Of messages that change hands each handler has a part: see check-counting.mjs.
  const inTurn = new Map([...messages].filter(([, { expect }]) => expect !== 'counting'));
  const outOfOrder = countOutOfOrder(inTurn, first);
  if (!plan.mayReorder) for (const one of outOfOrder.slice(0, 5)) broken('I4', `${side}: ${one}`);
  return { lost, duplicated, outOfOrder: outOfOrder.length, redeliveries: requests.length - first.size, again };
}
