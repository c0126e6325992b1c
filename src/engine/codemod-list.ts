import type { Codemod } from '../../codemods/codemod';

/** A codemod that is loaded when there is something to do for it. */
export interface CodemodEntry {
  readonly name: string;
  /** Beginning of the ids of its rules. */
  readonly rules: readonly string[];
  /** Runs on what the others have written. */
  readonly last?: true;
  readonly load: () => Promise<Codemod>;
}

/** All codemods, in the order in which they run. */
export const codemodList: readonly CodemodEntry[] = [
  {
    name: 'node-client',
    rules: ['node-client/', 'ipn/'],
    load: async () => (await import('../../codemods/node-client/index.js')).codemod,
  },
  { name: 'raw-mws', rules: ['raw-mws/'], load: async () => (await import('../../codemods/raw-mws/index.js')).codemod },
  {
    name: 'configuration',
    rules: ['configuration/'],
    load: async () => (await import('../../codemods/configuration/index.js')).codemod,
  },
  {
    name: 'decisions',
    rules: [],
    load: async () => (await import('../../codemods/decisions/index.js')).codemod,
  },
  {
    name: 'dependencies',
    rules: ['dependency/'],
    last: true,
    load: async () => (await import('../../codemods/dependencies/index.js')).codemod,
  },
];

/** What `--only` and `--skip` leave of the list. */
export interface Selection {
  readonly entries: readonly { readonly entry: CodemodEntry; readonly edits: boolean }[];
  /** Whether findings of a rule are wanted. */
  readonly wants: (rule: string) => boolean;
}

/**
 * A codemod rewrites as a whole, so it is chosen by its name to rewrite; single rules restrict what is listed, and a
 * codemod of which only rules were chosen rewrites nothing.
 */
export function selectCodemods(
  list: readonly CodemodEntry[],
  only: readonly string[],
  skip: readonly string[],
): Selection {
  const owns = (entry: CodemodEntry, rule: string): boolean => entry.rules.some((prefix) => rule.startsWith(prefix));
  const entries = list
    .filter((entry) => !skip.includes(entry.name))
    .filter((entry) => only.length === 0 || only.includes(entry.name) || only.some((name) => owns(entry, name)))
    .map((entry) => ({ entry, edits: only.length === 0 || only.includes(entry.name) }));
  const chosenNames = list.filter(({ name }) => only.includes(name));
  const wants = (rule: string): boolean => {
    if (skip.includes(rule) || list.some((entry) => skip.includes(entry.name) && owns(entry, rule))) return false;
    return only.length === 0 || only.includes(rule) || chosenNames.some((entry) => owns(entry, rule));
  };
  return { entries, wants };
}
