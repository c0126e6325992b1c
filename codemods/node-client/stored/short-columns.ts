import { limits, valueTables } from '../../../src/catalog';
import { COLUMN } from './state-column';

/** Ways to declare a column of text with the number of characters that it takes. */
const DECLARED: readonly (readonly [RegExp, RegExp])[] = [
  // `amazon_state varchar(12)`, `capture_status character varying (16)`
  [/\.(?:sql|ddl)$/i, /(?<![\w.])["`[]?(\w+)["`\]]?\s+n?(?:var)?char(?:acter)?2?(?:\s+varying)?\s*\(\s*(\d+)/gi],
  // `captureState String? @db.VarChar(12)`
  [/\.prisma$/i, /^\s*(\w+)\s+String\??[^\n]*@db\.(?:N?Var)?Char\(\s*(\d+)/gim],
  // `table.string('capture_state', 12)` of Knex
  [/\.[cm]?[jt]s$/i, /\.(?:string|varchar)\(\s*['"](\w+)['"]\s*,\s*(\d+)/gi],
];

/** The longest of the v2 words of the tables whose names fit. */
const longestOf = (tables: RegExp): string =>
  Object.values(valueTables)
    .filter(({ name }) => tables.test(name))
    .flatMap(({ values }) => Object.values(values).flatMap(({ anyOf }) => anyOf))
    .reduce((longest, word) => (word.length > longest.length ? word : longest), '');
const [OF_REFUNDS, OF_ALL] = [longestOf(/^refundState$/), longestOf(/State$/)];

/** The longest word that v2 has for what the column keeps. */
export const longestFor = (column: string): string => (/refund/i.test(column) ? OF_REFUNDS : OF_ALL);

/** Columns that keep what a checkout begins with: the id of an order reference or a billing agreement, in v2 that of a session. */
const OF_CHECKOUT = /^(?:\w*_|amazon\w*)?(?:order_?reference|billing_?agreement)_?id$/i;

interface ShortColumn {
  readonly of: 'state' | 'session';
  readonly name: string;
  readonly length: number;
  readonly start: number;
  readonly end: number;
}

/** Columns whose name says what of Amazon Pay they keep, and that are too short for what v2 has in its place. */
export function shortColumns(path: string, text: string): ShortColumn[] {
  const pattern = DECLARED.find(([kind]) => kind.test(path))?.[1];
  if (pattern === undefined) return [];
  return [...text.matchAll(pattern)].flatMap(({ 0: all, 1: name = '', 2: length = '', index }): ShortColumn[] => {
    const start = index + all.search(/\S/);
    const column = { name, length: Number(length), start, end: index + all.length };
    if (COLUMN.test(name) && column.length < longestFor(name).length) return [{ of: 'state', ...column }];
    return OF_CHECKOUT.test(name) && column.length < limits.checkoutSessionId.length
      ? [{ of: 'session', ...column }]
      : [];
  });
}
