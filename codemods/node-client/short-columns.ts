import type { FindingDraft, SourceUnit } from '../codemod';
import { COLUMN } from './asked-columns';
import { CODEMOD } from './context';

/** Ways to declare a column of text with the number of characters that it takes. */
const DECLARED: readonly (readonly [RegExp, RegExp])[] = [
  // `amazon_state varchar(12)`, `capture_status character varying (16)`
  [/\.(?:sql|ddl)$/i, /(?<![\w.])["`[]?(\w+)["`\]]?\s+n?(?:var)?char(?:acter)?2?(?:\s+varying)?\s*\(\s*(\d+)/gi],
  // `captureState String? @db.VarChar(12)`
  [/\.prisma$/i, /^\s*(\w+)\s+String\??[^\n]*@db\.(?:N?Var)?Char\(\s*(\d+)/gim],
  // `table.string('capture_state', 12)` of Knex
  [/\.[cm]?[jt]s$/i, /\.(?:string|varchar)\(\s*['"](\w+)['"]\s*,\s*(\d+)/gi],
];

/** The longest word that v2 has for what the column keeps. */
const longestFor = (column: string): string => (/refund/i.test(column) ? 'RefundInitiated' : 'AuthorizationInitiated');

interface ShortColumn {
  readonly name: string;
  readonly length: number;
  readonly start: number;
  readonly end: number;
}

/** Columns whose name says that they keep a state of Amazon Pay, and that are too short for those of v2. */
export function shortColumns(path: string, text: string): ShortColumn[] {
  const pattern = DECLARED.find(([kind]) => kind.test(path))?.[1];
  if (pattern === undefined) return [];
  return [...text.matchAll(pattern)].flatMap(({ 0: all, 1: name = '', 2: length = '', index }) => {
    const start = index + all.search(/\S/);
    const isShort = COLUMN.test(name) && Number(length) < longestFor(name).length;
    return isShort ? [{ name, length: Number(length), start, end: index + all.length }] : [];
  });
}

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
