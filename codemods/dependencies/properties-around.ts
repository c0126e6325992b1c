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

/** Names of the properties and calls in which a place stands, the nearest first, by the brackets around it. */
export function propertiesAround(text: string, place: number): string[] {
  const names: string[] = [];
  const note = (end: number): void => {
    const name = NAMED.exec(text.slice(Math.max(0, end - NAME_REACH), end))?.[1];
    if (name !== undefined) names.push(name);
  };
  // `external: 'x'` and `external: (id) => id === 'x'` stand in no bracket.
  const before = text.slice(Math.max(0, place - NAME_REACH), place);
  const [, own] = /([\w$]+)['"]?\s*[:=][^,{[\n]*$/.exec(before) ?? [];
  if (own !== undefined) names.push(own);
  let closed = 0;
  for (let at = place - 1; at >= Math.max(0, place - FARTHEST) && names.length < DEEPEST; at -= 1) {
    const character = text.charAt(at);
    if (CLOSES[character]) closed += 1;
    else if (OPENS[character] && closed > 0) closed -= 1;
    else if (OPENS[character]) note(at);
  }
  return names;
}
