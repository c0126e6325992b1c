import { ts } from 'ts-morph';
import { decliningResults } from '../../../src/catalog';
import type { ElementField } from '../../../src/catalog/types';
import type { Access } from '../../rewriting/access';
import { type FileContext, unwrap } from '../context';
import { givenTo, parameterAt } from './given-arguments';
import { isTested, isTestedForPaid } from './looked-at-state';
import { isWrittenInto } from './value-flow';
import { isKnownMembership } from '../values/rewrite-value-lists';

/** The expression that an answer was read from, through the constants and parameters of patterns that hold it. */
function originOf(context: FileContext, node: ts.Expression): ts.Expression {
  const value = unwrap(node);
  const type = context.typeOf(value);
  if (type?.kind === 'element' && decliningResults.has(type.element)) return value;
  if (ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value))
    return originOf(context, value.expression);
  const named = ts.isIdentifier(value) ? context.checker.getSymbolAtLocation(value)?.valueDeclaration : undefined;
  // `const { CaptureDetails } = await …`: the part of a pattern comes from what the pattern takes apart.
  const declaration =
    named !== undefined && ts.isBindingElement(named) ? ts.walkUpBindingElementsAndPatterns(named) : named;
  const isHere = declaration !== undefined && declaration.getSourceFile() === context.file.source;
  if (!isHere || !ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return value;
  return originOf(context, declaration.initializer);
}

/** The merchant has written a type of it, which stands for the answer of a payment that may be declined. */
function isDeclaredDeclinable(context: FileContext, node: ts.Expression, element: string): boolean {
  if (!context.isTypeScript || !context.declinable.has(element) || !ts.isIdentifier(node)) return false;
  const declaration = context.checker.getSymbolAtLocation(node)?.valueDeclaration;
  const type = declaration !== undefined && ts.isParameter(declaration) ? declaration.type : undefined;
  return type !== undefined && type.getSourceFile() === context.file.source && context.text(type) !== '';
}

/** What reads the answer of a payment that may have been declined. */
export function mayBeDeclined(context: FileContext, node: ts.Expression): boolean {
  if (comesDeclined(context, node)) return true;
  const parameter = parameterAt(context, node);
  return (
    parameter !== undefined && givenTo(context, parameter).some(({ argument }) => comesDeclined(context, argument))
  );
}

function comesDeclined(context: FileContext, node: ts.Expression): boolean {
  const origin = originOf(context, node);
  const type = context.typeOf(origin);
  return (
    type?.kind === 'element' &&
    (decliningResults.has(type.element) || isDeclaredDeclinable(context, origin, type.element))
  );
}

export const isDecliningAnswer = (element: string): boolean => decliningResults.has(element);

/** The call that takes the expression as it is. */
const callWith = (node: ts.Expression): ts.CallExpression | ts.NewExpression | undefined => {
  const { parent } = node;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.arguments?.includes(node) === true
    ? parent
    : undefined;
};

/** `new Error(details.ReasonCode)`: a reason is null in v2 where there is none, and absent in legacy. */
function reasonText(context: FileContext, node: Access, text: string): string {
  const call = callWith(node);
  if (call === undefined || isKnownMembership(context, call)) return text;
  const index = call.arguments?.indexOf(node) ?? 0;
  const parameter = context.checker.getResolvedSignature(call)?.getDeclaration()?.parameters[index];
  const isRequired =
    parameter !== undefined &&
    ts.isParameter(parameter) &&
    parameter.type?.kind === ts.SyntaxKind.StringKeyword &&
    parameter.questionToken === undefined &&
    parameter.initializer === undefined;
  const { quote } = context.style;
  return `${text} ?? ${isRequired ? `${quote}${quote}` : 'undefined'}`;
}

/** Elements whose fields, but for the status, are gone when the payment was declined. */
const PAYMENTS: ReadonlySet<string> = new Set(['AuthorizationDetails', 'CaptureDetails']);

/** A payment that was declined does not have the field. */
export const isGoneWithDecline = (element: string, { to }: ElementField): boolean =>
  PAYMENTS.has(element) && to !== null && to !== '' && !to.startsWith('statusDetails');

/** The field is there for a payment that went through; what v2 leaves null is guarded where it is read. */
export const isOfPayment = (element: string, field: ElementField): boolean =>
  isGoneWithDecline(element, field) && field.nullable !== true;

/**
 * The text of a read as `strict` takes it. After a decline the emitted helper answers with a state and a reason and nothing
 * else; the checker cannot tell that from a test of `statusDetails.state`, so that what was tested is asserted, and what was
 * not keeps its error.
 */
export function strictText(
  context: FileContext,
  node: Access,
  element: string,
  field: ElementField,
  text: string,
): string {
  if (!context.isTypeScript) return text;
  if (field.to === 'statusDetails.reasonCode' || field.to === 'reasonCode') return reasonText(context, node, text);
  if (field.nullText === true && isLeftOut(context, node)) return `${text} ?? undefined`;
  const isFollowed = isOfPayment(element, field) && mayBeDeclined(context, node.expression);
  return isFollowed && isTested(context, node) ? `${text}!` : text;
}

/** `order.Buyer?.Email` in a place that takes it as it is: absent in legacy, and null in v2. */
function isLeftOut(context: FileContext, node: Access): boolean {
  const { parent } = node;
  const isChosen = ts.isConditionalExpression(parent) && parent.condition !== node;
  const isTaken = isChosen || ts.isVariableDeclaration(parent) || isTakenAsItIs(node);
  return isTaken && context.rewriter.original(node).includes('?.');
}

/** Lists a read of what a declined payment does not have, where nothing looked at its state before. */
export function reportUntestedRead(context: FileContext, node: Access, element: string, field: ElementField): void {
  if (!isOfPayment(element, field) || !mayBeDeclined(context, node.expression) || isTested(context, node)) return;
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: context.text(node) },
    replacement: { name: field.to ?? '' },
    message: `${context.text(node)} is read without a look at the state: legacy gave it for a declined payment too, and in v2 a declined payment has nothing but a state and a reason.`,
  });
}

/** `resolve(details.OrderTotal.Amount)`, `return …`, `const total: string = …`: a place that takes the value as it is. */
function isTakenAsItIs(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isReturnStatement(parent) || ts.isPropertyAssignment(parent) || ts.isArrowFunction(parent)) return true;
  if (ts.isVariableDeclaration(parent)) return parent.type !== undefined;
  return (
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) &&
    parent.expression !== node &&
    !/^(?:String|Number|Boolean|parseFloat|parseInt)$/.test(parent.expression.getText())
  );
}

const ARITHMETIC = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
]);

/** `Number(x)` and `+x` take what is absent, and make NaN of it; the checker refuses the others. */
type Computation = 'taken' | 'refused';

/** `parseFloat(details.CaptureAmount.Amount)`, `total - details.CaptureAmount.Amount` */
function computationWith(node: ts.Node): Computation | undefined {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.PlusToken ? 'taken' : undefined;
  if (ts.isBinaryExpression(parent)) {
    const isText = parent.operatorToken.kind === ts.SyntaxKind.PlusToken && /['"`]/.test(parent.getText());
    return ARITHMETIC.has(parent.operatorToken.kind) && !isText ? 'refused' : undefined;
  }
  const isArgument = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node;
  const callee = isArgument ? parent.expression.getText() : '';
  if (/(?:^|\.)parse(?:Float|Int)$|Decimal|Big/.test(callee)) return 'refused';
  return callee === 'Number' ? 'taken' : undefined;
}

/** `amount.replace('.', ',')`, `amount.padStart(8)`: with nothing before the `?.` there is nothing behind it. */
function behindMethods(node: ts.Expression): ts.Expression {
  const member = node.parent;
  const isCalled =
    ts.isPropertyAccessExpression(member) &&
    member.expression === node &&
    ts.isCallExpression(member.parent) &&
    member.parent.expression === member;
  return isCalled ? behindMethods(member.parent as ts.CallExpression) : node;
}

/** What v2 may not have makes NaN of a sum, unless a look at the state has ruled out the decline. */
function makesNaN(context: FileContext, node: ts.Expression): boolean {
  const computation = computationWith(node);
  if (computation === undefined) return false;
  return !isTestedForPaid(context, node) || (context.isTypeScript && computation === 'refused');
}

/**
 * Lists a read of what v2 may not have where that breaks something: in code that is checked, `limits?.amountLimit?.amount` is
 * no `string`; in a sum it is NaN, and a letter to the buyer says "undefined".
 */
export function reportAbsentRead(context: FileContext, node: Access): void {
  if (context.rewriter.original(node).includes('?.')) return;
  const place = behindMethods(node);
  const isNaN = makesNaN(context, place);
  const isText = isWrittenInto(place) && !isTestedForPaid(context, node);
  if (!isNaN && !isText && !(context.isTypeScript && isTakenAsItIs(node))) return;
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: context.text(node) },
    replacement: null,
    message: `${context.text(node)} may be absent in v2, where it always was there in legacy: ${isNaN ? 'what is computed with it is NaN then, so say what holds.' : isText ? 'the text says undefined then, so say what holds.' : 'say what holds then.'}`,
  });
}
