import { ts } from 'ts-morph';
import { type FileContext, unwrap, walk } from '../context';
import type { OperationCall } from '../calls/find-operations';

/** `total + 0.1`; with two names, `+` may as well join text. */
const addsNumber = ({ operatorToken, left, right }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.PlusToken && [left, right].some((side) => isNumber(unwrap(side)));

const isNumber = (node: ts.Expression): boolean =>
  ts.isNumericLiteral(node) || /^(?:Number|parseFloat)\(/.test(node.getText());

const ARITHMETIC: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.MinusToken,
]);

/** What an amount is computed from: what stands there, or what the variable was declared with that stands there. */
function computedFrom(context: FileContext, value: ts.Expression): ts.Expression {
  const name = unwrap(value);
  const declaration = ts.isIdentifier(name) ? context.checker.getSymbolAtLocation(name)?.valueDeclaration : undefined;
  const isHere = declaration?.getSourceFile() === context.file.source;
  return isHere && ts.isVariableDeclaration(declaration) ? (declaration.initializer ?? value) : value;
}

/** Float arithmetic on an amount: what was off by a cent before is off by a cent after. */
export function reportAmountArithmetic(context: FileContext, call: OperationCall): void {
  if (call.parameters === undefined) return;
  walk(call.parameters, (node) => {
    const isAmount = ts.isPropertyAssignment(node) && /^['"]?(?:\w+\.)?[aA]mount['"]?$/.test(node.name.getText());
    if (isAmount) reportComputed(context, call, computedFrom(context, node.initializer));
  });
}

function reportComputed(context: FileContext, call: OperationCall, value: ts.Expression): void {
  if (/toFixed|Math\.round/.test(value.getText())) return;
  walk(value, (child) => {
    if (!ts.isBinaryExpression(child)) return;
    if (!ARITHMETIC.has(child.operatorToken.kind) && !addsNumber(child)) return;
    context.leaveOpen(child, {
      rule: 'node-client/amount-arithmetic',
      legacy: { name: 'Amount', operation: call.operation },
      replacement: null,
      message: `The amount ${context.text(child)} is computed with binary fractions; v2 takes the string as it is, so 0.1 + 0.2 becomes 0.30000000000000004.`,
    });
  });
}
