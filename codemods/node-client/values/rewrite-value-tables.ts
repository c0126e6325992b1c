import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { type FileContext, unwrap } from '../context';
import { literalText } from './literal-text';
import { literalOf } from './literal-behind';
import { reportTest, ruleOf } from './report-value-tests';
import { valueTableAt, replaceErrorField, testIn } from './value-places';
import type { ValueTest } from './value-tests';

/** `MESSAGES[state]`: the keys of the table are legacy values. */
export function rewriteTable(context: FileContext, node: ts.ElementAccessExpression): void {
  rewriteLookUp(context, node.argumentExpression, node.expression);
}

/** `state in { Open: 1 }` */
export function rewriteIn(context: FileContext, node: ts.BinaryExpression): void {
  if (node.operatorToken.kind === ts.SyntaxKind.InKeyword) rewriteLookUp(context, node.left, node.right);
}

function rewriteLookUp(context: FileContext, word: ts.Expression, words: ts.Expression): void {
  const table = valueTableAt(context, word);
  const object = table === undefined ? undefined : objectOf(context, words, table);
  if (table === undefined || object === undefined) return;
  const written = new Set<string>();
  for (const property of object.properties) {
    if (ts.isPropertyAssignment(property)) reportNamedKey(context, property, table);
    const key = ts.isSpreadAssignment(property) ? undefined : property.name;
    if (key === undefined || (!ts.isIdentifier(key) && !ts.isStringLiteral(key))) continue;
    const legacy = key.text;
    const beside = ts.isPropertyAssignment(property)
      ? sharing(context, object, property.initializer)
      : new Set<string>();
    const test = testIn(context, table, legacy, beside);
    const clash = test.kind === 'same-field' && test.values.some((value) => written.has(value));
    const usable: ValueTest =
      test.kind === 'other-field'
        ? { kind: 'none', because: `it is a ${test.field} in v2.` }
        : clash
          ? { kind: 'none', because: 'v2 has one value for two entries of this table.' }
          : test;
    // A method is written once.
    const isTwice = usable.kind === 'same-field' && usable.values.length > 1 && !ts.isPropertyAssignment(property);
    const because = 'v2 has two values for this entry, and it is a method: write one for each.';
    reportTest(context, key, table, legacy, isTwice ? { kind: 'none', because } : usable);
    if (usable.kind !== 'same-field' || isTwice) continue;
    usable.values.forEach((value) => written.add(value));
    renameEntry(context, property, key, usable.values);
  }
  replaceErrorField(context, word, table);
}

/** `Completed: 'paid'`, `Completed() {}`, and the name of a function in scope, `{ Completed }`. */
function renameEntry(
  context: FileContext,
  property: ts.ObjectLiteralElementLike,
  key: ts.Identifier | ts.StringLiteral,
  words: readonly string[],
): void {
  const value = ts.isPropertyAssignment(property)
    ? property.initializer
    : ts.isShorthandPropertyAssignment(property)
      ? property.name
      : undefined;
  if (value === undefined) context.rewriter.replace(key, () => words.join(''));
  else context.rewriter.replace(property, (emit) => words.map((word) => `${word}: ${emit(value)}`).join(', '));
}

/** The words of a table under which the same stands. */
function sharing(context: FileContext, object: ts.ObjectLiteralExpression, value: ts.Expression): ReadonlySet<string> {
  const same = object.properties.filter(
    (property): property is ts.PropertyAssignment =>
      ts.isPropertyAssignment(property) && property.initializer.getText() === value.getText(),
  );
  return new Set(
    same.flatMap(({ name }) => {
      if (ts.isComputedPropertyName(name)) return literalText(context.checker, name.expression) ?? [];
      return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : [];
    }),
  );
}

/** `[State.Closed]: 'paid'`: the word stands where the name is declared, and may serve others. */
function reportNamedKey(context: FileContext, property: ts.PropertyAssignment, table: ValueTable): void {
  if (!ts.isComputedPropertyName(property.name)) return;
  const legacy = literalText(context.checker, property.name.expression);
  const test =
    legacy === undefined
      ? undefined
      : testIn(context, table, legacy, sharing(context, property.parent, property.initializer));
  if (legacy === undefined || test === undefined || test.kind === 'unknown') return;
  const words = test.kind === 'none' ? [] : test.values;
  context.leaveOpen(property, {
    rule: ruleOf(table),
    legacy: { name: legacy },
    replacement: words.length === 0 ? null : { name: words.join(' or ') },
    message: `${context.text(property.name)} is the legacy word '${legacy}' by a name that is declared elsewhere; the table is asked for words of v2 from now on${words.length === 0 ? '' : ` (${words.join(', ')})`}.`,
  });
}

/** An object literal that is a constant of this file. */
function objectOf(
  context: FileContext,
  node: ts.Expression,
  table: ValueTable,
): ts.ObjectLiteralExpression | undefined {
  const value = literalOf(context, unwrap(node), table);
  return value !== undefined && ts.isObjectLiteralExpression(value) ? value : undefined;
}

/** The words stand where the table is looked up, or in a constant of this file that serves nothing else. */
export const isKnownTable = (context: FileContext, word: ts.Expression, words: ts.Expression): boolean => {
  const table = valueTableAt(context, word);
  return table !== undefined && objectOf(context, words, table) !== undefined;
};
