import { HELPER } from './emitted-files';
import type { ModuleNames, PackageInfo, SourceUnit } from '../codemod';
import type { HelperFormat } from './part';
import { isTypeScript } from '../rewriting/is-type-script';

export interface HelperPlace {
  /** Relative to the root. */
  readonly path: string;
  readonly format: HelperFormat;
  /** Text of the helper that is there already. */
  readonly existing?: string;
}

/** A file that will load the helper. */
export interface HelperUser {
  readonly path: string;
  readonly usesImport: boolean;
}

const directoryOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');

function commonDirectory(paths: readonly string[]): string {
  const [first = [], ...rest] = paths.map((path) => directoryOf(path).split('/'));
  const shared = first.filter(
    (part, index) =>
      rest.every((parts) => parts.slice(0, index + 1).join('/') === first.slice(0, index + 1).join('/')) && part !== '',
  );
  return shared.join('/');
}

const useTypeScript = (users: readonly HelperUser[]): boolean => users.some(({ path }) => isTypeScript(path));

function formatFor(users: readonly HelperUser[]): HelperFormat {
  if (useTypeScript(users)) return 'typescript';
  return users.every(({ usesImport }) => usesImport) ? 'esm' : 'commonjs';
}

function extensionFor(format: HelperFormat, info: PackageInfo, users: readonly HelperUser[], isMixed: boolean): string {
  if (format === 'typescript') return '.ts';
  // Beside a TypeScript helper the name without its extension is taken: that file compiles to it.
  if (isMixed) return format === 'commonjs' ? '.cjs' : '.mjs';
  if (format === 'commonjs') return info.moduleType === 'module' ? '.cjs' : '.js';
  return info.moduleType === 'commonjs' && users.some(({ path }) => path.endsWith('.mjs')) ? '.mjs' : '.js';
}

/**
 * Decides where the helper of one package stands and in which module system: beside the files that use it, in the form
 * that all of them can load. A helper that an earlier run wrote is found again.
 */
export function placeHelper(
  info: PackageInfo,
  users: readonly HelperUser[],
  files: readonly SourceUnit[],
  isMixed = false,
): HelperPlace {
  const inPackage = (path: string): boolean => info.directory === '' || path.startsWith(`${info.directory}/`);
  const earlier = files.find(
    ({ path }) =>
      inPackage(path) && new RegExp(`(?:^|/)${HELPER}\\.${useTypeScript(users) ? 'ts' : '[cm]?js'}$`).test(path),
  );
  if (earlier !== undefined) {
    const format = earlier.path.endsWith('.ts') ? 'typescript' : /^export /m.test(earlier.text) ? 'esm' : 'commonjs';
    return { path: earlier.path, format, existing: earlier.text };
  }
  const format = formatFor(users);
  const directory = commonDirectory(users.map(({ path }) => path));
  // The other helper may be there already, from a run in which these files were not changed.
  const hasOther = files.some(({ path }) => inPackage(path) && path.endsWith(`${HELPER}.ts`));
  const name = HELPER + extensionFor(format, info, users, isMixed || hasOther);
  return { path: directory === '' ? name : `${directory}/${name}`, format };
}

/** Users by the helper they can load: TypeScript and JavaScript files need one each. */
export const splitUsers = <T extends HelperUser>(users: readonly T[]): T[][] =>
  [users.filter((user) => useTypeScript([user])), users.filter((user) => !useTypeScript([user]))].filter(
    ({ length }) => length > 0,
  );

/** What stands at the end of a relative specifier of a TypeScript file. */
function endOfSpecifier(path: string, text: string, { packages, configurations = [] }: ModuleNames): string {
  const written = /\bfrom\s+['"]\.[^'"]*(\.[jt]s)['"]/.exec(text)?.[1];
  if (written !== undefined) return written;
  const contains = ({ directory }: { readonly directory: string }): boolean =>
    directory === '' || path.startsWith(`${directory}/`);
  const [nearest] = configurations
    .filter((one) => contains(one) && one.namesExtensions !== undefined)
    .sort((a, b) => b.directory.length - a.directory.length);
  const isModule = packages.find(contains)?.moduleType === 'module' ? !path.endsWith('.cts') : path.endsWith('.mts');
  // Without a word about it the file is taken for one that Node loads.
  return isModule && nearest?.namesExtensions !== false ? '.js' : '';
}

/** The specifier by which one file loads the helper. */
export function helperSpecifier(place: HelperPlace, user: HelperUser, text: string, modules: ModuleNames): string {
  const from = directoryOf(user.path).split('/').filter(Boolean);
  const to = directoryOf(place.path).split('/').filter(Boolean);
  const shared = from.findIndex((part, index) => to[index] !== part);
  const common = shared === -1 ? Math.min(from.length, to.length) : shared;
  const up = '../'.repeat(from.length - common);
  const file = place.path.slice(place.path.lastIndexOf('/') + 1);
  const base = `${up === '' ? './' : up}${[...to.slice(common), file].join('/')}`;
  if (place.format === 'typescript') return base.replace(/\.ts$/, endOfSpecifier(user.path, text, modules));
  return user.usesImport || !base.endsWith('.js') ? base : base.replace(/\.js$/, '');
}
