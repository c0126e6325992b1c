import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';
import { reportHandler } from './place';

const AMOUNT = /Amount|amount|balance|total|paid|refunded/;

/** `order.paid += amount`, `{ $inc: { paid: amount } }`, `.increment('paid')`. */
function addsUp(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isSum = kind === ts.SyntaxKind.PlusEqualsToken || kind === ts.SyntaxKind.MinusEqualsToken;
    return isSum && AMOUNT.test(node.left.getText()) && AMOUNT.test(node.right.getText());
  }
  if (ts.isPropertyAssignment(node)) return node.name.getText().replace(/['"]/g, '') === '$inc';
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    /^(?:in|de)crement$/.test(node.expression.name.text) &&
    AMOUNT.test(node.getText())
  );
}

/** Lists sums that grow with every notification: the same state can be told more than once. */
export function reportSums(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!addsUp(node)) return;
    reportHandler(context, node, {
      rule: 'ipn/sum',
      automation: 'manual',
      legacy: { name: context.text(node) },
      replacement: { name: 'captureAmount, refundedAmount' },
      message: `${context.text(node)} counts notifications, and v2 may tell of one capture more than once. Set the amount that the fetched object has.`,
      rewritten: false,
    });
  });
}
