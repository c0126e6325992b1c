import { legacyPackages } from '../../src/catalog';
import type { PackageInfo, SourceUnit } from '../codemod';

/** The legacy client that `npm:amazon-payments@^0.2` installs; npm, yarn, pnpm and bun write it alike. */
export function clientOfAlias(specifier: string): string | undefined {
  const name = /^npm:((?:@[^/]+\/)?[^@/]+)(?:@.*)?$/.exec(specifier)?.[1];
  return name !== undefined && legacyPackages[name]?.kind === 'server' ? name : undefined;
}

/** `pay: npm:amazon-payments@^0.2` in the catalog of a workspace. */
const CATALOG_ENTRY = /^[ \t]+["']?((?:@[\w.-]+\/)?[\w.-]+)["']?[ \t]*:[ \t]*["']?(npm:[^\s"']+)/gm;

const isCatalog = ({ path }: Pick<SourceUnit, 'path'>): boolean =>
  /(?:^|\/)(?:pnpm-workspace\.yaml|\.yarnrc\.yml)$/.test(path);

/** Entries of a workspace catalog that install a legacy client under another name. */
export function aliasesOfCatalogs(files: readonly Pick<SourceUnit, 'path' | 'text'>[]): ReadonlyMap<string, string> {
  const entries = files.filter(isCatalog).flatMap(({ text }) =>
    [...text.matchAll(CATALOG_ENTRY)].flatMap(([, name = '', specifier = '']): [string, string][] => {
      const client = clientOfAlias(specifier);
      return client === undefined ? [] : [[name, client]];
    }),
  );
  return new Map(entries);
}

/**
 * Names under which the packages of a project install a legacy client. A name that stands for something else in another
 * package is none: modules are told by their names alone.
 */
export function legacyAliases(
  packages: readonly PackageInfo[],
  files: readonly Pick<SourceUnit, 'path' | 'text'>[],
): ReadonlyMap<string, string> {
  const catalogs = aliasesOfCatalogs(files);
  const aliases = new Map<string, string>();
  const others = new Set<string>();
  for (const { dependencies } of packages) {
    for (const [name, specifier] of dependencies) {
      if (legacyPackages[name] !== undefined) continue;
      const client = specifier.startsWith('catalog:') ? catalogs.get(name) : clientOfAlias(specifier);
      if (client === undefined) others.add(name);
      else aliases.set(name, client);
    }
  }
  for (const name of others) aliases.delete(name);
  return aliases;
}
