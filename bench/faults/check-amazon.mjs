/** Published quotas of the APIs for one pair of accounts, live: a burst, and what comes back in a second. */
const quotas = { v2: { burst: 20, perSecond: 4 }, legacy: { burst: 20, perSecond: 2 } };
/** What a reading of two clocks may differ. */
const SLACK = 1;
/** Milliseconds by which a request may come later than its right was taken: the first ones find no connection yet. */
const LATE = 500;
/** Tries for an object that Amazon does not have: at once, and three over ten minutes. */
const TRIES = 4;

const kindOf = ({ path, action }) => action ?? /^\/(?:live\/|sandbox\/)?v2\/([A-Za-z]+)\//.exec(path)?.[1] ?? path;
const idOf = ({ path }) => decodeURIComponent(path.split('?')[0].split('/').at(-1));

function groupBy(values, keyOf) {
  const groups = new Map();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

/** Only what reads leaves the proxy: legacy knows but POST, and its actions say which they are. */
function checkReads(requests, broken) {
  for (const { method, path, action } of requests)
    if (method !== 'GET' && !/^Get\w+Details$/.test(action ?? '')) broken('I5', `${method} ${path} left the proxy`);
}

/** Requests of one operation in any stretch of time: within the share of its quota when they left, within all of it when they came. */
function checkRate(kind, requests, share, broken) {
  const { burst, perSecond } = requests[0].action === undefined ? quotas.v2 : quotas.legacy;
  const times = requests.map(({ at }) => at).sort((a, b) => a - b);
  for (let first = 0; first < times.length; first += 1)
    for (let last = first; last < times.length; last += 1) {
      const passed = times[last] - times[first];
      const within = (milliseconds) => burst + (perSecond * milliseconds) / 1000;
      const allowed = Math.min(share * within(passed + LATE), within(passed)) + SLACK;
      if (last - first + 1 > allowed)
        return broken('I5', `${last - first + 1} of ${kind} in ${Math.round(times[last] - times[first])} ms`);
    }
}

/** After a 429 nothing of the same operation until the time that it asked for. */
function checkRetryAfter(requests, broken) {
  const refusals = requests.filter(({ fault }) => fault === '429-after');
  for (const refusal of refusals) {
    const { endAt } = refusal;
    const kind = kindOf(refusal);
    const early = requests.find((one) => kindOf(one) === kind && one.at > endAt + 250 && one.at < endAt + 1900);
    if (early !== undefined) return broken('I5', `${kind} was asked ${Math.round(early.at - endAt)} ms after a 429`);
  }
}

/** What is known of an object never goes back, and each of its versions comes from an answer that was another. */
function checkVersions({ store, requests, broken }) {
  const answers = groupBy(
    requests.filter(({ told, status }) => told !== undefined && status === 200),
    idOf,
  );
  const isLegacy = requests.some(({ action }) => action !== undefined);
  for (const [id, versions] of groupBy(store.objects, ({ id }) => id)) {
    const seen = versions.filter(({ problem }) => problem === null);
    for (const [index, { updatedAt, state }] of seen.entries())
      if (index > 0 && updatedAt < seen[index - 1].updatedAt)
        broken('I4', `${id} went back from ${seen[index - 1].state} to ${state}`);
    const different = new Set((answers.get(id) ?? []).map(({ told }) => told.sha256)).size;
    if (!isLegacy && seen.length > different)
      broken('I4', `${id} has ${seen.length} versions, of ${different} answers`);
  }
}

/** In the end the store knows what Amazon knows. */
function checkKnown({ history, store, messages, plan, broken }) {
  const known = new Map(store.objects.map(({ id, state }) => [id, state]));
  const told = new Set(
    [...messages.values()].flatMap(({ objects = [], acknowledged }) => (acknowledged ? objects : [])),
  );
  for (const { id, order, state } of history) {
    if (plan.notFound?.includes(order)) continue;
    // Amazon lists no refunds: of one that no message told its charge shows the sum, and nothing shows its id.
    if (/-R\d{6}$/.test(id) && !told.has(id)) continue;
    const word = state?.replace(/ \(.*\)$/, '') ?? null;
    if (known.get(id) !== word) broken('I9', `${id} is ${word}, and is taken for ${known.get(id) ?? 'nothing'}`);
  }
}

/** Of an order that Amazon does not have it is said so, after as many tries as are promised, and it is compared as that. */
function checkNotFound({ requests, store, messages, plan, broken }) {
  const told = [...messages.values()];
  for (const order of plan.notFound ?? []) {
    const objects = store.objects.filter(({ id }) => id.startsWith(order));
    if (objects.length === 0) broken('F3', `nothing is known of ${order}, not even that it is missing`);
    for (const { id, problem, state } of objects) {
      if (problem !== 'not-found') broken('F3', `${id} is ${problem ?? state}, and Amazon does not have it`);
      const tries = requests.filter((one) => one.method === 'GET' && idOf(one) === id).length;
      // A message that comes meanwhile begins anew.
      const most = TRIES + Math.max(0, told.filter((one) => one.order === order).length - 1);
      if (tries < TRIES || tries > most) broken('F3', `${id} was asked for ${tries} times`);
    }
    const compared = store.comparisons.filter((one) => one.order === order).at(-1);
    if (compared?.verdict !== 'incomparable' || !compared.signature.includes('amazon:not-found'))
      broken('F3', `${order} is compared as ${compared?.verdict ?? 'nothing'}: ${compared?.signature}`);
  }
}

/** Objects of which nothing new was told since a time are asked for once. */
function checkOnce({ requests, plan, broken }) {
  const { since, objects } = plan.once ?? { objects: [] };
  for (const id of objects) {
    const times = requests.filter((one) => one.at > since && idOf(one) === id).length;
    if (times !== 1) broken('D3', `${id} was asked for ${times} times after a message that told nothing new`);
  }
}

export function checkAmazon({ requests, history, store, messages, plan, broken }) {
  checkReads(requests, broken);
  // A clock that is moved on brings back what would have come back in that time.
  if (plan.quotaShare !== null && !plan.isClockMoved)
    for (const [kind, some] of groupBy(requests, kindOf)) checkRate(kind, some, plan.quotaShare, broken);
  checkRetryAfter(requests, broken);
  checkVersions({ store, requests, broken });
  if (plan.quotaShare !== null && history !== null) checkKnown({ history, store, messages, plan, broken });
  checkNotFound({ requests, store, messages, plan, broken });
  checkOnce({ requests, plan, broken });
  const { fault } = plan;
  if (fault !== undefined && !requests.some((one) => one.fault === fault && one.status !== null))
    broken('the case', `Amazon never failed as it should: ${fault}`);
  return { gets: requests.length };
}
