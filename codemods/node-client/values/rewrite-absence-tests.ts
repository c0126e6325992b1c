import { ts } from 'ts-morph';
import { elements } from '../../../src/catalog';
import type { ElementField } from '../../../src/catalog/types';
import { heldField } from '../answers/absent-in-v2';
import { asRead } from '../answers/answer-read';
import { isNothing, isUndefined } from '../../typed-program/nodes';
import { type FileContext, unwrap } from '../context';
import { EQUALITY, valueTablesAt } from './value-places';

/** Legacy left the field out where v2 says null; where it had a zero, it was always there. */
const isNull = ({ nullable, wasZero, nullText }: ElementField): boolean =>
  nullText === true || (nullable === true && wasZero !== true);

const fields = Object.values(elements).flatMap((each) => Object.values(each.fields));

/** Parts of answers that may be null wherever they stand: buyers and addresses, unlike prices. */
const NULL_ELEMENTS: ReadonlySet<string> = new Set(
  Object.keys(elements).filter((name) => {
    const leading = fields.filter((field) => field.element === name);
    return name !== 'Price' && leading.length > 0 && leading.every(isNull);
  }),
);

/** What v2 answers with null where legacy left it out (facts: v2-rest.md, JSON nulls; captures.md, statusDetails). */
function isNullInV2(context: FileContext, node: ts.Expression): boolean {
  const value = unwrap(node);
  const field = (asRead(context, value) ?? heldField(context, value))?.field;
  if (field !== undefined) return isNull(field);
  const type = context.typeOf(value);
  // Of a list of a state and its reason either may come.
  if (valueTablesAt(context, value).some((table) => table.endsWith('Reason'))) return true;
  return type?.kind === 'element' && NULL_ELEMENTS.has(type.element);
}

/** What `value === undefined` and `typeof value === 'undefined'` ask for. */
function askedFor({ left, right }: ts.BinaryExpression): ts.Expression | undefined {
  for (const [value, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (isUndefined(other)) return value;
    if (ts.isTypeOfExpression(value) && ts.isStringLiteralLike(other) && other.text === 'undefined')
      return value.expression;
  }
  return undefined;
}

/** `reason !== undefined` is true of null as well, and with it every payment would be taken for a declined one. */
export function rewriteAbsenceTest(context: FileContext, node: ts.BinaryExpression): void {
  const operator = EQUALITY.get(node.operatorToken.kind);
  const value = operator === undefined ? undefined : askedFor(node);
  if (operator === undefined || value === undefined || !isNullInV2(context, value)) return;
  if (operator.text.length === 2 && !/\btypeof\b/.test(node.getText())) return;
  context.report(node, {
    rule: 'node-client/result-read',
    automation: 'automatic',
    legacy: { name: context.text(value) },
    replacement: { name: 'null' },
    message: `${context.text(value)} is null in v2 where legacy left it out, so the test takes both.`,
    rewritten: true,
  });
  context.rewriter.replace(node, (emit) => `${emit(value)} ${operator.negated ? '!=' : '=='} null`);
}

const NULL_TAKEN = 'v2 answers null where legacy left the field out';

/** `case undefined:`, `typeof buyer === 'object'`, `_.isUndefined(reason)`, and a parameter with a default. */
export function reportAbsenceTests(context: FileContext, node: ts.Node): void {
  const report: Report = (place, value, because) =>
    context.leaveOpen(place, {
      rule: 'node-client/result-read',
      legacy: { name: context.text(value) },
      replacement: { name: 'null' },
      message: `${context.text(value)} ${because}`,
    });
  if (ts.isCaseClause(node) && isUndefined(node.expression)) {
    const subject = node.parent.parent.expression;
    if (isNullInV2(context, subject)) report(node, subject, `is tested for undefined: ${NULL_TAKEN}; add case null.`);
  } else if (ts.isTypeOfExpression(node) && isNullInV2(context, node.expression)) {
    if (/['"]object['"]/.test(node.parent.getText()))
      report(
        node,
        node.expression,
        `is tested by typeof: ${NULL_TAKEN}, and null is an object to typeof. Test for null.`,
      );
  } else if (ts.isBindingElement(node)) reportOwnDefault(context, node, report);
  else if (ts.isCallExpression(node)) reportArguments(context, node, report);
}

/** `const { reason = 'none' } = await record(id)`: an object of the shop's own in which the reason of an answer was put. */
function reportOwnDefault(context: FileContext, node: ts.BindingElement, report: Report): void {
  const { initializer, parent, propertyName, name } = node;
  if (initializer === undefined || isNothing(initializer) || !ts.isObjectBindingPattern(parent)) return;
  if (context.typeOf(parent)?.kind === 'element') return;
  const held = context.checker.getTypeAtLocation(parent).getProperty((propertyName ?? name).getText());
  const type = held === undefined ? undefined : context.typeOfSymbol(held);
  if (type?.kind === 'value' && type.table.endsWith('Reason'))
    report(
      node,
      propertyName ?? name,
      `has a default: ${NULL_TAKEN}, and a default is not taken for null. Read it without one, and write ?? behind the read.`,
    );
}

const DEFAULTED = `goes to a parameter with a default: ${NULL_TAKEN}, and a default is not taken for null. Write ?? undefined behind it.`;

/** What `format(city)` and `format({ city })` give to `(city = '-') => …` and `({ city = '-' }) => …`. */
function defaultedIn(value: ts.Expression, parameter: ts.ParameterDeclaration): ts.Expression[] {
  if (!ts.isObjectLiteralExpression(value) || !ts.isObjectBindingPattern(parameter.name))
    return parameter.initializer === undefined ? [] : [value];
  const defaulted = parameter.name.elements.filter(({ initializer }) => initializer !== undefined);
  const names = new Set(defaulted.map(({ propertyName, name }) => (propertyName ?? name).getText()));
  return value.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) && names.has(property.name.getText()) ? [property.initializer] : [],
  );
}

/** The test within takes null as well from now on. */
const isRewrittenIn = (context: FileContext, test: ts.Node): boolean =>
  ts.forEachChild(test, (child) => {
    const value = ts.isBinaryExpression(child) && EQUALITY.has(child.operatorToken.kind) ? askedFor(child) : undefined;
    return (value !== undefined && isNullInV2(context, value)) || isRewrittenIn(context, child) || undefined;
  }) === true;

/** `[line1, line2].filter((line) => line !== undefined)` */
function listedIn(context: FileContext, call: ts.CallExpression): readonly ts.Expression[] {
  const { expression } = call;
  const isFilter = ts.isPropertyAccessExpression(expression) && expression.name.text === 'filter';
  if (!isFilter || !ts.isArrayLiteralExpression(expression.expression)) return [];
  const [test] = call.arguments;
  const asked = test?.getText() ?? '';
  if (test !== undefined && isRewrittenIn(context, test)) return [];
  return /\bundefined\b/.test(asked) && !/\bnull\b|!=\s*undefined/.test(asked) ? expression.expression.elements : [];
}

type Report = (place: ts.Node, value: ts.Node, because: string) => void;

function reportArguments(context: FileContext, call: ts.CallExpression, report: Report): void {
  const isTest = /(?:^|\.)isUndefined$/.test(call.expression.getText());
  const parameters = context.checker.getResolvedSignature(call)?.getDeclaration()?.parameters ?? [];
  const ofNull = (values: readonly ts.Expression[]): ts.Expression[] =>
    values.filter((value) => isNullInV2(context, value));
  call.arguments.forEach((argument, index) => {
    if (isTest && isNullInV2(context, argument))
      report(call, argument, `is tested for undefined: ${NULL_TAKEN}. Test for null as well.`);
    const parameter = parameters[index];
    if (parameter === undefined || !ts.isParameter(parameter)) return;
    for (const value of ofNull(defaultedIn(argument, parameter))) report(call, value, DEFAULTED);
  });
  for (const value of ofNull(listedIn(context, call)).slice(0, 1))
    report(call, value, `is tested for undefined in the filter: ${NULL_TAKEN}. Let the filter take out null as well.`);
}
