import type { ScriptRegion } from './find-regions';

/** Pug: `script.`; Slim: `javascript:`; Haml: `:javascript`. What is indented below is the script. */
const OPENERS: readonly { readonly files: RegExp; readonly opener: RegExp }[] = [
  {
    files: /\.(?:pug|jade)$/i,
    opener: /^([ \t]*)(?:script(?:\([^)]*\))?\.|script(?:\(type=["']text\/javascript["']\))?)[ \t]*$/,
  },
  { files: /\.slim$/i, opener: /^([ \t]*)(?:javascript:|script(?:\s+type=["']text\/javascript["'])?)[ \t]*$/ },
  { files: /\.haml$/i, opener: /^([ \t]*)(?::javascript|%script(?:\{[^}]*\})?)[ \t]*$/ },
];

const indentOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;

/** The scripts in a template whose blocks are told by indentation. */
export function findIndentedScripts(path: string, text: string): ScriptRegion[] {
  const opener = OPENERS.find(({ files }) => files.test(path))?.opener;
  if (opener === undefined) return [];
  const regions: ScriptRegion[] = [];
  let block: { indent: number; start: number; end: number } | undefined;
  const close = (): void => {
    if (block !== undefined && block.end > block.start)
      regions.push({ start: block.start, end: block.end, kind: 'block', language: 'javascript' });
    block = undefined;
  };
  let at = 0;
  for (const line of text.split('\n')) {
    const content = line.replace(/\r$/, '');
    if (block !== undefined && content.trim() !== '') {
      if (indentOf(content) > block.indent) block.end = at + content.length;
      else close();
    }
    const next = at + line.length + 1;
    if (block === undefined && opener.test(content)) block = { indent: indentOf(content), start: next, end: next };
    at = next;
  }
  close();
  return regions;
}
