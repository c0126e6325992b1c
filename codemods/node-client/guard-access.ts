import { ts } from 'ts-morph';
import { isAccess } from '../rewriting/access';
import type { FileContext } from './context';
import { memberOfAbsent } from './wording';

/** `=`, `+=`, `??=` and the rest of them. */
function isAssigned(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node.parent) || node.parent.left !== node) return false;
  const { kind } = node.parent.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `x.Fee.Amount.toFixed(2)`: with `?.` nothing is called on what is absent, and ES5 has no short form of that. */
export const isReadOn = (node: ts.Node): boolean => isAccess(node.parent) && node.parent.expression === node;

/**
 * `x.Fee.Amount` becomes `x.Fee?.Amount`: what is read of a field that v2 does not have is undefined, and throws nothing
 * after the money has moved. What is assigned to stays as it is; no language has `x?.y = z`.
 */
export function guardAccess(context: FileContext, access: ts.Node): void {
  if (!isAccess(access) || access.questionDotToken !== undefined || isAssigned(access)) return;
  context.rewriter.replace(access, (emit) => {
    const member = ts.isPropertyAccessExpression(access) ? access.name.text : `[${emit(access.argumentExpression)}]`;
    return isReadOn(access)
      ? `${emit(access.expression)}?.${member}`
      : memberOfAbsent(context, emit(access.expression), member);
  });
}
