import type { Read, SchemaValues } from './schema-values';

/** Characters of a statement before the values, which name their table and column. */
const AROUND = 2000;
/** In a script names of other things stand as near. */
const AROUND_IN_SCRIPT = 300;

/** `ENUM('Pending', 'Open')`, `CHECK (state IN ('Pending', 'Open'))`, `= ANY (ARRAY['Pending', 'Open'])` */
const IN_SQL = /\b(?:enum|in)\s*\(|\barray\s*\[/gi;
/** `DataTypes.ENUM('Pending', 'Open')`, SQL of a migration, `Joi.valid('Pending', 'Open')` */
const IN_SCRIPT = /\b(?:enum|in)\s*\(|\barray\s*\[|\.(?:valid|allow|oneOf|isIn)\s*\(/gi;

/** Blanks and comments between words; a comment has an end that is near. */
const BETWEEN = String.raw`(?:\s|(?:--|//)[^\n]{0,400}\n|/\*[^*]{0,400}(?:\*(?!/)[^*]{0,400}){0,20}\*/)*`;
const WORD = new RegExp(String.raw`${BETWEEN}N?(?:'([^'\n]{0,60})'|"([^"\n]{0,60})")(?:::\w+)?${BETWEEN}(,)?`, 'y');

interface Listed {
  readonly words: readonly string[];
  readonly end: number;
}

/** The words from a place on, each looked at once. */
function wordsFrom(text: string, from: number): Listed {
  const words: string[] = [];
  WORD.lastIndex = from;
  let end = from;
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    words.push(match[1] ?? match[2] ?? '');
    end = WORD.lastIndex;
    if (match[3] === undefined) break;
  }
  return { words, end };
}

/** What stands before a list in the same statement. */
function before(text: string, start: number, around: number): string {
  const near = text.slice(Math.max(0, start - around), start);
  return near.slice(Math.max(near.lastIndexOf(';'), near.lastIndexOf('\n\n')) + 1);
}

const ofLists = (text: string, opens: RegExp, around: number): SchemaValues[] =>
  [...text.matchAll(opens)].flatMap(({ 0: opening, index: start }): SchemaValues[] => {
    const { words, end } = wordsFrom(text, start + opening.length);
    const of = opening.startsWith('.') ? 'schema' : 'column';
    const isWhole = /^\s{0,200}[)\]]/.test(text.slice(end, end + 201));
    return words.length < 2 || !isWhole ? [] : [{ of, words, where: before(text, start, around), start, end: end + 1 }];
  });

const TEST = /(?<![\w.])["`[]?(\w+)["`\]]?\s*=\s*N?'([^'\n]{0,60})'/g;
const OR = /^[\s)]{0,40}or[\s(]{0,40}$/i;
const CHECK = /\bcheck\s*\([^;]*$/i;

/** `CHECK (state = 'Open' OR state = 'Closed')` */
function ofTests(text: string, around: number): SchemaValues[] {
  const found: SchemaValues[] = [];
  let chain: { column: string; words: string[]; start: number; end: number } | undefined;
  const close = (): void => {
    if (chain === undefined || chain.words.length < 2) return;
    const where = before(text, chain.start, around);
    if (CHECK.test(where.slice(-AROUND_IN_SCRIPT)))
      found.push({
        of: 'column',
        words: chain.words,
        where: `${where} ${chain.column}`,
        start: chain.start,
        end: chain.end,
      });
  };
  for (const { 0: all, 1: column = '', 2: word = '', index } of text.matchAll(TEST)) {
    const end = index + all.length;
    const isNext = chain?.column === column && index - chain.end < 100 && OR.test(text.slice(chain.end, index));
    if (chain !== undefined && isNext) {
      chain.words.push(word);
      chain.end = end;
    } else {
      close();
      chain = { column, words: [word], start: index, end };
    }
  }
  close();
  return found;
}

export const ofSql: Read = (text) => [...ofLists(text, IN_SQL, AROUND), ...ofTests(text, AROUND)];

/** Of scripts: the SQL that stands in their texts, and the calls of validators and of object mappers. */
export const ofScripts: Read = (text) => [
  ...ofLists(text, IN_SCRIPT, AROUND_IN_SCRIPT),
  ...(/\bcheck\s*\(/i.test(text) ? ofTests(text, AROUND_IN_SCRIPT) : []),
];
