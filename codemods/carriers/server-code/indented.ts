import { CodeSheet, type ServerCode } from './code-sheet';

/** `- code`, `= code`, `%p.total= code`, `span.total = code`; what stands in front of it, then the code. */
const CODE_LINE =
  /^([ \t]*(?:(?:[%.#]?[\w-]+)(?:[.#][\w-]+|\{[^}]*\}|\([^)]*\)|\[[^\]]*\])*[<>]*[ \t]*)?(?:-|[=!&]?=)[=<>']*[ \t]*)(.*)$/;
const FILTER = /^([ \t]*)(?::ruby|ruby:)[ \t]*$/;
const IN_TEXT = /#\{([^{}]*)\}/g;
/** Ruby would look for an `end`, which the indentation takes the place of. */
const OPENS = /^(?:if|unless|elsif|else|case|when|while|until|for|begin|ensure|rescue)\b/;
const BLOCK = /\bdo\b(?:\s*\|[^|]*\|)?\s*$/;

/** Code of Ruby in Haml and Slim: each line is a statement of its own. */
export function readIndented(text: string): ServerCode {
  const sheet = new CodeSheet(text);
  let offset = 0;
  let filter: number | undefined;
  for (const line of text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (filter !== undefined && (line.trim() === '' || indent > filter)) {
      sheet.keep(start, start + line.length);
      continue;
    }
    filter = FILTER.exec(line)?.[1]?.length;
    const [, before, code] = filter === undefined ? (CODE_LINE.exec(line) ?? []) : [];
    if (before !== undefined && code !== undefined) {
      const opens = OPENS.exec(code)?.[0].length ?? 0;
      const block = BLOCK.exec(code)?.index ?? code.length;
      sheet.keepStatement(start + before.length + opens, start + before.length + block);
      continue;
    }
    for (const { index, 1: inner = '' } of line.matchAll(IN_TEXT))
      sheet.keepStatement(start + index + 2, start + index + 2 + inner.length);
  }
  return sheet.toCode();
}
