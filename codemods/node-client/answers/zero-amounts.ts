import { ts } from 'ts-morph';
import { accessedName, type Access, isAccess } from '../../rewriting/access';
import { takesAnyExpression } from '../../rewriting/takes-any-expression';
import { nodesOf } from '../../typed-program/nodes';
import { outside } from '../../typed-program/outside';
import { heldField } from './absent-in-v2';
import { type FileContext, unwrap, walk } from '../context';
import { asRead } from './answer-read';
import { isWrittenThrough } from './guard-access';
import { isTestedForPaid } from './looked-at-state';
import { mayBeDeclined } from './strict-reads';
import { orElse } from '../wording';
import { isUnwritten } from './unwritten-names';

/** Where null is asked for, or read with a guard, nothing goes wrong. */
function isSafe(node: ts.Node): boolean {
  const outer = outside(node);
  const { parent } = outer;
  if (isAccess(parent)) return parent.expression === outer;
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.getText();
    if (/^(?:[!=]==?|in)$/.test(operator)) return true;
    return /^(?:\|\||&&|\?\?)$/.test(operator) && (parent.left === outer || isSafe(parent));
  }
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === outer;
  return (
    ts.isPrefixUnaryExpression(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isSpreadAssignment(parent)
  );
}

/** Of the amount alone there is nothing to take the currency from. */
const asksCurrency = ({ parent }: ts.Node): boolean => isAccess(parent) && accessedName(parent) === 'CurrencyCode';

/** `const back = capture.RefundedAmount`, of which nothing but members are read: these have guards of their own. */
function isOnlyReadOn(context: FileContext, declaration: ts.VariableDeclaration): boolean {
  if (!ts.isIdentifier(declaration.name) || !isUnwritten(context, declaration)) return false;
  const symbol = context.checker.getSymbolAtLocation(declaration.name);
  return nodesOf(context.file.source).every(
    (node) =>
      !ts.isIdentifier(node) ||
      node === declaration.name ||
      node.text !== declaration.name.getText() ||
      context.checker.getSymbolAtLocation(node) !== symbol ||
      (isSafe(node) && !asksCurrency(node)),
  );
}

/** `capture.RefundedAmount` that goes somewhere as an object: into a list, to a function, out of one. */
function goesOn(context: FileContext, access: ts.Expression): boolean {
  const outer = outside(access);
  const { parent } = outer;
  if (isWrittenThrough(outer) || isSafe(access)) return false;
  return !(ts.isVariableDeclaration(parent) && isOnlyReadOn(context, parent));
}

/** A name, or a path of names: asked twice it is the same. */
const isPath = (node: ts.Expression): boolean => {
  const inner = unwrap(node);
  return ts.isIdentifier(inner) || (ts.isPropertyAccessExpression(inner) && isPath(inner.expression));
};

/** What an amount that v2 leaves null was in legacy: zero, in the currency of the charge. */
type Zero = 'written' | 'listed' | undefined;

/** Whether a read of an amount needs the zero that legacy had, and whether it can be written beside it. */
export function zeroFor(context: FileContext, access: Access): Zero {
  const field = asRead(context, access)?.field;
  const isCurrency =
    field?.to === 'currencyCode' && isAccess(unwrap(access.expression)) && isZero(context, unwrap(access.expression));
  if (!isCurrency && !(isZero(context, access) && goesOn(context, access))) return undefined;
  const charge = chargeOf(access, isCurrency);
  return charge !== undefined && isPath(charge) && !mayBeDeclined(context, charge) ? 'written' : 'listed';
}

const isZero = (context: FileContext, node: ts.Expression): boolean => asRead(context, node)?.field?.wasZero === true;

/** The charge that the amount is read of. */
function chargeOf(access: Access, isCurrency: boolean): ts.Expression | undefined {
  const amount = isCurrency ? unwrap(access.expression) : access;
  return isAccess(amount) ? amount.expression : undefined;
}

/** The text of the read, with what legacy had where v2 has null. */
export function withZero(context: FileContext, access: Access, text: string, emit: (node: ts.Node) => string): string {
  const isCurrency = asRead(context, access)?.field?.to === 'currencyCode';
  const charge = chargeOf(access, isCurrency);
  const currency = `${charge === undefined ? '' : emit(charge)}.chargeAmount.currencyCode`;
  const { quote } = context.style;
  const zero = isCurrency ? currency : `{ amount: ${quote}0${quote}, currencyCode: ${currency} }`;
  const both = orElse(context, text, zero);
  return takesAnyExpression(access) ? both : `(${both})`;
}

/** Lists an amount that goes on as an object and may be null. */
export function reportZero(context: FileContext, access: Access): void {
  const name = asRead(context, access)?.field?.to ?? '';
  context.leaveOpen(access, {
    rule: 'node-client/result-read',
    legacy: { name: context.text(access) },
    replacement: { name },
    message: `${context.text(access)} is null in v2 where nothing of it is there yet, and was a zero in legacy: say { amount: '0' } and the currency of the charge then.`,
  });
}

/**
 * Lists an amount that legacy always had, and that is null in v2 before the money has moved, where it goes on as an object:
 * `capture.CaptureAmount`, and the name that a pattern gave it.
 */
export function reportNullAmount(context: FileContext, node: ts.Expression): void {
  const field = (asRead(context, node) ?? heldField(context, node))?.field;
  if (field?.element !== 'Price' || field.nullable !== true || field.wasZero === true) return;
  if (!goesOn(context, node) || isTestedForPaid(context, node)) return;
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: context.text(node) },
    replacement: { name: field.to ?? '' },
    message: `${context.text(node)} is null in v2 until the money has moved, and was always there in legacy: what reads its amount throws then, so look at the state, or for null, before.`,
  });
}

/** The names that patterns gave to such amounts, where they are used. */
export function reportBoundAmounts(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) || ts.isBindingElement(node.parent)) return;
    const declared = context.checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (declared !== undefined && ts.isBindingElement(declared)) reportNullAmount(context, node);
  });
}
