/** Nobody writes longer lists. */
const FARTHEST = 4000;
/** Nobody nests configuration deeper. */
const DEEPEST = 30;
/** How far before a value or a bracket its name may stand: a minified line is one of a million characters. */
const NAME_REACH = 200;
const CLOSES: Readonly<Record<string, true>> = { ']': true, '}': true, ')': true };
const OPENS: Readonly<Record<string, true>> = { '[': true, '{': true, '(': true };

/** `external: [`, `externals = {`, `nodeExternals(`, `'external': (id) => (` */
const NAMED = /([\w$]+)['"]?\s*(?:[:=]\s*(?:(?:async\s+)?(?:function\b[^{}]*|\([^()]*\)\s*=>\s*|\w+\s*=>\s*))?)?$/;

interface Bracket {
  readonly at: number;
  /** Of the property or call that it belongs to; looked for when somebody asks. */
  name?: string | undefined;
  isNamed?: true;
}

/** Returns the names of the properties and calls in which a place stands, the nearest first, by the brackets around it. */
export type PropertiesAround = (place: number) => readonly string[];

function nameOf(text: string, bracket: Bracket): string | undefined {
  if (bracket.isNamed === undefined) {
    bracket.name = NAMED.exec(text.slice(Math.max(0, bracket.at - NAME_REACH), bracket.at))?.[1];
    bracket.isNamed = true;
  }
  return bracket.name;
}

/** Reads a text once, however many places are asked for: they come from the first to the last. */
export function propertiesIn(text: string): PropertiesAround {
  let open: Bracket[] = [];
  let read = 0;
  return (place) => {
    if (place < read) [open, read] = [[], 0];
    for (; read < place; read += 1) {
      const character = text.charAt(read);
      if (CLOSES[character]) open.pop();
      else if (OPENS[character]) open.push({ at: read });
    }
    // `external: 'x'` and `external: (id) => id === 'x'` stand in no bracket.
    const before = text.slice(Math.max(0, place - NAME_REACH), place);
    const own = /([\w$]+)['"]?\s*[:=][^,{[\n]*$/.exec(before)?.[1];
    const around = open
      .slice(-DEEPEST)
      .reverse()
      .filter(({ at }) => place - at <= FARTHEST)
      .map((bracket) => nameOf(text, bracket));
    return [own, ...around].filter((name) => name !== undefined);
  };
}
