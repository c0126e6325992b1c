import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { type FileContext, unwrap } from '../context';
import { literalText } from './literal-text';
import { literalOf } from './literal-behind';
import { reportTest } from './report-value-tests';
import { valueTableAt, replaceErrorField, testIn, isBoth } from './value-places';
import type { ValueTest } from './value-tests';

interface Membership {
  readonly subject: ts.Expression;
  readonly list: ts.ArrayLiteralExpression;
  readonly table: ValueTable;
}

/** `['Open', 'Closed'].includes(state)`, `indexOf`, and `has` of a written-out Set. */
function asMembership(context: FileContext, node: ts.CallExpression | ts.NewExpression): Membership | undefined {
  const [subject] = node.arguments ?? [];
  const callee = node.expression;
  if (
    subject === undefined ||
    !ts.isPropertyAccessExpression(callee) ||
    !/^(?:includes|indexOf|has)$/.test(callee.name.text)
  )
    return undefined;
  const table = valueTableAt(context, subject);
  const list = table === undefined ? undefined : listOf(context, callee.expression, table);
  return table === undefined || list === undefined ? undefined : { subject, list, table };
}

/** The call looks a value up in a list that is rewritten with it. */
export const isKnownMembership = (context: FileContext, node: ts.CallExpression | ts.NewExpression): boolean =>
  asMembership(context, node) !== undefined;

/** The list in which a value is looked up. */
export function rewriteMembership(context: FileContext, node: ts.CallExpression): void {
  const found = asMembership(context, node);
  if (found === undefined) return;
  const { subject, table } = found;
  rewriteList(context, found);
  replaceErrorField(context, subject, table);
}

/** The elements of a list of legacy values; what another element already covers goes. */
function rewriteList(context: FileContext, { subject, list, table }: Membership): void {
  const written = new Set<string>();
  const texts = new Map<ts.Expression, string[]>();
  const present = new Set(list.elements.flatMap((item) => literalText(context.checker, item) ?? []));
  for (const item of list.elements) {
    const legacy = literalText(context.checker, item);
    const test = legacy === undefined ? undefined : testIn(context, table, legacy, present);
    if (legacy === undefined || test === undefined || test.kind === 'unknown') continue;
    const usable: ValueTest =
      test.kind === 'other-field' ? { kind: 'none', because: `it is a ${test.field} in v2.` } : test;
    const isFresh = (value: string): boolean =>
      !written.has(value) && (value === legacy || !isBoth(table, present, value));
    const fresh = usable.kind === 'same-field' ? usable.values.filter(isFresh) : [];
    // An earlier run put the code of v2 beside it.
    if (
      usable.kind === 'same-field' &&
      table.name === 'errorCode' &&
      usable.values.every((value) => present.has(value))
    )
      continue;
    reportTest(context, item, table, legacy, usable, {
      isCovered: usable.kind === 'same-field' && fresh.length === 0,
      subject,
    });
    if (usable.kind !== 'same-field') continue;
    fresh.forEach((value) => written.add(value));
    texts.set(
      item,
      fresh.map((value) => `${context.style.quote}${value}${context.style.quote}`),
    );
  }
  if (texts.size === 0) return;
  if ([...texts.values()].every(({ length }) => length > 0)) {
    texts.forEach((values, item) => context.rewriter.replace(item, () => values.join(', ')));
    return;
  }
  context.rewriter.replace(
    list,
    (emit) => `[${list.elements.flatMap((item) => texts.get(item) ?? [emit(item)]).join(', ')}]`,
  );
}

/** The array itself, in a Set or not, or the constant of this file that holds it. */
function listOf(context: FileContext, node: ts.Expression, table: ValueTable): ts.ArrayLiteralExpression | undefined {
  const value = literalOf(context, unwrap(node), table);
  const isSet = value !== undefined && ts.isNewExpression(value) && value.expression.getText() === 'Set';
  const list = isSet ? value.arguments?.[0] : value;
  return list !== undefined && ts.isArrayLiteralExpression(list) ? list : undefined;
}
