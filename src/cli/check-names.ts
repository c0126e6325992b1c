import { CliError } from './cli-error';
import { findNearest } from '../../transforms/find-nearest';

/** Refuses a rule or codemod that does not exist: a misspelled --only would find nothing and look like success. */
export function checkNames(option: '--only' | '--skip', given: readonly string[], known: Known): void {
  const all = [...known.rules, ...known.codemods];
  for (const name of given) {
    if (all.includes(name)) continue;
    const nearest = findNearest(name, all);
    throw new CliError(
      'UNKNOWN_RULE',
      `${option} ${name}: there is no such rule or codemod.`,
      `${nearest === null ? '' : `Did you mean ${nearest}?\n  `}Codemods: ${known.codemods.join(', ')}\n  Rules: ${known.rules.join(', ')}`,
    );
  }
}

export interface Known {
  readonly rules: readonly string[];
  readonly codemods: readonly string[];
}
