/** Published quotas of the v2 API for one pair of accounts, live: a burst, and what comes back in a second. */
const BURST = 20;
const PER_SECOND = 4;
/** What a reading of two clocks may differ. */
const SLACK = 1;

const kindOf = (path) => /^\/(?:live\/|sandbox\/)?v2\/([A-Za-z]+)\//.exec(path)?.[1] ?? path;

/** Requests of one operation in any stretch of time, within the share of its quota. */
function checkRate(kind, requests, share, broken) {
  const times = requests.map(({ at }) => at).sort((a, b) => a - b);
  for (let first = 0; first < times.length; first += 1)
    for (let last = first; last < times.length; last += 1) {
      const allowed = share * (BURST + (PER_SECOND * (times[last] - times[first])) / 1000) + SLACK;
      if (last - first + 1 > allowed)
        return broken('I5', `${last - first + 1} of ${kind} in ${Math.round(times[last] - times[first])} ms`);
    }
}

/** After a 429 nothing of the same operation until the time that it asked for. */
function checkRetryAfter(requests, broken) {
  const refusals = requests.filter(({ fault }) => fault === '429-after');
  for (const { path, endAt } of refusals) {
    const kind = kindOf(path);
    const early = requests.find((one) => kindOf(one.path) === kind && one.at > endAt + 250 && one.at < endAt + 1900);
    if (early !== undefined) return broken('I5', `${kind} was asked ${Math.round(early.at - endAt)} ms after a 429`);
  }
}

/** Only GETs, within the quota; in the end the store knows what Amazon knows, and what it knew never went back. */
export function checkAmazon({ requests, history, store, messages, plan, broken }) {
  for (const { method, path } of requests) if (method !== 'GET') broken('I5', `${method} ${path} left the proxy`);
  const kinds = new Map();
  for (const request of requests)
    kinds.set(kindOf(request.path), [...(kinds.get(kindOf(request.path)) ?? []), request]);
  // A clock that is moved on brings back what would have come back in that time.
  if (plan.quotaShare !== null && !plan.isClockMoved)
    for (const [kind, some] of kinds) checkRate(kind, some, plan.quotaShare, broken);
  checkRetryAfter(requests, broken);
  if (plan.quotaShare !== null && history !== null) {
    const known = new Map(store.objects.map(({ id, state }) => [id, state]));
    const told = new Set(
      [...messages.values()].flatMap(({ objects = [], acknowledged }) => (acknowledged ? objects : [])),
    );
    for (const { id, state } of history) {
      // Amazon lists no refunds: of one that no message told its charge shows the sum, and nothing shows its id.
      if (/-R\d{6}$/.test(id) && !told.has(id)) continue;
      const word = state?.replace(/ \(.*\)$/, '') ?? null;
      if (known.get(id) !== word) broken('I9', `${id} is ${word}, and is taken for ${known.get(id) ?? 'nothing'}`);
    }
  }
  return { gets: requests.length };
}
