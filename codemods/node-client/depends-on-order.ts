import { ts } from 'ts-morph';

/** Methods of lists, queues and generators that answer something else the next time. */
const TAKING = new Set(['shift', 'pop', 'splice', 'next', 'read', 'take', 'dequeue', 'poll', 'increment', 'incr']);

/** Nodes of an expression that are evaluated with it: what a function within it does comes later. */
function evaluated(node: ts.Node): ts.Node[] {
  if (ts.isFunctionLike(node)) return [];
  const found = [node];
  ts.forEachChild(node, (child) => void found.push(...evaluated(child)));
  return found;
}

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** What an expression changes: `refs` of `refs.shift()`, `n` of `n++`, and `next` of `next()`, which nobody can look into. */
function changed(node: ts.Node): ts.Expression | undefined {
  if (ts.isPostfixUnaryExpression(node)) return node.operand;
  if (ts.isPrefixUnaryExpression(node)) {
    const isChange = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return isChange ? node.operand : undefined;
  }
  if (ts.isBinaryExpression(node)) return isAssignment(node.operatorToken.kind) ? node.left : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  if (ts.isPropertyAccessExpression(expression))
    return TAKING.has(expression.name.text) ? expression.expression : undefined;
  return node.arguments.length === 0 ? expression : undefined;
}

/**
 * `{ RefundReferenceId: refs.shift(), AmazonCaptureId: refs.shift() }`: which value gets what depends on the order in which
 * they are written, and v2 has them in another one.
 */
export function dependsOnOrder(parameters: ts.Expression): boolean {
  const nodes = evaluated(parameters);
  const isWithin = (node: ts.Node, outer: ts.Node): boolean => outer.pos <= node.pos && node.end <= outer.end;
  return nodes.some((node) => {
    const target = changed(node);
    if (target === undefined) return false;
    const text = target.getText();
    return nodes.some((other) => !isWithin(other, node) && ts.isExpression(other) && other.getText() === text);
  });
}
