import { ts } from 'ts-morph';

const isLiteral = (node: ts.Expression): boolean => ts.isStringLiteralLike(node) || ts.isNumericLiteral(node);

function withoutAssertions(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
    ? withoutAssertions(node.expression)
    : node;
}

/** `order.payments`, `this.clients[region]`: may be written twice, and within a new function, and is the same each time. */
export function isRepeatable(node: ts.Expression): boolean {
  const expression = withoutAssertions(node);
  if (ts.isIdentifier(expression) || expression.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isPropertyAccessExpression(expression)) return isRepeatable(expression.expression);
  if (!ts.isElementAccessExpression(expression) || !isRepeatable(expression.expression)) return false;
  return isLiteral(expression.argumentExpression) || isRepeatable(expression.argumentExpression);
}
