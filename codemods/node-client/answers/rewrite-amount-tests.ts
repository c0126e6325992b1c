import { ts } from 'ts-morph';
import { type FileContext, unwrap } from '../context';
import { EQUALITY } from '../values/value-places';
import { heldField } from './absent-in-v2';
import { asRead } from './answer-read';

const isAmount = (context: FileContext, node: ts.Expression): boolean => {
  const value = unwrap(node);
  return (asRead(context, value) ?? heldField(context, value))?.field?.to === 'amount';
};

/** `'0.00'`: an amount that is written as text. */
const amountIn = (node: ts.Expression): number | undefined =>
  ts.isStringLiteralLike(node) && /^\d+(?:\.\d+)?$/.test(node.text) ? Number(node.text) : undefined;

/**
 * `capture.RefundedAmount.Amount === '0.00'`: legacy and v2 write the same amount in several ways ("0", "0.00" and null for
 * nothing; facts: captures.md, Charge), so that a comparison of texts goes by the amount from now on.
 */
export function rewriteAmountTest(context: FileContext, node: ts.BinaryExpression): void {
  const operator = EQUALITY.get(node.operatorToken.kind);
  if (operator === undefined) return;
  for (const [value, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    const amount = amountIn(unwrap(other));
    if (amount === undefined || !isAmount(context, value)) continue;
    context.report(node, {
      rule: 'node-client/result-read',
      automation: 'automatic',
      legacy: { name: 'Amount' },
      replacement: { name: 'amount' },
      message: `${context.text(other)} is compared as a number: v2 writes an amount in other ways ('0' and '0.00'), and has null for nothing.`,
      rewritten: true,
    });
    context.rewriter.replace(node, (emit) => {
      const text = emit(value);
      const isWhole = text.startsWith('(') && text.endsWith(')') && ts.isParenthesizedExpression(value) === false;
      return `Number${isWhole ? text : `(${text})`} ${operator.text} ${String(amount)}`;
    });
    return;
  }
}
