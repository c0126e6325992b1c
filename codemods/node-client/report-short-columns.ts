import type { FindingDraft, SourceUnit } from '../codemod';
import { CODEMOD } from './context';
import { longestFor, shortColumns } from './short-columns';

/**
 * Lists columns that are too short for the states of v2: the database refuses the longest of them after the money has moved,
 * or cuts it without a word.
 */
export const reportShortColumns = ({ path, text }: SourceUnit): FindingDraft[] =>
  shortColumns(path, text).map(({ name, length, start, end }) => ({
    rule: 'node-client/state-comparison',
    codemod: CODEMOD,
    surface: 'node-client',
    automation: 'manual',
    confidence: 'low',
    path,
    start,
    end,
    legacy: { name },
    replacement: { name: 'statusDetails.state' },
    message: `${name} takes ${String(length)} characters, and states of v2 have up to ${String(longestFor(name).length)} (${longestFor(name)}): the database would refuse or cut them after the money has moved. Widen it before the cutover.`,
    rewritten: false,
  }));
