import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { isNothing } from '../../typed-program/nodes';
import { type FileContext, unwrap } from '../context';
import { EQUALITY, isMixed, valueTablesAt, valueText } from './value-places';
import type { ValueTest } from './value-tests';

/** The rule under which a test for words of this table is listed. */
export const ruleOf = (table: ValueTable): string =>
  table.name === 'errorCode' ? 'node-client/error-code' : 'node-client/state-comparison';

/** What else there is to know of a test. */
interface TestPlace {
  /** A decision of its own. */
  readonly extra?: string | undefined;
  /** Another word of the test says what this one means. */
  readonly isCovered?: boolean;
  /** What is tested. */
  readonly subject?: ts.Expression;
}

/** The same word in the same place: nothing to change, nothing to say. A field of an error has another name in v2. */
function isUnchanged(
  context: FileContext,
  table: ValueTable,
  legacy: string,
  test: ValueTest,
  subject: ts.Expression | undefined,
): boolean {
  const keepsWord =
    test.kind === 'same-field' &&
    test.values.length === 1 &&
    test.values[0] === legacy &&
    test.mapping.decision === undefined;
  if (!keepsWord || table.name !== 'errorCode') return keepsWord;
  // What is read off the body of an error has another place in v2.
  const isField =
    subject !== undefined &&
    ts.isPropertyAccessExpression(unwrap(subject)) &&
    context.typeOf((unwrap(subject) as ts.PropertyAccessExpression).expression)?.kind === 'error';
  const original = (node: ts.Node): string => context.rewriter.original(node);
  return isField && valueText(context, subject, table, original) === original(subject);
}

/** While some calls stay legacy, the legacy code stands among the new ones. */
function describeValues(legacy: string, values: readonly string[]): string {
  const others = values.filter((value) => value !== legacy).map((value) => `'${value}'`);
  return others.length === 0 ? `'${legacy}' keeps its name in v2.` : `'${legacy}' is ${others.join(' or ')} in v2.`;
}

/** Lists what becomes of a test for one legacy word; a test that stays as it is is not listed. */
export function reportTest(
  context: FileContext,
  node: ts.Node,
  table: ValueTable,
  legacy: string,
  test: ValueTest,
  { extra, isCovered = false, subject }: TestPlace = {},
): void {
  if (test.kind === 'unknown') return;
  if (isUnchanged(context, table, legacy, test, subject) && extra === undefined) return;
  const rule = ruleOf(table);
  if (test.kind === 'none') {
    const message = `'${legacy}' has no counterpart in v2: ${test.because}`;
    context.leaveOpen(node, {
      rule,
      legacy: { name: legacy },
      replacement: null,
      message,
    });
    return;
  }
  // Where a word needs another beside it, it comes here with that one alone.
  const ambiguous =
    test.mapping.precision === 'wider' && legacy !== 'Completed' && test.mapping.onlyWith === undefined && !isCovered;
  const decision =
    extra ??
    test.mapping.decision ??
    (ambiguous
      ? `'${legacy}' is not one state in v2. ${test.mapping.because ?? 'Check what this branch is for.'}`
      : undefined);
  const note =
    test.mapping.precision === 'wider' && test.mapping.because !== undefined ? ` ${test.mapping.because}` : '';
  context.report(node, {
    rule,
    automation: decision === undefined ? 'automatic' : 'assisted',
    legacy: { name: legacy },
    replacement: { name: test.values.join(' or ') },
    message: `${describeValues(legacy, test.values)}${note}`,
    rewritten: true,
  });
  if (decision !== undefined) context.todo(node, rule, decision);
}

/** No error of `amazon-payments` has a code (facts: legacy-node-clients.md, errors): the branch has never run. */
export function codeDecision(context: FileContext, node: ts.Expression): string | undefined {
  const subject = unwrap(node);
  const isCode =
    ts.isPropertyAccessExpression(subject) &&
    subject.name.text === 'code' &&
    context.typeOf(subject.expression)?.kind === 'error';
  return isCode
    ? 'errors of amazon-payments have type and name and no code, so this test never passed; now it does: decide whether this branch shall run.'
    : undefined;
}

/** A test of the text that SoftDecline is in legacy. */
export function reportSoftDecline(context: FileContext, node: ts.Node): void {
  context.leaveOpen(node, {
    rule: 'node-client/state-comparison',
    legacy: { name: 'SoftDecline' },
    replacement: { name: "statusDetails.reasonCode === 'SoftDeclined'" },
    message:
      'SoftDecline is the text "true" or "false" in legacy, so this test never did what it says; compare the reason code with SoftDeclined.',
  });
}

/** `state !== undefined`: no word is asked for. */
const isAskedFor = ({ parent }: ts.Node): boolean =>
  ts.isBinaryExpression(parent) && (isNothing(parent.left) || isNothing(parent.right));

/** Tests of a state that may be that of either object: only the merchant knows which of them comes here. */
export function reportMixed(context: FileContext, node: ts.Node): void {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return;
  const isTest =
    (ts.isBinaryExpression(node.parent) && EQUALITY.has(node.parent.operatorToken.kind)) ||
    (ts.isSwitchStatement(node.parent) && node.parent.expression === node) ||
    (ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node) ||
    (ts.isCallExpression(node.parent) && node.parent.arguments.includes(node));
  const tables = valueTablesAt(context, node);
  if (!isTest || tables.length === 0 || !isMixed(context, node) || isAskedFor(node)) return;
  const kinds = new Set(tables.map((table) => table.replace(/(?:State|Reason)$/, '')));
  const is =
    kinds.size === 1 && tables.length > 1
      ? 'the state or the reason of one object, and nothing tells which of them comes here: test each by itself, with the words of v2'
      : 'the state of one of two kinds of objects, whose words differ in v2 (a capture is Captured, a refund Refunded): test each with its own words';
  context.leaveOpen(node, {
    rule: 'node-client/state-comparison',
    legacy: { name: context.text(node) },
    replacement: null,
    message: `${context.text(node)} is ${is}.`,
  });
}
