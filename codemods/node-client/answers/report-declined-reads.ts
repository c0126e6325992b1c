import { ts } from 'ts-morph';
import type { ElementField } from '../../../src/catalog/types';
import { type Access, isAccess } from '../../rewriting/access';
import { heldField } from './absent-in-v2';
import { asRead, type Read } from './answer-read';
import { givenTo, parameterAt } from './given-arguments';
import { type FileContext, unwrap, walk } from '../context';
import { isTested, tellsOutcome } from './looked-at-state';
import { isGoneWithDecline, mayBeDeclined } from './strict-reads';
import { EQUALITY } from '../values/value-places';

const IS = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.EqualsEqualsToken]);

const isWord = (node: ts.Expression): boolean => ts.isStringLiteralLike(node) && node.text === 'Declined';

/** The value of a constant that is tested by its name: `const declined = State === 'Declined'`. */
function behindName(context: FileContext, node: ts.Expression): ts.Expression {
  const expression = unwrap(node);
  const declaration = ts.isIdentifier(expression)
    ? context.checker.getSymbolAtLocation(expression)?.valueDeclaration
    : undefined;
  const isHere = declaration?.getSourceFile() === context.file.source;
  return isHere && declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer
    ? unwrap(declaration.initializer)
    : expression;
}

/** Whether a condition holds only for a declined payment (`is`), or only for others (`is not`). */
function saysDeclined(context: FileContext, condition: ts.Expression): 'is' | 'is not' | undefined {
  const test = behindName(context, condition);
  if (ts.isPrefixUnaryExpression(test) && test.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = saysDeclined(context, test.operand);
    return inner === undefined ? undefined : inner === 'is' ? 'is not' : 'is';
  }
  if (!ts.isBinaryExpression(test)) return undefined;
  const { left, operatorToken, right } = test;
  if (operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return [left, right].some((each) => saysDeclined(context, each) === 'is') ? 'is' : undefined;
  if (!EQUALITY.has(operatorToken.kind)) return undefined;
  const isOutcome = (isWord(left) && tellsOutcome(context, right)) || (isWord(right) && tellsOutcome(context, left));
  return !isOutcome ? undefined : IS.has(operatorToken.kind) ? 'is' : 'is not';
}

/** `case 'Declined':` alone */
function isDeclinedCase(context: FileContext, clause: ts.Node): boolean {
  if (!ts.isCaseClause(clause) || !isWord(clause.expression)) return false;
  const { clauses, parent } = clause.parent;
  const above = clauses[clauses.indexOf(clause) - 1];
  return tellsOutcome(context, parent.expression) && (above === undefined || above.statements.length > 0);
}

/** The place is reached by a declined payment only, or stands in a function that such a place hands it to. */
const isOfDecline = (context: FileContext, node: ts.Node): boolean =>
  isInDecline(context, node) || isHandedDecline(context, node);

/** `if (state === 'Declined') return onDeclined(order, details)` */
function isHandedDecline(context: FileContext, node: ts.Node): boolean {
  const parameter = parameterAt(context, node);
  return parameter !== undefined && givenTo(context, parameter).some(({ call }) => isInDecline(context, call));
}

function isInDecline(context: FileContext, node: ts.Node): boolean {
  for (let inner = node; !ts.isFunctionLike(inner) && !ts.isSourceFile(inner); inner = inner.parent) {
    const { parent } = inner;
    if (isDeclinedCase(context, parent)) return true;
    const branches = ts.isIfStatement(parent)
      ? ([parent.expression, parent.thenStatement, parent.elseStatement] as const)
      : ts.isConditionalExpression(parent)
        ? ([parent.condition, parent.whenTrue, parent.whenFalse] as const)
        : undefined;
    if (branches === undefined || branches[0] === inner) continue;
    if (saysDeclined(context, branches[0]) === (branches[1] === inner ? 'is' : 'is not')) return true;
  }
  return false;
}

/** An amount that was zero in legacy has a zero written in its place. */
const isGone = (element: string, field: ElementField): boolean =>
  isGoneWithDecline(element, field) && field.wasZero !== true;

/** `if (!id)` where the pattern took it of an answer: legacy had one for a declined payment, too. */
function isAskedFor(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isAskedFor(parent);
  return (
    (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) ||
    (ts.isIfStatement(parent) && parent.expression === node)
  );
}

const isUse = (node: ts.Node): node is ts.Identifier =>
  ts.isIdentifier(node) &&
  !(ts.isBindingElement(node.parent) && node.parent.initializer !== node) &&
  !(ts.isVariableDeclaration(node.parent) && node.parent.name === node) &&
  !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
  !(ts.isPropertyAssignment(node.parent) && node.parent.name === node);

function readAt(context: FileContext, node: ts.Node): Read | undefined {
  if (isAccess(node)) return asRead(context, node);
  return isUse(node) ? heldField(context, node) : undefined;
}

/** `details.CaptureAmount` in the branch of a decline, of which v2 has none: reading on threw there. */
export function isOfDeclined(context: FileContext, node: ts.Node): boolean {
  const read = isAccess(node) ? asRead(context, node) : undefined;
  return (
    read?.field !== undefined &&
    isGone(read.element, read.field) &&
    isOfDecline(context, node) &&
    mayBeDeclined(context, (node as Access).expression)
  );
}

/**
 * Lists what is read of a payment where it was declined: legacy gave its id and its amount, and in v2 a decline is an error that
 * names a reason and nothing else.
 */
export function reportDeclinedReads(context: FileContext): void {
  walk(context.file.source, (node) => {
    const mayRead = isAccess(node) || (isUse(node) && (isAskedFor(node) || isOfDeclineByText(node)));
    const read = mayRead ? readAt(context, node) : undefined;
    if (read?.field === undefined || !isGone(read.element, read.field)) return;
    if (isAccess(node) && !isOfDecline(context, node)) return;
    if (!isAccess(node) && !isOfDecline(context, node) && (!isAskedFor(node) || isTested(context, node))) return;
    if (!mayBeDeclined(context, isAccess(node) ? node.expression : (node as ts.Identifier))) return;
    const name = context.text(node);
    context.leaveOpen(node, {
      rule: 'node-client/result-read',
      legacy: { name },
      replacement: null,
      message: `${name} is absent where a payment was declined: legacy gave it then as well, and in v2 a decline has nothing but a state and a reason. Take it from your own order.`,
    });
  });
}

/** Somewhere around it the word stands: looked at first, since the types of names cost more. */
const isOfDeclineByText = (node: ts.Node): boolean =>
  (ts.findAncestor(node, ts.isFunctionLike)?.getText() ?? '').includes('Declined');
