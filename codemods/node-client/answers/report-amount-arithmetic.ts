import { ts } from 'ts-morph';
import { type FileContext, walk } from '../context';
import type { OperationCall } from '../calls/find-operations';

/** `total + 0.1`; with two names, `+` may as well join text. */
const addsNumber = ({ operatorToken, left, right }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.PlusToken && (ts.isNumericLiteral(left) || ts.isNumericLiteral(right));

/** Float arithmetic on an amount: what was off by a cent before is off by a cent after. */
export function reportAmountArithmetic(context: FileContext, call: OperationCall): void {
  if (call.parameters === undefined) return;
  walk(call.parameters, (node) => {
    if (!ts.isPropertyAssignment(node) || !/^(?:Amount|amount)$/.test(node.name.getText())) return;
    walk(node.initializer, (child) => {
      if (!ts.isBinaryExpression(child)) return;
      const arithmetic = [ts.SyntaxKind.AsteriskToken, ts.SyntaxKind.SlashToken, ts.SyntaxKind.MinusToken].includes(
        child.operatorToken.kind,
      );
      const exact = /toFixed|Math\.round/.test(node.initializer.getText());
      if (exact || !(arithmetic || addsNumber(child))) return;
      context.leaveOpen(child, {
        rule: 'node-client/amount-arithmetic',
        legacy: { name: 'Amount', operation: call.operation },
        replacement: null,
        message: `The amount ${child.getText()} is computed with binary fractions; v2 takes the string as it is, so 0.1 + 0.2 becomes 0.30000000000000004.`,
      });
    });
  });
}
