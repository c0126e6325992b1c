import { onlyLegacyStates } from '../catalog';

/** What the project is asked for while files are selected. */
interface Project {
  readonly textOf: (path: string) => string;
  /** The file that a script means by a specifier. */
  readonly resolve: (from: string, specifier: string) => string | undefined;
  readonly importersOf: (targets: readonly string[]) => readonly string[];
}

const ABOVE = /\b(?:implements|extends)\s+([\w$.,\s<>'"`{}|[\]]+?)\s*\{|:\s*(\w+)(?:<[^>=]*>)?\s*=\s*\{/g;
const IMPORT = /\bimport\s+(?:type\s+)?([^'";]+?)\s+from\s*['"]([^'"]+)['"]/g;
const RE_EXPORT = /\bexport\s+(?:type\s+)?(?:\*|\{[^}]*\})[^'"]{0,40}\bfrom\s*['"]([^'"]+)['"]/g;
const WORDS = new RegExp(`['"\`](?:${onlyLegacyStates.join('|')})['"\`]`);

/** Where the interfaces and classes stand that a script implements. */
function contractsOf(path: string, { textOf, resolve }: Project): string[] {
  const text = textOf(path);
  const above = new Set(
    [...text.matchAll(ABOVE)].flatMap(([, many = '', one = '']) => `${many} ${one}`.match(/\w+/g) ?? []),
  );
  if (above.size === 0) return [];
  return [...text.matchAll(IMPORT)].flatMap(([, names = '', specifier = '']) =>
    (names.match(/\w+/g) ?? []).some((name) => above.has(name)) ? (resolve(path, specifier) ?? []) : [],
  );
}

/**
 * Finds the scripts that know an implementation by its interface alone, and speak of states of legacy: `port.capture(…)` in a
 * service that loads neither a legacy client nor a module that does.
 *
 * @param scripts what may implement an interface
 */
export function findTold(scripts: readonly string[], project: Project): string[] {
  const { textOf, resolve, importersOf } = project;
  const direct = scripts.flatMap((path) => contractsOf(path, project));
  // An index hands on what others load by its name, and the other way round.
  const behind = direct.flatMap((path) =>
    [...textOf(path).matchAll(RE_EXPORT)].flatMap(([, specifier = '']) => resolve(path, specifier) ?? []),
  );
  const contracts = [...new Set([...direct, ...behind])];
  if (contracts.length === 0) return [];
  const importers = importersOf(contracts);
  const indexes = importers.filter((path) => textOf(path).search(RE_EXPORT) !== -1);
  const told = new Set([...importers, ...(indexes.length === 0 ? [] : importersOf(indexes))]);
  const speaking = [...told].filter((path) => WORDS.test(textOf(path)));
  // The types on the way to them are needed as well.
  return speaking.length === 0 ? [] : [...speaking, ...contracts, ...indexes];
}
