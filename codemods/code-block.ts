/** Code as a paragraph of a finding's guidance: four spaces in front of each line tell reports that it is code. */
export const codeBlock = (code: string): string => code.replace(/^(?=[^\n])/gm, '    ');

/** Code that was cut out of a file, whose first line is without the indentation that the others still have. */
export function withoutIndent(code: string): string {
  const [first = '', ...rest] = code.split('\n');
  const margins = rest.flatMap((line) => (line.trim() === '' ? [] : [/^\s*/.exec(line)?.[0].length ?? 0]));
  const margin = Math.min(...margins);
  return [first, ...rest.map((line) => line.slice(margin))].join('\n');
}
