import { rules } from '../catalog/rules';
import type { Rule, Surface } from '../catalog/types';
import type { EngineOptions } from './outcome';

/** What `--only` and `--skip` leave. Both take names of codemods and ids of rules. */
export interface Choice {
  /** Whether the codemod runs, and its edits count. */
  runs(codemod: CodemodNames): boolean;
  /** Whether a finding is reported. */
  reports(finding: { readonly rule: string; readonly codemod: string }): boolean;
}

interface CodemodNames {
  readonly name: string;
  readonly surfaces: readonly Surface[];
}

/**
 * Edits of one codemod cannot be told apart by rule: its rewriting of a call and of the read of its result are one. So a
 * codemod with a chosen rule runs as a whole, and only its findings are filtered.
 */
export function chooseRules(
  only: readonly string[],
  skip: readonly string[],
  rules: Readonly<Record<string, Rule>>,
): Choice {
  const chosen = (names: readonly string[]): boolean =>
    (only.length === 0 || names.some((name) => only.includes(name))) && !names.some((name) => skip.includes(name));
  return {
    runs: ({ name, surfaces }) => {
      const own = Object.values(rules).filter(({ surface }) => surfaces.includes(surface));
      return own.length === 0 ? chosen([name]) : own.some(({ id }) => chosen([id, name]));
    },
    reports: ({ rule, codemod }) => chosen([rule, codemod]),
  };
}

/** The rules that `--only` and `--skip` leave; what was asked for by an option of its own runs whatever --only says. */
export function choiceOf({ only, skip, scaffold }: EngineOptions): Choice {
  return chooseRules(scaffold === true && only.length > 0 ? [...only, 'scaffold'] : only, skip, rules);
}
