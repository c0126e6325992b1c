/**
 * Messages of which the mode says who counts, while it is changed: over both handlers together each took effect once, where it
 * counted, and those of an order in their turn. Which handler that was is for the mode; that there was one, and one, is not.
 */
import { countOutOfOrder, countOverlaps, groupBy, isTaken, readRequests } from './check-handler.mjs';

export function checkCounting({ messages, entries, plan, broken }) {
  const expected = new Map([...messages].filter(([, { expect }]) => expect === 'counting'));
  const counted = ['legacy', 'migrated']
    .flatMap((side) => readRequests(entries[side]).map((request) => ({ ...request, side })))
    .filter(({ role, message }) => role === 'primary' && expected.has(message));
  const taken = groupBy(counted.filter(isTaken), 'message');
  const lost = [...expected.values()].filter(({ id, acknowledged }) => acknowledged > 0 && !taken.has(id));
  for (const { id } of lost.slice(0, 5)) broken('I1', `${id} was acknowledged and came to no handler that counted`);
  const twice = [...taken].filter(([, some]) => new Set(some.map(({ side }) => side)).size > 1);
  // Whose answer a crash hid may have taken it, and nobody knows.
  const bound = plan.kills * plan.concurrency;
  if (twice.length > bound)
    for (const [id] of twice.slice(0, 5)) broken('I2', `${id} counted at both handlers; ${bound} may, for crashes`);
  const first = new Map([...taken].map(([id, some]) => [id, Math.min(...some.map(({ at }) => at))]));
  const outOfOrder = countOutOfOrder(expected, first);
  for (const one of outOfOrder.slice(0, 5)) broken('I4', `where it counted: ${one}`);
  // Who did not live to answer has begun something that the other may not know of.
  const overlaps = countOverlaps(counted.filter(isTaken));
  for (const one of overlaps.slice(0, 5)) broken('I4', `at two that counted at once, for ${one}`);
  return { lost: lost.length, duplicated: Math.max(0, twice.length - bound), outOfOrder: outOfOrder.length };
}
