import { ts } from 'ts-morph';
import { type FileContext } from '../context';
import { literalText } from './literal-text';
import { reportTest, codeDecision } from './report-value-tests';
import { valueTableAt, replaceErrorField, testIn, isBoth } from './value-places';

/** The labels of `switch (state)`. Two branches that v2 has one value for are listed, not merged. */
export function rewriteSwitch(context: FileContext, node: ts.SwitchStatement): void {
  const table = valueTableAt(context, node.expression);
  if (table === undefined) return;
  const clauses = node.caseBlock.clauses.filter(ts.isCaseClause);
  const taken = new Map<string, ts.CaseClause>();
  const present = new Set(clauses.map((clause) => literalText(context.checker, clause.expression) ?? ''));
  let any = false;
  for (const clause of clauses) {
    const legacy = literalText(context.checker, clause.expression);
    const test = legacy === undefined ? undefined : testIn(context, table, legacy, labelsOf(context, clause));
    if (legacy === undefined || test === undefined) continue;
    if (
      test.kind === 'other-field' ||
      (test.kind === 'same-field' && test.values.some((value) => conflicts(taken, value, clause)))
    ) {
      const because =
        test.kind === 'other-field'
          ? `it is a ${test.field} in v2, not a ${table.field}.`
          : 'v2 has one value for two branches of this switch.';
      reportTest(context, clause.expression, table, legacy, { kind: 'none', because });
      continue;
    }
    reportTest(context, clause.expression, table, legacy, test, {
      extra: codeDecision(context, node.expression),
      subject: node.expression,
    });
    if (test.kind !== 'same-field') continue;
    any = true;
    const fresh = test.values.filter(
      (value) => !taken.has(value) && (value === legacy || !isBoth(table, present, value)),
    );
    test.values.forEach((value) => taken.set(value, clause));
    renameCase(context, clause, fresh);
  }
  if (any) replaceErrorField(context, node.expression, table);
}

/** The words that lead to the same statements. */
function labelsOf(context: FileContext, clause: ts.CaseClause): ReadonlySet<string> {
  const { clauses } = clause.parent;
  let first = clauses.indexOf(clause);
  while (first > 0 && clauses[first - 1]?.statements.length === 0) first -= 1;
  const last = clauses.findIndex(({ statements }, at) => at >= first && statements.length > 0);
  const same = clauses.slice(first, last === -1 ? undefined : last + 1);
  return new Set(
    same.flatMap((each) => (ts.isCaseClause(each) ? (literalText(context.checker, each.expression) ?? []) : [])),
  );
}

/** Another branch already answers to this v2 value, and it does something else. */
function conflicts(taken: ReadonlyMap<string, ts.CaseClause>, value: string, clause: ts.CaseClause): boolean {
  const other = taken.get(value);
  if (other === undefined) return false;
  const { clauses } = clause.parent;
  const between = clauses.slice(clauses.indexOf(other), clauses.indexOf(clause));
  return between.some(({ statements }) => statements.length > 0);
}

function renameCase(context: FileContext, clause: ts.CaseClause, values: readonly string[]): void {
  const { quote } = context.style;
  const literals = values.map((value) => `${quote}${value}${quote}`);
  const [first, ...rest] = literals;
  if (literalText(context.checker, clause.expression) === values[0] && rest.length === 0) return;
  // A label whose value another label of the same branch already has stays, harmlessly, as it was.
  if (first === undefined) return;
  context.rewriter.replace(clause.expression, () => [first, ...rest.map((literal) => `case ${literal}`)].join(': '));
}
