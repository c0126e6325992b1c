import type { Edit } from '../codemod';

/** The text of a file after its edits; everything between them stays as it is. */
export function applyEdits(text: string, edits: readonly Omit<Edit, 'path'>[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) continue;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
