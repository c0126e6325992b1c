import { legacyPackages } from '../../src/catalog';
import type { PackageInfo, ScriptConfiguration } from '../codemod';

const isBelow = (directory: string, path: string): boolean => directory === '' || path.startsWith(`${directory}/`);

/** The configurations that hold for a file, the nearest first. */
const configurationsAround = (
  configurations: readonly ScriptConfiguration[],
  path: string,
): readonly ScriptConfiguration[] =>
  configurations
    .filter(({ directory }) => isBelow(directory, path))
    .sort((a, b) => b.directory.length - a.directory.length);

/** What `*` stands for; undefined when the text does not have the form of the pattern. */
function matched(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text ? '' : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const isLong = text.length >= before.length + after.length;
  return isLong && text.startsWith(before) && text.endsWith(after)
    ? text.slice(before.length, text.length - after.length)
    : undefined;
}

/** TypeScript takes the pattern whose part before the star is the longest; one without a star is exact. */
const weight = (pattern: string): number => (pattern.includes('*') ? pattern.indexOf('*') : Infinity);

/** Places that a specifier means by `paths` and `baseUrl`, without extension, relative to the root. */
export function placesByAlias(
  configurations: readonly ScriptConfiguration[],
  from: string,
  specifier: string,
): string[] {
  return configurationsAround(configurations, from).flatMap(({ aliases, baseUrl }) => {
    const [best] = aliases
      .flatMap(({ pattern, targets }) => {
        const star = matched(pattern, specifier);
        return star === undefined
          ? []
          : [{ pattern, places: targets.map((target) => target.replace('*', () => star)) }];
      })
      .sort((a, b) => weight(b.pattern) - weight(a.pattern));
    const below = baseUrl === undefined ? [] : [baseUrl === '' ? specifier : `${baseUrl}/${specifier}`];
    return [...(best?.places ?? []), ...below];
  });
}

/**
 * `@/payments/amazon`, `~pay/amazon`, `src/payments/amazon`: an alias of a bundler that no configuration tells. It means the
 * one file of the package (`inside`) whose path ends with `tail`. Packages that are installed are none.
 */
export function tailOfAlias(
  packages: readonly PackageInfo[],
  from: string,
  specifier: string,
): { readonly inside: string; readonly tail: string } | undefined {
  const [first = '', ...rest] = specifier.split('/');
  const owner = packages.find(({ directory }) => isBelow(directory, from));
  const name = first.startsWith('@') ? `${first}/${rest[0] ?? ''}` : first;
  const isInstalled = legacyPackages[name] !== undefined || owner?.dependencies.has(name) === true;
  if (rest.length === 0 || isInstalled || first.includes(':')) return undefined;
  const inside = owner === undefined || owner.directory === '' ? '' : `${owner.directory}/`;
  return { inside, tail: /^[@~#$]/.test(first) ? rest.join('/') : specifier };
}

const EXTENSION = /(?:\.d)?\.(?:[cm]?[jt]s|[jt]sx|json)$/;

/** Specifiers by which `paths` may name a file. */
export function aliasesOf(configurations: readonly ScriptConfiguration[], target: string): string[] {
  const stem = target.replace(EXTENSION, '');
  const forms = [target, stem, ...(/(?:^|\/)index$/.test(stem) ? [stem.replace(/\/?index$/, '')] : [])];
  return configurations.flatMap(({ aliases }) =>
    aliases.flatMap(({ pattern, targets }) =>
      targets.flatMap((place) =>
        forms.flatMap((form) => {
          const star = matched(place, form);
          return star === undefined ? [] : [pattern.replace('*', () => star)];
        }),
      ),
    ),
  );
}
