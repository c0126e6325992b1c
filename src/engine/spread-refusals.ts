import { findSpecifiers } from '../workspace/find-specifiers';
import { ImportResolver } from './resolve-import';
import type { ModuleNames } from '../../codemods/codemod';
import { isScript } from './check-syntax';

/** Which files load which, before and after the rewriting. */
export interface ImportGraph {
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  readonly importers: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Builds the graph of several versions of the same files.
 *
 * @param together files that a codemod changes together, as if each loaded the others
 */
export function buildImportGraph(
  versions: readonly ReadonlyMap<string, string>[],
  { packages, configurations }: ModuleNames,
  together: readonly (readonly string[])[] = [],
): ImportGraph {
  const resolver = new ImportResolver(
    new Set(versions.flatMap((texts) => [...texts.keys()])),
    packages,
    configurations,
  );
  const imports = new Map<string, Set<string>>();
  const importers = new Map<string, Set<string>>();
  const link = (path: string, target: string): void => {
    if (target === path) return;
    imports.set(path, (imports.get(path) ?? new Set()).add(target));
    importers.set(target, (importers.get(target) ?? new Set()).add(path));
  };
  for (const paths of together) for (const path of paths) for (const other of paths) link(path, other);
  for (const texts of versions) {
    for (const [path, text] of texts) {
      for (const specifier of isScript(path) ? findSpecifiers(Buffer.from(text)) : []) {
        const target = resolver.resolve(path, specifier);
        if (target !== undefined) link(path, target);
      }
    }
  }
  return { imports, importers };
}

/**
 * A v2 client made in one file and used in another is one change: when one file has to stay as it is, so has the other.
 * Files in between that only hand the client on are passed in the direction of the imports, so that an entry file which
 * loads everything does not tie everything together.
 *
 * @param isAdditive files that only add something (the emitted helper): who uses them does not decide about them
 * @returns the files that have to stay too, with the file they hang on
 */
export function spreadRefusals(
  refused: Iterable<string>,
  changed: ReadonlySet<string>,
  { imports, importers }: ImportGraph,
  isAdditive: (path: string) => boolean,
): Map<string, string> {
  const spread = new Map<string, string>();
  const known = new Set(refused);
  const pending = [...known];
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    for (const edges of [imports, importers]) {
      for (const path of reach(from, edges, changed)) {
        if (known.has(path) || isAdditive(path)) continue;
        known.add(path);
        spread.set(path, from);
        pending.push(path);
      }
    }
  }
  return spread;
}

/** The changed files that are reached in one direction, through unchanged ones. */
function reach(from: string, edges: ReadonlyMap<string, ReadonlySet<string>>, changed: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const seen = new Set([from]);
  const pending = [from];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const next of edges.get(path) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (changed.has(next)) found.push(next);
      else pending.push(next);
    }
  }
  return found;
}
