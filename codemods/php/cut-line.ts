import type { Edit } from '../codemod';
import type { PhpFile } from './project';
import type { PhpNode } from './tree';

/** Takes a statement out with its line, and with one of two blank lines around it. */
export function cutLine({ source: { path, text } }: PhpFile, { start, end }: PhpNode): Edit {
  const before = /(?:^|\n)([ \t]*\r?\n)?[ \t]*$/.exec(text.slice(0, start));
  const after = /^[ \t]*\r?\n([ \t]*\r?\n)?/.exec(text.slice(end));
  if (before === null || after === null) return { path, start, end, text: '' };
  const [whole, blank] = after;
  const [indent] = /[ \t]*$/.exec(text.slice(0, start)) ?? [''];
  const isBlankAround = before[1] !== undefined && blank !== undefined;
  return {
    path,
    start: start - indent.length,
    end: end + (isBlankAround ? whole.length : whole.length - (blank?.length ?? 0)),
    text: '',
  };
}
