import { legacyReasonWords, legacyStateWords } from '../catalog';
import { handedOnBy, importsOf, type Modules } from './behind-index';

interface Project extends Modules {
  readonly importersOf: (targets: readonly string[]) => readonly string[];
}

const ABOVE = /\b(?:implements|extends)\s+([\w$.,\s<>'"`{}|[\]]+?)\s*\{|:\s*(\w+)(?:<[^>=]*>)?\s*=\s*\{/g;
const STATES = [...legacyStateWords.keys()].join('|');
/** `'Completed'`, `ChargeState.Closed` */
export const STATE_WORDS = new RegExp(`['"\`](?:${STATES})['"\`]|\\w(?:State|Status)\\w*\\.(?:${STATES})\\b`);

const REASON_WORDS = new RegExp(`['"\`](?:${[...legacyReasonWords.keys()].join('|')})['"\`]`);

/** Where the interfaces and classes stand that a script implements. */
function contractsOf(path: string, project: Project): string[] {
  const above = new Set(
    [...project.textOf(path).matchAll(ABOVE)].flatMap(
      ([, many = '', one = '']) => `${many} ${one}`.match(/\w+/g) ?? [],
    ),
  );
  if (above.size === 0) return [];
  return importsOf(path, project).flatMap(({ names, target }) => (names.some((name) => above.has(name)) ? target : []));
}

/**
 * Finds the scripts that know an implementation by its interface alone, or are handed what it answers with in an event or a
 * record, and speak of states or reasons of legacy: `port.capture(…)` in a service that loads neither a legacy client nor a module that
 * does. With them come the modules that declare what they are told by.
 *
 * @param scripts what may implement an interface
 * @param shared modules that these scripts have in common with others: the contracts of a workspace
 */
export function findTold(scripts: readonly string[], shared: readonly string[], project: Project): string[] {
  const { textOf, importersOf } = project;
  const direct = scripts.flatMap((path) => contractsOf(path, project));
  // An index hands on what others load by its name, and the other way round.
  const behind = direct.flatMap((path) => handedOnBy(path, project));
  const contracts = [...new Set([...direct, ...behind, ...shared])];
  if (contracts.length === 0) return [];
  const importers = importersOf(contracts);
  const indexes = importers.filter((path) => handedOnBy(path, project).length > 0);
  const told = new Set([...importers, ...(indexes.length === 0 ? [] : importersOf(indexes))]);
  const speaking = [...told].filter((path) => STATE_WORDS.test(textOf(path)) || REASON_WORDS.test(textOf(path)));
  // The types on the way to them are needed as well.
  return speaking.length === 0 ? [] : [...speaking, ...contracts, ...indexes];
}
