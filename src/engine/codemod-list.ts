import type { Codemod } from '../../codemods/codemod';
import { apiV1ContractMarkers } from '../catalog/api-v1-contract';
import { browserEvidence, buyerReturnNames } from '../catalog/browser';
import { mayHoldCommands } from '../catalog/command-files';
import { codeLanguageOf, foreignFiles, foreignLanguageOf, phpEvidence } from '../catalog/languages';
import type { Surface } from '../catalog/types';
import { isScript } from './check-syntax';

/** A codemod that is loaded when it runs: a project without legacy code does not pay for the parser. */
export interface CodemodEntry {
  readonly name: string;
  /** The same as those of the codemod; they decide which rules are its own before it is loaded. */
  readonly surfaces: readonly Surface[];
  /** found: reads the files as found. rewritten: reads what the others made of them, so it runs after them. */
  readonly reads: 'found' | 'rewritten';
  /** It parses what it is given, so it is given no file in which there is certainly nothing to migrate. */
  readonly parses?: true;
  /** It runs only when someone asked for it. */
  readonly onRequest?: 'scaffold';
  /** It has nothing to say of a project without such a file, so that the parser is not loaded for one. */
  readonly concerns?: (file: { readonly path: string; readonly text: string }) => boolean;
  /** It only lists, and says nothing of a place that this one reports or rewrites. */
  readonly givesWayTo?: string;
  load(): Promise<Codemod>;
}

/** Every codemod, in the order in which they run. */
export const codemodList: readonly CodemodEntry[] = [
  {
    name: 'node-client',
    surfaces: ['node-client', 'ipn'],
    reads: 'found',
    parses: true,
    concerns: ({ path }) => isScript(path),
    load: async () => (await import('../../codemods/node-client/index.js')).codemod,
  },
  {
    name: 'raw-mws',
    surfaces: ['raw-mws'],
    reads: 'found',
    parses: true,
    concerns: ({ path }) => isScript(path),
    load: async () => (await import('../../codemods/raw-mws/index.js')).codemod,
  },
  {
    name: 'php',
    surfaces: ['other-language'],
    reads: 'found',
    parses: true,
    concerns: ({ path, text }) => foreignLanguageOf(path)?.name === 'php' && phpEvidence.test(text),
    load: async () => (await import('../../codemods/php/index.js')).codemod,
  },
  {
    name: 'configuration',
    surfaces: ['configuration'],
    reads: 'found',
    load: async () => (await import('../../codemods/configuration/index.js')).codemod,
  },
  {
    name: 'api-v1-contract',
    surfaces: ['api-v1-contract'],
    reads: 'found',
    parses: true,
    concerns: ({ text }) => apiV1ContractMarkers.some((marker) => text.includes(marker)),
    load: async () => (await import('../../codemods/api-v1-contract/index.js')).codemod,
  },
  {
    name: 'browser',
    surfaces: ['browser'],
    reads: 'found',
    parses: true,
    concerns: ({ text }) => browserEvidence.test(text),
    load: async () => (await import('../../codemods/browser/index.js')).codemod,
  },
  {
    name: 'buyer-return',
    surfaces: ['browser'],
    reads: 'found',
    parses: true,
    concerns: ({ path, text }) => isScript(path) && buyerReturnNames.test(text),
    load: async () => (await import('../../codemods/buyer-return/index.js')).codemod,
  },
  {
    name: 'other-languages',
    surfaces: ['other-language'],
    reads: 'found',
    concerns: ({ path, text }) =>
      foreignFiles.test(path) || mayHoldCommands(path, text) || codeLanguageOf(path, text) !== undefined,
    givesWayTo: 'php',
    load: async () => (await import('../../codemods/other-languages/index.js')).codemod,
  },
  {
    // Its findings are of the rules of others.
    name: 'decisions',
    surfaces: [],
    reads: 'found',
    load: async () => (await import('../../codemods/decisions/index.js')).codemod,
  },
  {
    // In front of `dependencies`, which adds the SDK that the new files load.
    name: 'scaffold',
    surfaces: ['browser'],
    reads: 'rewritten',
    onRequest: 'scaffold',
    load: async () => (await import('../../codemods/scaffold/index.js')).codemod,
  },
  {
    name: 'dependencies',
    surfaces: ['dependency'],
    reads: 'rewritten',
    load: async () => (await import('../../codemods/dependencies/index.js')).codemod,
  },
];

/** What reports files that are never edited; a name for `--only` and `--skip` like those of the codemods. */
export const BUNDLES = { name: 'bundles', surfaces: ['bundle'] } as const satisfies Pick<
  CodemodEntry,
  'name' | 'surfaces'
>;
