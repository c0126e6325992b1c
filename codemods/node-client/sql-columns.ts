import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../rewriting/access';

/** The statement that a value is handed to, and which of its values it is. */
function statementOf(value: ts.Node): { readonly sql: string; readonly index: number } | undefined {
  const list = value.parent;
  const call = ts.isArrayLiteralExpression(list) ? list.parent : list;
  if (!ts.isCallExpression(call)) return undefined;
  const values: readonly ts.Node[] = ts.isArrayLiteralExpression(list) ? list.elements : call.arguments;
  // `prepare('…').run(a, b)` is given its statement first.
  const prepared = isAccess(call.expression) && /^(?:run|execute)$/.test(accessedName(call.expression) ?? '');
  const first = call.expression;
  const sql =
    prepared && isAccess(first) && ts.isCallExpression(first.expression)
      ? first.expression.arguments[0]
      : values === call.arguments
        ? undefined
        : call.arguments[0];
  const isWritten = sql !== undefined && (ts.isStringLiteralLike(sql) || ts.isTemplateExpression(sql));
  return isWritten ? { sql: sql.getText(), index: values.indexOf(value) } : undefined;
}

const PLACEHOLDER = /\$(\d+)|\?/g;
const INSERT = /\binsert\s+(?:or\s+\w+\s+)?into\b[^(]*\(([^()]*)\)\s*values\s*\(([^;]*)\)/i;

/** `$2`, or the second `?`, counted from 0. */
function* placeholdersIn(sql: string): Generator<{ readonly at: number; readonly index: number }> {
  let count = 0;
  for (const { 1: number, index: at } of sql.matchAll(PLACEHOLDER))
    yield { at, index: number === undefined ? count++ : Number(number) - 1 };
}

/**
 * The column into which a statement of SQL writes a value that it is handed: `query('UPDATE orders SET state = $1', [state])`,
 * `prepare('INSERT INTO orders (id, state) VALUES (?, ?)').run(id, state)`.
 */
export function columnOf(value: ts.Node): string | undefined {
  const statement = statementOf(value);
  if (statement === undefined) return undefined;
  const { sql, index } = statement;
  const inserted = INSERT.exec(sql);
  const start = inserted === null ? -1 : inserted.index + inserted[0].length - (inserted[2]?.length ?? 0) - 1;
  for (const { at, index: own } of placeholdersIn(sql)) {
    if (own !== index) continue;
    const before = sql.slice(0, at);
    if (/\bwhere\b/i.test(before)) return undefined;
    const column =
      inserted !== null && at >= start
        ? inserted[1]?.split(',')[sql.slice(start, at).split(',').length - 1]
        : /([\w."`]+)\s*=\s*(?:\w+\()?$/.exec(before)?.[1];
    return column?.replace(/^.*\./, '').replace(/\W/g, '');
  }
  return undefined;
}
