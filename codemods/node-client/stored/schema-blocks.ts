import type { Read, SchemaValues } from './schema-values';

/** `enum PaymentState { … }` of Prisma, GraphQL and Protocol Buffers, with what each has between name and brace. */
const BLOCK = /\benum\s+(\w+)\s*(?:@\w+(?:\([^()]{0,200}\))?\s*){0,5}\{([^{}]{0,4000})\}/g;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** `PENDING`, `CAPTURE_STATE_PENDING`: capitals, with what all of them begin with. */
function inLegacyLetters(words: readonly string[]): readonly string[] {
  const [first = ''] = words;
  if (!words.every((word) => /^[A-Z][A-Z\d_]*$/.test(word))) return words;
  const prefix = first.slice(0, first.lastIndexOf('_') + 1);
  const common = words.every((word) => word.startsWith(prefix)) ? prefix.length : 0;
  return words.map((word) => word.charAt(common) + word.slice(common + 1).toLowerCase());
}

const ofBlocks =
  (of: SchemaValues['of'], wordsOf: (lines: string) => readonly string[], masked: RegExp): Read =>
  (text) =>
    [...text.replace(masked, blank).matchAll(BLOCK)].map(({ 0: all, 1: name = '', 2: lines = '', index }) => ({
      of,
      words: inLegacyLetters(wordsOf(lines)),
      where: name,
      start: index,
      end: index + all.length,
    }));

export const ofPrisma = ofBlocks(
  'column',
  (lines) => lines.split('\n').flatMap((line) => /^\s*(?!@@)(\w+)/.exec(line)?.[1] ?? []),
  /\/\/[^\n]*/g,
);

/** Without descriptions, comments and directives the words are left; a description may have braces in it. */
export const ofGraphql = ofBlocks(
  'schema',
  (lines) =>
    lines
      .replace(/"[^"\n]*"|#[^\n]*|@\w+(?:\([^()]*\))?/g, ' ')
      .split(/[\s,]+/)
      .filter((word) => word !== ''),
  /"""[^"]{0,2000}(?:"(?!"")[^"]{0,2000}){0,20}"""|^[ \t]*"[^"\n]*"[ \t]*$|^[ \t]*#[^\n]*/gm,
);

export const ofProtocolBuffers = ofBlocks(
  'schema',
  (lines) => [...lines.matchAll(/\b(\w+)\s*=\s*\d/g)].map(([, word = '']) => word),
  /\/\/[^\n]*|\/\*[^*]{0,2000}\*\//g,
);
