import type { ts } from 'ts-morph';
import type { FileContext } from '../context';

const COMMENT = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;

/** What stands between the words of a call, where comments are; not what a text or a template holds. */
function gapsIn({ file }: FileContext, call: ts.Node): string[] {
  const { annotated, unit } = file;
  const gaps: string[] = [];
  const visit = (node: ts.Node): void => {
    const parts = node.getChildren();
    if (parts.length > 0) parts.forEach(visit);
    else if (node.pos >= call.getStart())
      gaps.push(unit.text.slice(annotated.toOriginal(node.pos), annotated.toOriginal(node.getStart())));
  };
  visit(call);
  return gaps;
}

/** `/* only once *\/`, of one line or of several, in lines of their own. */
const linesOf = (comment: string): string[] =>
  comment.startsWith('//')
    ? [comment]
    : comment
        .slice(2, -2)
        .split(/\r?\n/)
        .map((line) => line.replace(/^\s*\**\s?/, '').trimEnd())
        .filter((line) => line !== '')
        .map((line) => `// ${line}`);

/**
 * Writes comments that stood within a call above its statement, where the text that takes its place does not have them: whoever
 * wrote them there had a reason.
 *
 * @param text what is written instead of the call
 */
export function keepComments(context: FileContext, call: ts.Node, text: string): void {
  const comments = gapsIn(context, call).flatMap((gap) => gap.match(COMMENT) ?? []);
  for (const comment of comments)
    if (!text.includes(comment)) for (const line of linesOf(comment)) context.writeAbove(call, line);
}
