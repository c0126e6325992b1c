import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PackageInfo } from '../../codemods/codemod';
import { directoriesAbove } from './directories';
import { messageOf } from './workspace-error';

const MAX_MANIFEST = 2 * 1024 * 1024;
const names = z.record(z.string(), z.string()).optional().catch(undefined);
const manifestSchema = z.object({
  name: z.string().optional().catch(undefined),
  main: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  dependencies: names,
  devDependencies: names,
  peerDependencies: names,
  optionalDependencies: names,
});

export interface PackagesFound {
  /** The package that owns a file is the first whose directory contains it; the root is always there, last. */
  readonly packages: readonly PackageInfo[];
  readonly failed: readonly { readonly path: string; readonly error: string }[];
}

function readPackage(root: string, path: string, usesTypeScript: boolean): PackageInfo {
  if (statSync(join(root, path)).size > MAX_MANIFEST) throw new Error('larger than 2 MB');
  const text = readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');
  const manifest = manifestSchema.parse(JSON.parse(text));
  const sections = [
    manifest.dependencies,
    manifest.devDependencies,
    manifest.peerDependencies,
    manifest.optionalDependencies,
  ];
  return {
    directory: path.replace(/\/?package\.json$/, ''),
    ...(manifest.name === undefined ? {} : { name: manifest.name }),
    ...(manifest.main === undefined ? {} : { main: manifest.main }),
    moduleType: manifest.type === 'module' ? 'module' : 'commonjs',
    usesTypeScript,
    dependencies: new Map(sections.flatMap((section) => Object.entries(section ?? {}))),
  };
}

/** Reads the package.json files among the files. A malformed one is a failure of its own and stops nothing. */
export function findPackages(root: string, files: readonly string[]): PackagesFound {
  const packages: PackageInfo[] = [];
  const failed: { path: string; error: string }[] = [];
  const typed = directoriesAbove(files.filter((path) => /\.tsx?$|(?:^|\/)tsconfig[^/]*\.json$/.test(path)));
  for (const path of files.filter((file) => /(?:^|\/)package\.json$/.test(file)).sort()) {
    const directory = path.replace(/\/?package\.json$/, '');
    try {
      packages.push(readPackage(root, path, typed.has(directory)));
    } catch (error) {
      failed.push({ path, error: `package.json cannot be read: ${messageOf(error).split('\n')[0] ?? ''}` });
    }
  }
  if (!packages.some(({ directory }) => directory === '')) {
    packages.push({ directory: '', moduleType: 'commonjs', usesTypeScript: typed.has(''), dependencies: new Map() });
  }
  return {
    packages: packages.sort((a, b) => b.directory.length - a.directory.length || (a.directory < b.directory ? -1 : 1)),
    failed,
  };
}
