import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { type FileContext, unwrap } from '../context';
import { literalText } from './literal-text';
import { partsOf } from '../answers/pattern-parts';
import { isOwnCode } from './report-own-codes';
import { reportTest, codeDecision, reportSoftDecline } from './report-value-tests';
import { EQUALITY, valueTableAt, valueText, testIn } from './value-places';
import { testText, type ValueTest } from './value-tests';

/** The statusDetails beside the field: for values that v2 keeps in the other field of it. */
function siblingText(
  context: FileContext,
  node: ts.Expression,
  field: string,
  emit: (node: ts.Node) => string,
): string | undefined {
  const expression = unwrap(node);
  return ts.isPropertyAccessExpression(expression)
    ? `${emit(expression.expression)}.${field}`
    : nameBeside(context, expression, field);
}

/** `const { State, ReasonCode } = details.AuthorizationStatus`: the state has a name of its own beside the reason. */
function nameBeside(context: FileContext, node: ts.Expression, field: string): string | undefined {
  const declared = ts.isIdentifier(node) ? context.checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  const isConstant = declared !== undefined && ts.getCombinedNodeFlags(declared) & ts.NodeFlags.Const;
  if (!isConstant || !ts.isBindingElement(declared) || !ts.isObjectBindingPattern(declared.parent)) return undefined;
  const type = context.typeOf(declared.parent);
  const parts = type?.kind === 'element' ? partsOf(type.element, declared.parent) : undefined;
  const beside = parts?.find((part) => part.field?.to === field && part.node.initializer === undefined)?.node.name;
  return beside !== undefined && ts.isIdentifier(beside) ? beside.text : undefined;
}

/** A test for "not declined" passes for every other state, and the set of the others is not the same in v2. */
const negativeDecision = (negated: boolean, legacy: string, table: ValueTable): string | undefined =>
  negated && legacy === 'Declined' && table.name !== 'errorCode'
    ? 'everything that is not Declined passes this test, pending and canceled charges too; name the states that mean paid (Captured) or authorized (Authorized).'
    : undefined;

/** `state === 'Open'`, either way round, and its negations. */
export function rewriteComparison(context: FileContext, node: ts.BinaryExpression): void {
  const operator = EQUALITY.get(node.operatorToken.kind);
  if (operator === undefined) return;
  for (const [value, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    if (isOwnCode(context, value)) continue;
    const table = valueTableAt(context, value);
    const legacy = table === undefined ? undefined : (literalText(context.checker, other) ?? booleanText(other));
    if (table === undefined || legacy === undefined) continue;
    if (table.name === 'softDecline' && booleanText(other) !== undefined) {
      reportSoftDecline(context, node);
      return;
    }
    const test = testIn(context, table, legacy, wordsBeside(context, node, value, operator.negated));
    if (
      test.kind === 'other-field' &&
      siblingText(context, value, test.field, (child) => child.getText()) === undefined
    ) {
      const because = `it is a ${test.field} in v2, and only the ${table.field} is at hand here.`;
      reportTest(context, node, table, legacy, { kind: 'none', because });
      return;
    }
    reportTest(context, node, table, legacy, test, {
      extra: codeDecision(context, value) ?? negativeDecision(operator.negated, legacy, table),
      isCovered: isAlternative(node, test) || isNarrowed(node),
      subject: value,
    });
    if (test.kind !== 'same-field' && test.kind !== 'other-field') return;
    context.rewriter.replace(node, (emit) => {
      const subject =
        test.kind === 'same-field'
          ? valueText(context, value, table, emit)
          : siblingText(context, value, test.field, emit);
      const field = test.kind === 'other-field' ? test.field : table.field;
      const isOptional = field === 'reasonCode' && context.isTypeScript;
      return testText(subject ?? emit(value), test.values, { ...operator, quote: context.style.quote, isOptional });
    });
    return;
  }
}

/** What else `state === 'Completed' || state === 'Closed'` takes, and what `state !== 'Completed' && state !== 'Closed'` leaves out. */
function wordsBeside(
  context: FileContext,
  node: ts.BinaryExpression,
  value: ts.Expression,
  negated: boolean,
): ReadonlySet<string> {
  const link = negated ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
  const isLinked = (at: ts.Node): boolean =>
    ts.isParenthesizedExpression(at) || (ts.isBinaryExpression(at) && at.operatorToken.kind === link);
  let chain: ts.Node = node;
  while (isLinked(chain.parent)) chain = chain.parent;
  const words = new Set<string>();
  const collect = (at: ts.Node): void => {
    if (isLinked(at)) ts.forEachChild(at, collect);
    else if (ts.isBinaryExpression(at) && EQUALITY.get(at.operatorToken.kind)?.negated === negated)
      for (const [subject, word] of [
        [at.left, at.right],
        [at.right, at.left],
      ] as const)
        if (subject.getText() === value.getText()) words.add(literalText(context.checker, word) ?? '');
  };
  collect(chain);
  return words;
}

/** `state === 'Completed' || state === 'Closed'`: together they are what the v2 value means. */
function isAlternative(node: ts.BinaryExpression, test: ValueTest): boolean {
  let chain: ts.Node = node;
  while (ts.isBinaryExpression(chain.parent) && chain.parent.operatorToken.kind === ts.SyntaxKind.BarBarToken)
    chain = chain.parent;
  return (
    chain !== node &&
    test.kind === 'same-field' &&
    test.values.includes('Captured') &&
    /['"]Completed['"]/.test(chain.getText())
  );
}

/** `state === 'Closed' && reason === 'MaxCapturesProcessed'`: the reason says which Closed is meant. */
function isNarrowed(node: ts.BinaryExpression): boolean {
  let chain: ts.Node = node;
  while (
    ts.isBinaryExpression(chain.parent) &&
    chain.parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  )
    chain = chain.parent;
  return chain !== node && /['"]MaxCapturesProcessed['"]/.test(chain.getText());
}

const booleanText = (node: ts.Expression): string | undefined =>
  node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword ? node.getText() : undefined;
