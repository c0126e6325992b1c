/** What is asked of the project. */
export interface Modules {
  readonly textOf: (path: string) => string;
  /** The file that a script means by a specifier. */
  readonly resolve: (from: string, specifier: string) => string | undefined;
}

const IMPORT = /\bimport\s+(?:type\s+)?([^'";]+?)\s+from\s*['"]([^'"]+)['"]/g;
const RE_EXPORT = /\bexport\s+(?:type\s+)?(?:\*|\{[^}]*\})[^'"]{0,40}\bfrom\s*['"]([^'"]+)['"]/g;
/** An index of an index of an index. */
const MAX_DEPTH = 3;

/** What a script imports by its names, with the file it comes from. */
export function importsOf(path: string, { textOf, resolve }: Modules): { names: readonly string[]; target: string }[] {
  return [...textOf(path).matchAll(IMPORT)].flatMap(([, names = '', specifier = '']) => {
    const target = resolve(path, specifier);
    return target === undefined ? [] : [{ names: names.match(/\w+/g) ?? [], target }];
  });
}

/** What an index hands on. */
export const handedOnBy = (path: string, { textOf, resolve }: Modules): string[] =>
  [...textOf(path).matchAll(RE_EXPORT)].flatMap(([, specifier = '']) => resolve(path, specifier) ?? []);

const declares = (text: string, names: readonly string[]): boolean =>
  new RegExp(
    `\\bexport\\s+(?:[a-z]+\\s+){1,3}(?:${names.join('|')})\\b|\\bexport\\s*\\{[^}]*\\b(?:${names.join('|')})\\b`,
  ).test(text);

function declaring(index: string, names: readonly string[], modules: Modules, depth: number): string[] {
  if (depth === 0) return [];
  return handedOnBy(index, modules).flatMap((path) => {
    const further = declaring(path, names, modules, depth - 1);
    const isDeclared = declares(modules.textOf(path), names);
    return isDeclared || further.length > 0 ? [path, ...further] : [];
  });
}

/** The modules that declare what a script imports from an index: types and enums of a package of contracts. */
export const behindIndexes = (path: string, modules: Modules): string[] =>
  importsOf(path, modules).flatMap(({ names, target }) =>
    names.length === 0 ? [] : declaring(target, names, modules, MAX_DEPTH),
  );
