import { indentAt } from './style';

/** The comment that leaves a decision in the code, to be inserted at `start`, in a script. */
export function commentAbove(text: string, start: number, rule: string, decision: string): string {
  const mark = `TODO(amazon-pay-v2) ${rule}: ${decision}`;
  const isOwnLine = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return isOwnLine ? `// ${mark}${eol}${indentAt(text, start)}` : `/* ${mark} */ `;
}
