import { z } from 'zod';
import type { PackageInfo, SourceUnit } from '../../codemod';

const text = z.string().optional().catch(undefined);
const manifest = z.object({
  private: z.boolean().optional().catch(undefined),
  version: text,
  main: text,
  module: text,
  types: text,
  typings: text,
  exports: z.unknown().optional(),
  files: z.unknown().optional(),
  publishConfig: z.unknown().optional(),
});

/** Every path that `exports` names, whatever the conditions. */
function pathsIn(exported: unknown): string[] {
  if (typeof exported === 'string') return [exported];
  return typeof exported === 'object' && exported !== null ? Object.values(exported).flatMap(pathsIn) : [];
}

const BUILT = /^(?:dist|lib|build|out|esm|cjs|es|commonjs|module|types)\//;
const EXTENSION = /(?:\.d)?\.[cm]?[jt]sx?$/;

/** `./dist/esm/index.js` to the sources that it may have been built from, without extension. */
function sourcesOf(path: string): string[] {
  let stem = path.replace(/^\.\//, '').replace(EXTENSION, '');
  const found = [stem];
  while (BUILT.test(stem)) {
    stem = stem.replace(BUILT, '');
    found.push(`src/${stem}`, stem);
  }
  return found;
}

/** A package whose package.json says that others install it. */
function readPublished(info: PackageInfo, files: readonly SourceUnit[]): z.infer<typeof manifest> | undefined {
  const path = info.directory === '' ? 'package.json' : `${info.directory}/package.json`;
  const source = files.find((file) => file.path === path);
  if (source === undefined || info.name === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(source.text);
  } catch {
    // The codemod of dependencies says so.
    return undefined;
  }
  const read = manifest.safeParse(json);
  if (!read.success || read.data.private === true || read.data.version === undefined) return undefined;
  const { exports, types, typings, files: included, publishConfig } = read.data;
  return [exports, types, typings, included, publishConfig].some((one) => one !== undefined) ? read.data : undefined;
}

/**
 * Tells which files of a package are what others load when they install it. Undefined for a package that is not published;
 * all of them where the entry is not among the sources.
 */
export function publishedEntries(
  info: PackageInfo,
  files: readonly SourceUnit[],
): ((path: string) => boolean) | undefined {
  const read = readPublished(info, files);
  if (read === undefined) return undefined;
  const named = [read.main, read.module, read.types, read.typings, ...pathsIn(read.exports)].flatMap(
    (one) => one ?? [],
  );
  const stems = new Set((named.length === 0 ? ['index'] : named).flatMap(sourcesOf));
  const inPackage = (path: string): string =>
    (info.directory === '' ? path : path.slice(info.directory.length + 1)).replace(EXTENSION, '');
  const isEntry = (path: string): boolean => {
    const stem = inPackage(path);
    return stems.has(stem) || stems.has(stem.replace(/\/index$/, ''));
  };
  return files.some(({ path }) => isEntry(path)) ? isEntry : () => true;
}
