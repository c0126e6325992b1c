/** How the merchant's code is written; new files take it on. */
export interface EmittedStyle {
  readonly quote: "'" | '"';
  /** One level of indentation. */
  readonly unit: string;
  readonly eol: string;
  readonly semicolons: boolean;
}

const COMMENT_LINE = /^\s*(?:\/\/|\/\*|\*)/;

/**
 * Gives emitted source the merchant's style. The source is our own: two spaces per level, single quotes without escapes,
 * semicolons at line ends, comments on lines of their own, no statement that starts with a bracket or a quote.
 */
export function applyStyle(source: string, style: EmittedStyle): string {
  return source
    .split('\n')
    .map((line) => indent(COMMENT_LINE.test(line) ? line : styleCode(line, style), style.unit))
    .join(style.eol);
}

function styleCode(line: string, style: EmittedStyle): string {
  const quoted = style.quote === "'" ? line : line.replace(/'([^']*)'/g, '"$1"');
  return style.semicolons ? quoted : quoted.replace(/;$/, '');
}

/** The one space in front of a comment's asterisk is no level and stays. */
function indent(line: string, unit: string): string {
  const levels = Math.floor((/^ */.exec(line)?.[0].length ?? 0) / 2);
  return unit.repeat(levels) + line.slice(levels * 2);
}
