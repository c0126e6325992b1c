/** How a file is written, so that new code in it is written alike. */
export interface CodeStyle {
  readonly quote: "'" | '"';
  /** One level of indentation. */
  readonly unit: string;
  readonly eol: '\n' | '\r\n';
  readonly semicolons: boolean;
}

const count = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

function indentUnit(text: string): string {
  if (count(text, /^\t/gm) > count(text, /^ {2}/gm)) return '\t';
  const widths = (text.match(/^ +(?=\S)/gm) ?? []).map((spaces) => spaces.length).filter((width) => width > 1);
  const smallest = widths.length === 0 ? 2 : Math.min(...widths);
  return ' '.repeat(smallest >= 8 ? 8 : smallest >= 4 ? 4 : 2);
}

/** Reads quotes, indentation, line ends and semicolons off a file. */
export function detectStyle(text: string): CodeStyle {
  const withSemicolon = count(text, /;[ \t]*\r?$/gm);
  const without = count(text, /[\w)'"\]][ \t]*\r?$/gm);
  return {
    quote: count(text, /'/g) >= count(text, /"/g) ? "'" : '"',
    unit: indentUnit(text),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    semicolons: withSemicolon * 4 >= without,
  };
}

/** The white space at the start of the line on which an offset stands. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}
