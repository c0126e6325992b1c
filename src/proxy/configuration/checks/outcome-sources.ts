import { openSources } from '../../compare/open-sources';
import type { OutcomeSource } from '../../compare/sources/outcome-source';
import type { Side } from '../../observer';
import type { ProxySettings } from '../settings';
import { look, ok, wrong, type Check, type Finding } from './finding';

/** No order has it. */
const NO_ORDER = 'S01-0000000-0000000';

async function checkSource(side: Side, source: OutcomeSource): Promise<Finding> {
  const at = `compare.${side}`;
  const sample = await source.sample(NO_ORDER);
  await source.close();
  if (sample.kind === 'absent') return ok(`says that it has no order ${NO_ORDER}, which is right`);
  if (sample.kind === 'unreachable') return look(`${sample.reason}. Its orders cannot be compared so. See ${at}.`);
  return wrong(`says something of ${NO_ORDER}, an order that nobody has. Must be 404 or no row. See ${at}.`);
}

/** What the outcomes are asked from, where that is not the answer of the handler. */
export function checkOutcomeSources({ compare, deliver }: ProxySettings): readonly Check[] {
  if (deliver === undefined) return [];
  const sources = openSources(compare);
  return (['legacy', 'migrated'] as const).flatMap((side) => {
    const source = sources[side];
    return source === null
      ? []
      : [{ what: `outcomes of ${side} (${source.name})`, find: () => checkSource(side, source) }];
  });
}
