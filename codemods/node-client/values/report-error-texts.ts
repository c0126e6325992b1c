import { ts } from 'ts-morph';
import { errorCodes } from '../../../src/catalog';
import { accessedName, isAccess } from '../../rewriting/access';
import { type FileContext, unwrap, walk } from '../context';
import { literalText } from './literal-text';
import { EQUALITY } from './value-places';

/** Methods that look for something in a text. */
export const TEXT_TEST =
  /^(?:indexOf|lastIndexOf|includes|match|matchAll|search|startsWith|endsWith|test|exec|contains)$/;

const isErrorItself = (context: FileContext, node: ts.Expression): boolean =>
  context.typeAround(node)?.kind === 'error';

/** `err.message`, `String(err)`, `err.toString()`, `` `${err}` ``, and what is made of them. */
function isErrorText(context: FileContext, node: ts.Expression): boolean {
  if (isErrorItself(context, node)) return true;
  const expression = unwrap(node);
  if (isAccess(expression)) {
    const name = accessedName(expression) ?? '';
    return /^(?:message|stack|toString|toLowerCase|toUpperCase|trim)$/.test(name)
      ? isErrorText(context, expression.expression)
      : false;
  }
  if (ts.isCallExpression(expression)) {
    const [argument] = expression.arguments;
    const isText = /^(?:String|util\.inspect|JSON\.stringify)$/.test(expression.expression.getText());
    if (isText) return argument !== undefined && isErrorText(context, argument);
    return isAccess(expression.expression) && isErrorText(context, expression.expression);
  }
  if (ts.isTemplateExpression(expression))
    return expression.templateSpans.some((span) => isErrorText(context, span.expression));
  if (!ts.isBinaryExpression(expression)) return false;
  const joins = [ts.SyntaxKind.PlusToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken];
  return (
    joins.includes(expression.operatorToken.kind) &&
    (isErrorText(context, expression.left) || isErrorText(context, expression.right))
  );
}

/** A message or a text of the error that a node looks into. */
function testedText(context: FileContext, node: ts.Node): ts.Expression | undefined {
  if (ts.isCallExpression(node) && isAccess(node.expression) && TEXT_TEST.test(accessedName(node.expression) ?? ''))
    return [node.expression.expression, ...node.arguments].find((each) => isErrorText(context, each));
  if (ts.isSwitchStatement(node))
    return !isErrorItself(context, node.expression) && isErrorText(context, node.expression)
      ? node.expression
      : undefined;
  if (!ts.isBinaryExpression(node) || !EQUALITY.has(node.operatorToken.kind)) return undefined;
  const literal = [node.left, node.right].find((each) => (literalText(context.checker, each) ?? '') !== '');
  const other = literal === node.left ? node.right : node.left;
  const isText = literal !== undefined && !isErrorItself(context, other) && isErrorText(context, other);
  return isText ? other : undefined;
}

/** The code of legacy that stands in what is looked for. */
const codeIn = (text: string): string | undefined => Object.keys(errorCodes).find((code) => text.includes(code));

/** `err.statusCode`: no error of the old client has it, those of v2 have a status. */
function reportStatus(context: FileContext, node: ts.Node): void {
  if (!isAccess(node) || !/^(?:statusCode|status|httpStatus)$/.test(accessedName(node) ?? '')) return;
  const isWritten =
    ts.isBinaryExpression(node.parent) &&
    node.parent.left === node &&
    node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (isWritten || !isErrorItself(context, node.expression)) return;
  context.leaveOpen(node, {
    rule: 'node-client/error-code',
    legacy: { name: context.text(node) },
    replacement: { name: 'status' },
    message: `${context.text(node)} is undefined for every error of the legacy client; errors of v2 calls have the HTTP status as status: decide whether this branch shall run.`,
  });
}

/** Lists tests of the text of an error: it is written for people, and v2 writes another one. */
export function reportErrorTexts(context: FileContext): void {
  walk(context.file.source, (node) => {
    reportStatus(context, node);
    const text = testedText(context, node);
    if (text === undefined) return;
    const code = codeIn(node.getText());
    const v2 = code === undefined ? [] : (errorCodes[code]?.v2 ?? []);
    const field = context.keepsLegacy ? 'type' : 'reasonCode';
    context.leaveOpen(ts.isSwitchStatement(node) ? node.expression : node, {
      rule: 'node-client/error-code',
      legacy: { name: code ?? 'error.message' },
      replacement: { name: v2.length === 0 ? field : v2.join(' or ') },
      message: `${context.text(text)} is searched for words of a legacy error, which v2 writes differently; compare ${field}${v2.length === 0 ? '' : ` with ${v2.join(' or ')}`} instead.`,
    });
  });
}
