const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Where the text ends that starts behind the quote at `start`: the first quote with an even number of backslashes before it. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let first = end;
    while (json.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    if ((end - first) % 2 === 0) return end;
  }
  return json.length;
}

/**
 * The first name that the outermost object of a JSON text has twice, undefined when there is none. `JSON.parse` takes the
 * last of them, other parsers take the first: a message that two programs read differently is not to be acted on.
 * The text must have been parsed before. Texts are skipped as a whole, so that this costs little beside the parsing.
 */
export function findDuplicateName(json: string): string | undefined {
  const names = new Set<string>();
  let depth = 0;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    // { and [, } and ] differ in one bit.
    if ((code | 0x20) === 0x7b) depth += 1;
    else if ((code | 0x20) === 0x7d) depth -= 1;
    if (code !== QUOTE) continue;
    const end = endOfText(json, index);
    let next = end + 1;
    while (json.charCodeAt(next) <= 0x20) next += 1;
    if (depth === 1 && json.charCodeAt(next) === COLON) {
      const raw = json.slice(index, end + 1);
      const name = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
      if (names.has(name)) return name;
      names.add(name);
    }
    index = end;
  }
  return undefined;
}
