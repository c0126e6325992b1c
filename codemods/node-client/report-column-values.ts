import type { FindingDraft, SourceUnit } from '../codemod';
import { CODEMOD } from './context';
import { areLegacyStates, inV2 } from './state-words';

const SCHEMA = /\.(?:sql|ddl|prisma)$/i;

/** `ENUM('Pending', 'Open')`, `CHECK (state IN ('Pending', 'Open'))`, `= ANY (ARRAY['Pending', 'Open'])` */
const SQL_VALUES =
  /\b(?:enum|in)\s*\(\s*((?:N?'[^'\n]{0,60}'(?:::\w+)?\s*,?\s*){3,})\)|\barray\s*\[\s*((?:N?'[^'\n]{0,60}'(?:::\w+)?\s*,?\s*){3,})\]/gi;
/** `enum PaymentState { … }` of Prisma. */
const PRISMA_ENUM = /\benum\s+(\w+)\s*\{([^{}]{0,4000})\}/g;
/** Characters of a statement before the values, which name their table and column. */
const AROUND = 2000;

interface Values {
  readonly words: readonly string[];
  /** What names them. */
  readonly where: string;
  readonly start: number;
  readonly end: number;
}

const sqlValues = (text: string): Values[] =>
  [...text.matchAll(SQL_VALUES)].map((match) => ({
    words: [...(match[1] ?? match[2] ?? '').matchAll(/'([^']*)'/g)].map(([, word = '']) => word),
    where: text.slice(Math.max(0, match.index - AROUND, text.lastIndexOf(';', match.index) + 1), match.index),
    start: match.index,
    end: match.index + match[0].length,
  }));

const prismaValues = (text: string): Values[] =>
  [...text.matchAll(PRISMA_ENUM)].map(({ 0: all, 1: name = '', 2: lines = '', index }) => ({
    words: lines.split('\n').flatMap((line) => /^\s*(?!\/\/|@@)(\w+)/.exec(line)?.[1] ?? []),
    where: name,
    start: index,
    end: index + all.length,
  }));

/**
 * Lists columns of a database that take the states of legacy Amazon Pay alone. Nothing connects them with a call, and they are
 * where it hurts most: the state of v2 is refused after the money has moved.
 */
export function reportColumnValues({ path, text }: SourceUnit): FindingDraft[] {
  if (!SCHEMA.test(path)) return [];
  const found = path.endsWith('.prisma') ? prismaValues(text) : sqlValues(text);
  return found
    .filter(({ words, where }) => areLegacyStates(words, `${path} ${where}`))
    .map((values) => findingAt(path, values));
}

const findingAt = (path: string, { words, start, end }: Values): FindingDraft => ({
  rule: 'node-client/state-comparison',
  codemod: CODEMOD,
  surface: 'node-client',
  automation: 'manual',
  confidence: 'low',
  path,
  start,
  end,
  legacy: { name: words.join(', ') },
  replacement: { name: 'statusDetails.state' },
  message: `The column takes the states of legacy Amazon Pay alone, and objects of v2 have others (${inV2(words)}): the database would refuse them after the money has moved. Let it take both before the cutover, and keep those of legacy for what is stored.`,
  rewritten: false,
});
