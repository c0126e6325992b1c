import { ts } from 'ts-morph';
import { type Access, isAccess } from '../../rewriting/access';
import type { FileContext } from '../context';
import type { Read } from './answer-read';
import { guardAccess, isReadOn } from './guard-access';

/** `order?.Buyer.Email`, `Buyer?.Email`: nothing is read on where there is no buyer. */
const isChained = (node: ts.Expression): boolean =>
  isAccess(node) && (node.questionDotToken !== undefined || isChained(node.expression));

/** `if (Buyer)`, `Buyer && …`, `Buyer ? … : …` around a read of it. */
function isBehindGuard(context: FileContext, { expression }: Access): boolean {
  const object = context.text(expression);
  for (let node: ts.Node = expression; !ts.isFunctionLike(node) && !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    const guard = ts.isIfStatement(parent)
      ? parent.expression
      : ts.isConditionalExpression(parent)
        ? parent.condition
        : ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
          ? parent.left
          : undefined;
    if (guard !== undefined && guard !== node && context.text(guard) === object) return true;
  }
  return false;
}

/**
 * `Buyer?.Email.toLowerCase()`: legacy left the buyer out where their data was not asked for, and v2 has one without them
 * (facts: v2-rest.md, scopes). What asked for the buyer alone calls a method on null.
 */
export function guardNullText(context: FileContext, access: Access, { element, name, field }: Read): void {
  if (field?.nullText !== true || field.values !== undefined || !isReadOn(access)) return;
  if (isChained(access) && (element === 'Buyer' || context.isTypeScript)) guardAccess(context, access.parent);
  else if (element === 'Buyer' && isBehindGuard(context, access))
    context.leaveOpen(access, {
      rule: 'node-client/result-read',
      legacy: { name: `Buyer.${name}` },
      replacement: { name: field.to ?? '' },
      message: `${context.text(access)} is null in v2 where it was not among the scopes, and legacy left the buyer out then: the test for ${context.text(access.expression)} lets that through, and reading on throws. Test for ${field.to ?? name}, too.`,
    });
  else if (context.isTypeScript)
    context.leaveOpen(access, {
      rule: 'node-client/result-read',
      legacy: { name: `${element}.${name}` },
      replacement: { name: field.to ?? '' },
      message: `${context.text(access)} is null in v2 where there is none, and its type says so: reading on does not compile under strict, so say what holds then.`,
    });
}
