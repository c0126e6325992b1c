import type { ScriptRegion } from './find-regions';

/** `{oxscript add="…"}` holds script without a `<script>`. */
const OXSCRIPT = /(?:\[\{|\{)\s*oxscript\s+add=(?:"((?:[^"\\]|\\.){1,9999})"|'((?:[^'\\]|\\.){1,9999})')/g;
/** So do blocks of the like. */
const OPEN_BLOCK = /\{(javascript|footer_script|inline_script)\}/g;
/** What a template keeps in a variable, and `{oxscript add=$variable}`, which makes a script of it. */
const OPEN_CAPTURE = /(\[\{|\{)\s*capture\s+(?:assign|name)=["']?(\w+)["']?\s*\}\]?/g;
/** The helper of Rails: a script up to its `end`. */
const OPEN_HELPER = /<%=?-?\s*javascript_tag\b(?:[^%]|%(?!>))*\bdo\s*-?%>/g;
const RUBY_TAG = /<%(?!=?#)[-=]?((?:[^%]|%(?!>))*)%>/g;
const RUBY_OPENS = /^\s*(?:if|unless|case|for|while|until|begin)\b|\bdo\s*(?:\|[^|]*\|)?\s*-?\s*$/;

const base = { kind: 'block', language: 'javascript' } as const;

function addedScripts(text: string): ScriptRegion[] {
  return [...text.matchAll(OXSCRIPT)].map((match): ScriptRegion => {
    const script = match[1] ?? match[2] ?? '';
    const end = match.index + match[0].length - 1;
    return { start: end - script.length, end, ...base };
  });
}

function namedBlocks(text: string): ScriptRegion[] {
  const blocks: ScriptRegion[] = [];
  const unclosed = new Set<string>();
  for (const { index, 0: open, 1: name = '' } of text.matchAll(OPEN_BLOCK)) {
    const start = index + open.length;
    if (unclosed.has(name) || start < (blocks.at(-1)?.end ?? 0)) continue;
    const end = text.indexOf(`{/${name}}`, start);
    if (end === -1) {
      unclosed.add(name);
      continue;
    }
    blocks.push({ start, end, ...base });
  }
  return blocks;
}

function capturedScripts(text: string): ScriptRegion[] {
  const added = new Set([...text.matchAll(/oxscript\s+add=\$(\w+)/g)].map(([, name = '']) => name));
  if (added.size === 0) return [];
  const blocks: ScriptRegion[] = [];
  for (const { index, 0: open, 1: mark = '', 2: name = '' } of text.matchAll(OPEN_CAPTURE)) {
    const start = index + open.length;
    const end = text.indexOf(`${mark}/capture`, start);
    if (end === -1) break;
    // With a `<script>` of its own it is read as HTML.
    if (added.has(name) && !/<script\b/i.test(text.slice(start, end))) blocks.push({ start, end, ...base });
  }
  return blocks;
}

function helperScripts(text: string): ScriptRegion[] {
  const blocks: ScriptRegion[] = [];
  for (const { index, 0: open } of text.matchAll(OPEN_HELPER)) {
    const start = index + open.length;
    if (start < (blocks.at(-1)?.end ?? 0)) continue;
    const end = endOfHelper(text, start);
    // One that does not end takes all that follow with it.
    if (end === undefined) break;
    blocks.push({ start, end, ...base });
  }
  return blocks;
}

function endOfHelper(text: string, start: number): number | undefined {
  let depth = 1;
  RUBY_TAG.lastIndex = start;
  for (let tag = RUBY_TAG.exec(text); tag !== null; tag = RUBY_TAG.exec(text)) {
    const code = tag[1] ?? '';
    if (/^\s*end\b/.test(code)) depth -= 1;
    else if (RUBY_OPENS.test(code)) depth += 1;
    if (depth === 0) return tag.index;
  }
  return undefined;
}

/** Scripts that no `<script>` marks, because a template language puts one around them. */
export const scriptBlocks = (text: string): ScriptRegion[] => [
  ...addedScripts(text),
  ...namedBlocks(text),
  ...capturedScripts(text),
  ...helperScripts(text),
];
