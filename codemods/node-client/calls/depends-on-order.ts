import { ts } from 'ts-morph';
import { unwrap } from '../context';

/** Methods of lists, queues and generators that answer something else the next time. */
const TAKING = new Set(['shift', 'pop', 'splice', 'next', 'read', 'take', 'dequeue', 'poll', 'increment', 'incr']);

/** Visits what is evaluated with an expression: what a function within it does comes later. */
function eachEvaluated(node: ts.Node, visit: (node: ts.Node) => void): void {
  if (ts.isFunctionLike(node)) return;
  visit(node);
  ts.forEachChild(node, (child) => {
    eachEvaluated(child, visit);
  });
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

/** What can be changed, or is called; operators and objects around it are neither. */
const isReference = (node: ts.Node): node is ts.Expression =>
  ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

/** How often each variable, property and call is written in an expression. */
function countTexts(expression: ts.Node): Map<string, number> {
  const counts = new Map<string, number>();
  eachEvaluated(expression, (node) => {
    if (!isReference(node) && !ts.isCallExpression(node)) return;
    const text = node.getText();
    counts.set(text, (counts.get(text) ?? 0) + 1);
  });
  return counts;
}

/**
 * `{ RefundReferenceId: refs.shift(), AmazonCaptureId: refs.shift() }`: which value gets what depends on the order in which
 * they are written, and v2 has them in another one. What is called twice in the same words (`rows.nextField()`,
 * `lpop('q')`) is called for another answer the second time, whatever its name.
 */
export function dependsOnOrder(parameters: ts.Expression): boolean {
  const counts = countTexts(parameters);
  let depends = false;
  eachEvaluated(parameters, (node) => {
    if (depends) return;
    const target = changed(node);
    if (target === undefined) depends = ts.isCallExpression(node) && (counts.get(node.getText()) ?? 0) > 1;
    else {
      const text = unwrap(target).getText();
      depends = (counts.get(text) ?? 0) > (countTexts(node).get(text) ?? 0);
    }
  });
  return depends;
}
