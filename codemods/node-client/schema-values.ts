/** A list of words that a schema allows, and where it stands. */
export interface SchemaValues {
  readonly of: 'column' | 'schema';
  readonly words: readonly string[];
  /** What names them. */
  readonly where: string;
  readonly start: number;
  readonly end: number;
}

type Read = (text: string) => SchemaValues[];

/** `ENUM('Pending', 'Open')`, `CHECK (state IN ('Pending', 'Open'))`, `= ANY (ARRAY['Pending', 'Open'])` */
const SQL_VALUES =
  /\b(?:enum|in)\s*\(\s*((?:N?'[^'\n]{0,60}'(?:::\w+)?\s*,?\s*){3,})\)|\barray\s*\[\s*((?:N?'[^'\n]{0,60}'(?:::\w+)?\s*,?\s*){3,})\]/gi;
/** Characters of a statement before the values, which name their table and column. */
const AROUND = 2000;

const ofSql: Read = (text) =>
  [...text.matchAll(SQL_VALUES)].map((match) => ({
    of: 'column',
    words: [...(match[1] ?? match[2] ?? '').matchAll(/'([^']*)'/g)].map(([, word = '']) => word),
    where: text.slice(Math.max(0, match.index - AROUND, text.lastIndexOf(';', match.index) + 1), match.index),
    start: match.index,
    end: match.index + match[0].length,
  }));

/** `enum PaymentState { … }` of Prisma, GraphQL and Protocol Buffers, with what each has between name and brace. */
const BLOCK = /\benum\s+(\w+)\s*(?:@\w+(?:\([^()]{0,200}\))?\s*){0,5}\{([^{}]{0,4000})\}/g;

const ofBlocks =
  (of: SchemaValues['of'], wordsOf: (lines: string) => readonly string[]): Read =>
  (text) =>
    [...text.matchAll(BLOCK)].map(({ 0: all, 1: name = '', 2: lines = '', index }) => ({
      of,
      words: wordsOf(lines),
      where: name,
      start: index,
      end: index + all.length,
    }));

const ofPrisma = ofBlocks('column', (lines) =>
  lines.split('\n').flatMap((line) => /^\s*(?!\/\/|@@)(\w+)/.exec(line)?.[1] ?? []),
);

/** Without descriptions, comments and directives the words are left. */
const ofGraphql = ofBlocks('schema', (lines) =>
  lines
    .replace(/"""[\s\S]*?"""|"[^"\n]*"|#[^\n]*|@\w+(?:\([^()]*\))?/g, ' ')
    .split(/[\s,]+/)
    .filter((word) => word !== ''),
);

const ofProtocolBuffers = ofBlocks('schema', (lines) =>
  [...lines.matchAll(/\b(\w+)\s*=\s*\d/g)].map(([, word = '']) => word),
);

const LISTED = /(?<![\w.$-])["']?(?:enum|symbols)["']?[ \t]*:[ \t]*(?:\[([^\]]{0,2000})\])?/g;
const IN_LINES = /^(?:[ \t]*\r?\n[ \t]*-[ \t][^\n]{0,80}){1,40}/;
const KEY = /^(\s*)(?:-\s+)?["']?([\w.$-]+)["']?\s*:\s*(?:["']?([\w.$-]+)["']?,?)?/;
const DEEPEST = 30;
/** Characters in which the keys above are looked for. */
const KEYS_WITHIN = 10_000;

/** The keys above a line, by how far they are indented, and the value of a `name` among its own. */
function keysAbove(lines: readonly string[], indent: number): string {
  const names: string[] = [];
  let limit = indent;
  for (let at = lines.length - 1; at >= 0 && limit >= 0 && names.length < DEEPEST; at -= 1) {
    const [, space = '', key = '', value = ''] = KEY.exec(lines[at] ?? '') ?? [];
    if (key === '' || space.length > limit) continue;
    if (key === 'name') names.push(value);
    else if (space.length < limit) names.push(key);
    limit = Math.min(limit, space.length);
  }
  return names.join(' ');
}

const bareWords = (list: string): string[] =>
  list
    .split(/[,\n]/)
    .map((word) => word.replace(/^\s*-\s|#.*$/g, '').replace(/["'\s]/g, ''))
    .filter((word) => word !== '');

/** `enum: [Pending, Open]`, in lines of their own, and `"enum": ["Pending", "Open"]`, of JSON Schema, OpenAPI and Avro. */
const ofKeys: Read = (text) =>
  [...text.matchAll(LISTED)].flatMap(({ 0: all, 1: inline, index }): SchemaValues[] => {
    const end = index + all.length;
    const block = inline === undefined ? (IN_LINES.exec(text.slice(end, end + AROUND))?.[0] ?? '') : '';
    const words = bareWords(inline ?? block);
    if (words.length < 3) return [];
    const above = text.slice(Math.max(0, index - KEYS_WITHIN), index).split('\n');
    const own = above.pop() ?? '';
    const indent = /^\s*/.exec(own)?.[0].length ?? 0;
    const where = `${keysAbove(above, indent)} ${own.slice(-AROUND)}`;
    return [{ of: 'schema', words, where, start: index, end: end + block.length }];
  });

/** By the name of the file. In scripts GraphQL stands in texts; an enumeration of TypeScript has commas. */
const FORMATS: readonly (readonly [RegExp, Read])[] = [
  [/\.(?:sql|ddl)$/i, ofSql],
  [/\.prisma$/i, ofPrisma],
  [/\.(?:graphqls?|gql)$/i, ofGraphql],
  [/\.proto$/i, ofProtocolBuffers],
  [/\.(?:ya?ml|json|avsc|raml)$/i, ofKeys],
  [/\.[cm]?[jt]sx?$/i, (text) => ofGraphql(text).filter(({ start, end }) => !text.slice(start, end).includes(','))],
];

/** The lists of words that a file allows, as far as its kind says so. Nothing for other files. */
export const schemaValues = (path: string, text: string): SchemaValues[] =>
  /\b(?:enum|symbols|in|array)\b/i.test(text) ? (FORMATS.find(([kind]) => kind.test(path))?.[1](text) ?? []) : [];
