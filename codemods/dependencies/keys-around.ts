/** Nobody writes longer lists. */
const FARTHEST = 4000;
const KEY = /^(?:-[ \t]+)?["']?([\w.-]+)["']?[ \t]*:/;

interface Level {
  readonly indent: number;
  readonly isItem: boolean;
}

/** Keys of the YAML in which a place stands, the nearest first, by the indentation of the lines above. */
export function keysAround(text: string, place: number): string[] {
  const lines = text
    .slice(Math.max(0, place - FARTHEST), place)
    .split('\n')
    .reverse();
  const keys: string[] = [];
  let level: Level = { indent: Infinity, isItem: false };
  for (const line of lines) {
    const content = line.trimStart();
    if (/^(?:#|\r?$)/.test(content) && level.indent !== Infinity) continue;
    const at: Level = { indent: line.length - content.length, isItem: content.startsWith('-') };
    // The items of a list may stand as far left as its key.
    const isAbove = at.indent < level.indent || (at.indent === level.indent && level.isItem && !at.isItem);
    if (!isAbove) continue;
    level = at;
    const key = KEY.exec(content)?.[1];
    if (key !== undefined) keys.push(key);
  }
  return keys;
}
