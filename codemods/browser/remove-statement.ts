import { ts } from 'ts-morph';
import type { Edit } from '../codemod';
import type { Range } from '../carriers';
import { decisionText, type Script } from './script';

/** Stands where a statement was, until its whole line can be taken out. */
const GONE = '\u0000';

/** The statement that consists of a call and nothing else. */
export function statementOf(call: ts.Node): ts.ExpressionStatement | undefined {
  return ts.isExpressionStatement(call.parent) ? call.parent : undefined;
}

/** Takes a statement out, with its line. Where the language needs a statement an empty block takes its place. */
export function removeStatement(script: Script, statement: ts.Statement): void {
  script.drop(statement);
  script.rewriter.replace(statement, () => (isInListOf(statement) ? GONE : '{ }'));
}

const isInListOf = ({ parent }: ts.Statement): boolean =>
  ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent) || ts.isModuleBlock(parent);

/** Puts the open decision about a statement in its place. */
export function replaceByDecision(script: Script, statement: ts.Statement, rule: string, decision: string): void {
  const isInList = isInListOf(statement);
  const isAlone = isInList && standsAlone(script.page.unit.text, script.range(statement));
  const text = decisionText(rule, decision);
  script.drop(statement);
  script.rewriter.replace(statement, () => (isAlone ? `// ${text}` : isInList ? `/* ${text} */` : `{ /* ${text} */ }`));
}

/** Whether nothing else stands on the lines of a range. */
function standsAlone(text: string, { start, end }: Range): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return before.trim() === '' && /^[ \t]*(?:\r?\n|$)/.test(text.slice(end, end + 200));
}

/** Takes a member of an interface out. */
export function removeMember(script: Script, member: ts.TypeElement): void {
  script.drop(member);
  script.rewriter.replace(member, () => GONE);
}

/** Removes the lines of statements that were taken out from the edits of a file. */
export function closeGaps(text: string, edits: readonly Edit[]): Edit[] {
  return edits.map((edit) => {
    if (!edit.text.includes(GONE)) return edit;
    const inner = edit.text
      .replace(/\r?\n[ \t]*\u0000[ \t]*(?=\r?\n)/g, '')
      .replace(/\u0000[ \t]*/g, (match, at: number) => (at === 0 && edit.text.length === match.length ? match : ''));
    if (inner.trim() !== GONE) return { ...edit, text: inner };
    const lineStart = text.lastIndexOf('\n', edit.start - 1) + 1;
    const isFirst = text.slice(lineStart, edit.start).trim() === '';
    const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(edit.end, edit.end + 200))?.[0];
    if (!isFirst || rest === undefined) return { ...edit, text: '' };
    // The last line of a region or file ends where it is closed.
    const isLast = rest === '' || !rest.includes('\n');
    return isLast ? { ...edit, text: '' } : { ...edit, start: lineStart, end: edit.end + rest.length, text: '' };
  });
}
