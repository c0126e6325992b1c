import { parseRegion, readCarrier } from '../carriers';
import type { Edit, SourceUnit } from '../codemod';

/** How many scripts a text has, and how many of them parse. */
function count(path: string, text: string): { readonly scripts: number; readonly parsed: number } {
  const carrier = readCarrier(path, text);
  const parsed = carrier.regions.filter((region) => parseRegion(text, carrier, region) !== undefined);
  return { scripts: carrier.regions.length, parsed: parsed.length };
}

function apply(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let from = 0;
  for (const edit of sorted) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

/**
 * Whether every script of a page that parsed still does after the edits. The engine proves it of files that are scripts; what
 * is a script in a page only the carriers know. A script that is empty now is none.
 */
export function staysWhole({ path, text }: SourceUnit, edits: readonly Edit[]): boolean {
  if (edits.length === 0) return true;
  const before = count(path, text);
  const after = count(path, apply(text, edits));
  return after.scripts - after.parsed <= before.scripts - before.parsed && after.scripts <= before.scripts;
}
