import type { Part, Run } from '../engine/run';
import { collectBy } from './group-findings';

/**
 * What several runs together leave out. All shares of a folder are all of it, and what is left out of a folder that another
 * run reports in full is not missing.
 *
 * @param runs each with its folder below the root of the joined run
 */
export function joinScopes(runs: readonly { readonly folder: string; readonly scope: Run['scope'] }[]): Run['scope'] {
  const parts = runs.flatMap(({ folder, scope = [{ folder: '' }] }) =>
    scope.map((part) => ({ ...part, folder: [folder, part.folder].filter((name) => name !== '').join('/') })),
  );
  const joined = [...collectBy(parts, nameKind).values()].flatMap(joinShares);
  const whole = new Set(joined.filter(isWhole).map(({ folder }) => folder));
  const scope = joined.filter(({ folder }) => !whole.has(folder));
  return scope.length === 0 ? undefined : scope;
}

/** Parts of one kind differ in nothing but which share they are. */
const nameKind = (part: Part): string => JSON.stringify({ ...part, shard: part.shard?.count });

function joinShares(parts: readonly Part[]): Part[] {
  const shares = [...new Map(parts.map((part) => [part.shard?.index, part])).values()];
  const isAll = shares.every(({ shard }) => shard === undefined || shard.count === shares.length);
  return isAll ? shares.slice(0, 1).map((part) => ({ ...part, shard: undefined })) : shares;
}

const isWhole = ({ shard, since, only, skip }: Part): boolean => (shard ?? since ?? only ?? skip) === undefined;
