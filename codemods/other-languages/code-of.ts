import type { FileNames } from './names';

const known = new WeakMap<FileNames, string>();

/** The text of a file without its comments, and without the page around the code; offsets stay. */
export function codeOf(file: FileNames): string {
  const before = known.get(file);
  if (before !== undefined) return before;
  const { text } = file.unit;
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of file.aside) {
    if (start < done) continue;
    parts.push(text.slice(done, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    done = end;
  }
  const code = [...parts, text.slice(done)].join('');
  known.set(file, code);
  return code;
}
