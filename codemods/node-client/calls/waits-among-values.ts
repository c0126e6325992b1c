import { ts } from 'ts-morph';
import { unwrap } from '../context';
import { awaits } from './suspends';

const CONSTANT_WORDS = new Set([ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword]);

const isConstantName = (symbol: ts.Symbol | undefined): boolean => {
  const declaration = symbol?.valueDeclaration;
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
  );
};

/** Is the same whenever it is asked for: a literal, or a constant. */
function isConstant(checker: ts.TypeChecker, value: ts.Expression): boolean {
  if (awaits(value)) return false;
  const expression = unwrap(value);
  if (ts.isIdentifier(expression)) return isConstantName(checker.getSymbolAtLocation(expression));
  return ts.isLiteralExpression(expression) || CONSTANT_WORDS.has(expression.kind);
}

/** How many values of parameters may be others at another time. */
function countVariable(checker: ts.TypeChecker, value: ts.Expression): number {
  const object = unwrap(value);
  if (!ts.isObjectLiteralExpression(object)) return isConstant(checker, value) ? 0 : 1;
  return object.properties
    .map((property) => {
      if (ts.isPropertyAssignment(property)) return countVariable(checker, property.initializer);
      const isSame =
        ts.isShorthandPropertyAssignment(property) &&
        isConstantName(checker.getShorthandAssignmentValueSymbol(property));
      return isSame ? 0 : 1;
    })
    .reduce((sum, count) => sum + count, 0);
}

/**
 * `{ RefundReferenceId: 'refund-' + n, RefundAmount: { Amount: await total(order) } }`: legacy read `n` before it waited, and
 * v2 has the values in another order. What goes on meanwhile (other orders of the same list) counts on, and several refunds
 * would get one idempotency key.
 */
export const waitsAmongValues = (checker: ts.TypeChecker, parameters: ts.Expression): boolean =>
  awaits(parameters) && countVariable(checker, parameters) > 1;
