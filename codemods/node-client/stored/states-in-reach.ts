import type { CodemodInput, PackageInfo } from '../../codemod';
import { packageOf } from '../packages/place-helpers';
import type { StoredStates } from './stored-states';

/** What a package is called through which several of a project reach one database. */
const OF_DATABASE = /(?:^|[/_.@-])(?:db|data|models?|entit|schemas?|stor|prisma|knex|orm|persist|repositor|dao)/i;

/** The packages of the project that one loads, however far away. */
function loadedBy(info: PackageInfo, packages: readonly PackageInfo[]): Set<PackageInfo> {
  const found = new Set([info]);
  for (const { dependencies } of found)
    for (const each of packages) if (each.name !== undefined && dependencies.has(each.name)) found.add(each);
  return found;
}

/**
 * The names under which states are kept, as far as a file can come upon them: kept by its own package, by one that it loads or
 * that loads it, or by one that loads the same database. `state` is the name of many another thing in a project.
 */
export function statesInReach(input: CodemodInput, states: StoredStates): (path: string) => StoredStates {
  const loads = new Map(input.packages.map((info) => [info, loadedBy(info, input.packages)]));
  const meet = (one: PackageInfo, other: PackageInfo): boolean => {
    const [byOne, byOther] = [loads.get(one) ?? new Set([one]), loads.get(other) ?? new Set([other])];
    const isShared = ({ name, directory }: PackageInfo): boolean => OF_DATABASE.test(name ?? directory);
    return byOne.has(other) || byOther.has(one) || [...byOne].some((each) => byOther.has(each) && isShared(each));
  };
  const known = new Map<PackageInfo, StoredStates>();
  return (path) => {
    const own = packageOf(input, path);
    const found =
      known.get(own) ??
      new Map(
        [...states].flatMap(([name, stored]) => {
          const paths = stored.paths.filter((each) => meet(own, packageOf(input, each)));
          return paths.length === 0 ? [] : [[name, { ...stored, paths }] as const];
        }),
      );
    known.set(own, found);
    return found;
  };
}
