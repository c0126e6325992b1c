import { compileMarkers, type MarkerMatcher } from './match-markers';

const WORDS = ['from', 'import', 'require'];
const KEYWORDS = compileMarkers(WORDS);
/** Characters. No specifier is longer. */
const MAX_SPECIFIER = 500;

/** What loads a module, some words in quotes, and some names wherever they stand. */
export const keywordsWith = (words: readonly string[], names: readonly string[] = []): MarkerMatcher =>
  compileMarkers([...WORDS, ...words.flatMap((word) => [`'${word}'`, `"${word}"`, `\`${word}\``]), ...names]);

const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);
const isQuote = (byte: number): boolean => byte === 34 || byte === 39 || byte === 96;
const isWord = (byte: number): boolean =>
  (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte === 95;

/**
 * Visits what a script loads (`from '…'`, `import '…'`, `import('…')`, `require('…')`) by a scan of its bytes: no parse,
 * because it is asked of files that may have nothing to do with us.
 *
 * @param keywords of `keywordsWith`, so that words in quotes and names are visited in the same pass
 */
export function forEachSpecifier(
  bytes: Uint8Array,
  length: number,
  visit: (start: number, end: number) => void,
  keywords: MarkerMatcher = KEYWORDS,
): void {
  let from = 0;
  for (;;) {
    const keyword = keywords.find(bytes, from, length);
    if (keyword === undefined) return;
    from = keyword.offset + keyword.marker.length;
    if (isQuote(bytes[keyword.offset] ?? 0)) {
      visit(keyword.offset + 1, from - 1);
      continue;
    }
    if (keyword.offset > 0 && isWord(bytes[keyword.offset - 1] ?? 0)) continue;
    if (!WORDS.includes(keyword.marker)) {
      if (!isWord(bytes[from] ?? 0)) visit(keyword.offset, from);
      continue;
    }
    const skipSpace = (at: number): number => {
      let next = at;
      while (next < length && isSpace(bytes[next] ?? 0)) next += 1;
      return next;
    };
    let open = skipSpace(from);
    if (bytes[open] === 40) open = skipSpace(open + 1);
    const quote = bytes[open] ?? 0;
    if (open >= length || !isQuote(quote)) continue;
    const start = open + 1;
    let end = start;
    while (end < length && end - start <= MAX_SPECIFIER && !isEnd(bytes[end] ?? 0)) end += 1;
    if (end >= length || bytes[end] !== quote || end === start || end - start > MAX_SPECIFIER) continue;
    visit(start, end);
    from = end + 1;
  }
}

const isEnd = (byte: number): boolean => isQuote(byte) || byte === 10 || byte === 13;

/** The specifiers of a script as text. */
export function findSpecifiers(bytes: Buffer): string[] {
  const specifiers: string[] = [];
  forEachSpecifier(bytes, bytes.length, (start, end) => specifiers.push(bytes.toString('utf8', start, end)));
  return specifiers;
}
