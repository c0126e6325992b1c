import { ts } from 'ts-morph';
import { accessedName, type Access, isAccess } from '../../rewriting/access';
import { type FileContext, unwrap, walk } from '../context';
import { type Meaning, meaningOf } from './error-parts';

export const meaningAt = (context: FileContext, node: ts.Node): Meaning | undefined =>
  isAccess(node) ? meaningOf(context, node.expression, accessedName(node)) : undefined;

/** Only whether it is there counts: `err.body && …`, `if (err.body)`, `!err.body`. */
export function isGuard(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isGuard(parent);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (!ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  const isAnd = kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return isAnd && (parent.left === node || isGuard(parent));
}

export const isKept = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node.parent) && node.parent.initializer === node && ts.isIdentifier(node.parent.name);

/** What a guard keeps from running: the rest of the condition and the branch, or with `!` all that stands behind it. */
function guardedBy(guard: ts.Node): ts.Node {
  const { parent } = guard;
  if (ts.isPrefixUnaryExpression(parent)) return ts.findAncestor(parent, ts.isBlock) ?? parent;
  const isAround = ts.isParenthesizedExpression(parent) || (ts.isBinaryExpression(parent) && isAnd(parent));
  if (isAround) return guardedBy(parent);
  return ts.isIfStatement(parent) || ts.isConditionalExpression(parent) ? parent : guard;
}

const isAnd = ({ operatorToken }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;

/** A level of the XML that has no v2 form, read off another one, which is undefined in v2. */
function throwsInV2(context: FileContext, node: Access): boolean {
  const meaning = meaningAt(context, node);
  const { parent } = node;
  const isInner = isAccess(parent) && parent.expression === node && meaningAt(context, parent) !== undefined;
  const isLost = meaning === 'none' || (meaning === 'level' && !isGuard(node) && !isKept(node));
  return isLost && !isInner && meaningAt(context, unwrap(node.expression)) === 'level';
}

/**
 * `err.body && err.body.ErrorResponse ? err.body.ErrorResponse.Error : null`: the guard would let everything through to a read
 * that has no v2 form and throws.
 */
export function standsBeforeThrow(context: FileContext, guard: Access): boolean {
  let found = false;
  walk(guardedBy(guard), (node) => {
    found ||= isAccess(node) && throwsInV2(context, node);
  });
  return found;
}
