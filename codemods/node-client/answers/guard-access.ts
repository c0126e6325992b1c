import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import type { FileContext } from '../context';
import { memberOfAbsent } from '../wording';

/** It is written to: `=`, `+=`, `??=` and the rest of them, `++` and `--`, in a pattern on the left, and for each of a list. */
export function isAssigned(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && isAssigned(parent.parent);
  if (
    ts.isArrayLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isSpreadAssignment(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isParenthesizedExpression(parent)
  )
    return isAssigned(parent);
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const { kind } = parent.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `x.Fee.Amount.toFixed(2)`: with `?.` nothing is called on what is absent, and ES5 has no short form of that. */
export const isReadOn = (node: ts.Node): boolean => isAccess(node.parent) && node.parent.expression === node;

/** Something is written to it or to what hangs on it; no language has `x?.y.z = 1`. */
export const isWrittenThrough = (node: ts.Node): boolean =>
  isAssigned(node) || (isReadOn(node) && isWrittenThrough(node.parent));

/**
 * `x.Fee.Amount` becomes `x.Fee?.Amount`: what is read of a field that v2 does not have is undefined, and throws nothing
 * after the money has moved. What is written to stays as it is.
 */
export function guardAccess(context: FileContext, access: ts.Node): void {
  if (!isAccess(access) || access.questionDotToken !== undefined || isWrittenThrough(access)) return;
  context.rewriter.replace(access, (emit) => {
    const member = ts.isPropertyAccessExpression(access) ? access.name.text : `[${emit(access.argumentExpression)}]`;
    return isReadOn(access)
      ? `${emit(access.expression)}?.${member}`
      : memberOfAbsent(context, emit(access.expression), member);
  });
}
