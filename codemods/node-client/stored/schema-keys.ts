import type { Read, SchemaValues } from './schema-values';

const LISTED =
  /(?<![\w.$-])["']?(?:enum|symbols)["']?[ \t]*:[ \t]*(?:&[\w-]+[ \t]*)?(?:\[([^\]]{0,2000})\]|\*([\w-]+))?/g;
const COMMENT = /^[ \t]*(?:#[^\n]*)?\r?$/;
const ITEM = /^[ \t]*-[ \t]+(?:&[\w-]+[ \t]+)?(?!.*:(?:\s|$))[^\n]{0,80}$/;
const MOST_ITEMS = 40;
const KEY = /^(\s*)(-\s+)?["']?([\w.$-]+)["']?\s*:\s*(?:["']?([\w.$-]+)["']?,?)?/;
/** Characters of a line before the list, which in minified JSON is everything. */
const OWN = 300;

/** A key that is open at a line, and the value of a `name` beside it. */
interface Level {
  readonly indent: number;
  readonly key: string;
  readonly name: string;
}

/** The keys above the lines, each line looked at once, from the first to the last. */
class Keys {
  private readonly levels: Level[] = [];

  pass(line: string): void {
    const [, space = '', item, key = '', value = ''] = KEY.exec(line) ?? [];
    if (key === '') return;
    const indent = space.length;
    while ((this.levels.at(-1)?.indent ?? -1) > indent) this.levels.pop();
    const same = this.levels.at(-1)?.indent === indent ? this.levels.pop() : undefined;
    const name = key === 'name' ? value : item === undefined ? (same?.name ?? '') : '';
    this.levels.push({ indent, key, name });
  }

  /** What stands above a line that is indented so far. */
  above(indent: number): string {
    return this.levels
      .filter((level) => level.indent <= indent)
      .map(({ key, name, ...level }) => (level.indent === indent ? name : `${name} ${key}`))
      .join(' ');
  }
}

const bareWords = (list: string): string[] =>
  list
    .split(/[,\n]/)
    .map((word) =>
      word
        .replace(/#.*$/, '')
        .replace(/^\s*-\s/, '')
        .replace(/^\s*&[\w-]+/, '')
        .replace(/["'\s]/g, ''),
    )
    .filter((word) => word !== '');

/** The lines of a list below its key, from one on, among them comments. */
function itemsFrom(lines: readonly string[], first: number): readonly string[] {
  const items: string[] = [];
  for (let at = first; at < lines.length && items.length < MOST_ITEMS; at += 1) {
    const line = lines[at] ?? '';
    if (ITEM.test(line)) items.push(line);
    else if (!COMMENT.test(line)) break;
    else items.push('');
  }
  while (items.at(-1) === '') items.pop();
  return items;
}

/** The list that a name with `&` stands before. */
function anchored(text: string, name: string): readonly string[] {
  const match = new RegExp(String.raw`&${name}[ \t]*(?:\[([^\]]{0,2000})\])?`).exec(text);
  if (match === null) return [];
  if (match[1] !== undefined) return bareWords(match[1]);
  const after = text.slice(match.index + match[0].length, match.index + 4000);
  return bareWords(itemsFrom(after.split('\n'), 1).join('\n'));
}

/** `enum: [Pending, Open]`, in lines of their own, and `"enum": ["Pending", "Open"]`, of JSON Schema, OpenAPI and Avro. */
export const ofKeys: Read = (text) => {
  const lines = text.split('\n');
  const keys = new Keys();
  const found: SchemaValues[] = [];
  const anchors = new Map<string, readonly string[]>();
  const matches = [...text.matchAll(LISTED)];
  let next = 0;
  let lineStart = 0;
  lines.forEach((line, number) => {
    for (
      let match = matches[next];
      match !== undefined && match.index <= lineStart + line.length;
      match = matches[next]
    ) {
      next += 1;
      const { 0: all, 1: inline, 2: alias, index } = match;
      const end = index + all.length;
      const block = inline === undefined && alias === undefined ? itemsFrom(lines, number + 1) : [];
      if (alias !== undefined && !anchors.has(alias)) anchors.set(alias, anchored(text, alias));
      const words = alias === undefined ? bareWords(inline ?? block.join('\n')) : (anchors.get(alias) ?? []);
      if (words.length < 2) continue;
      const own = text.slice(Math.max(lineStart, index - OWN), index);
      const indent = index - lineStart > OWN ? Infinity : (/^\s*/.exec(own)?.[0].length ?? 0);
      const below = block.reduce((sum, item) => sum + item.length + 1, 0);
      const rest = block.length === 0 ? end : lineStart + line.length + below;
      found.push({ of: 'schema', words, where: `${keys.above(indent)} ${own}`, start: index, end: rest });
    }
    keys.pass(line);
    lineStart += line.length + 1;
  });
  return found;
};
