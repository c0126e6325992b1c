import { ts } from 'ts-morph';

/** The node with what stands around it and changes nothing: parentheses, casts, `await`. Some only stand in the analysis copy. */
export function outside(node: ts.Node): ts.Node {
  let current = node;
  while (
    ts.isParenthesizedExpression(current.parent) ||
    ts.isAsExpression(current.parent) ||
    ts.isNonNullExpression(current.parent) ||
    ts.isAwaitExpression(current.parent)
  )
    current = current.parent;
  return current;
}
