import { ts } from 'ts-morph';
import { accessedName, isAccess, writtenName } from '../../rewriting/access';

/** A column that a query writes, and what is written there. */
export interface WrittenColumn {
  readonly name: string;
  readonly value: ts.Expression;
}

const WRITES = /\b(?:update\b[\s\S]+\bset|insert\s+(?:or\s+\w+\s+)?into)\b/i;
const INSERT = /\binsert\s+(?:or\s+\w+\s+)?into\b[^(]*\(([^()]*)\)\s*values\s*\(([^;]*)\)/i;
const PLACEHOLDER = /^(?:\w+\()?\s*(\$\d+|[:@$][a-z_]\w*)/i;

const bare = (column: string): string => column.replace(/^.*\./, '').replace(/\W/g, '');

/** `capture_state = $2`, and the columns of `INSERT INTO … (order_id, capture_state) VALUES ($1, $2)`, by their placeholder. */
function columnsOf(query: string): Map<string, string> {
  const columns = new Map<string, string>();
  let count = 0;
  // `?` has no number, so each gets that of its place.
  const text = query.replace(/\?/g, () => `$${String((count += 1))}`);
  const [, names = '', values = ''] = INSERT.exec(text) ?? [];
  const placed = values.split(',');
  names.split(',').forEach((name, place) => {
    const [, placeholder] = PLACEHOLDER.exec(placed[place]?.trim() ?? '') ?? [];
    if (placeholder !== undefined) columns.set(placeholder, bare(name));
  });
  // What stands behind WHERE is looked for, not written.
  const [written = ''] = text.split(/\bwhere\b/i);
  for (const [, column = '', placeholder = ''] of written.matchAll(
    /([\w."`]+)\s*=\s*(?:\w+\()?\s*(\$\d+|[:@$][a-z_]\w*)/gi,
  ))
    columns.set(placeholder, bare(column));
  return columns;
}

/** `[order, state]` or the rest of the arguments, and `{ state }` for named ones, wherever the query takes them. */
function valueFor(placeholder: string, given: readonly ts.Expression[]): ts.Expression | undefined {
  if (/^\$\d/.test(placeholder)) {
    const list = given.find(ts.isArrayLiteralExpression);
    return (list?.elements ?? given)[Number(placeholder.slice(1)) - 1];
  }
  for (const object of given.filter(ts.isObjectLiteralExpression))
    for (const property of object.properties) {
      if (ts.isShorthandPropertyAssignment(property) && property.name.text === placeholder.slice(1))
        return property.name;
      if (!ts.isPropertyAssignment(property)) continue;
      if (writtenName(property.name)?.replace(/^[:@$]/, '') === placeholder.slice(1)) return property.initializer;
      const inner = valueFor(placeholder, [property.initializer]);
      if (inner !== undefined) return inner;
    }
  return undefined;
}

/** `sql\`UPDATE payments SET capture_state = ${state}\`` */
function ofTemplate(node: ts.TemplateExpression): WrittenColumn[] {
  if (!WRITES.test(node.getText())) return [];
  return node.templateSpans.flatMap(({ expression }, index) => {
    const before = index === 0 ? node.head.text : (node.templateSpans[index - 1]?.literal.text ?? '');
    const [, column] = /([\w."`]+)\s*=\s*'?$/.exec(before) ?? [];
    return column === undefined ? [] : [{ name: bare(column), value: expression }];
  });
}

/** The query of `query('…', values)` and of `prepare('…').run(a, b)`, and what it is given. */
function queryOf(
  call: ts.CallExpression,
): { readonly query: ts.Node; readonly given: readonly ts.Expression[] } | undefined {
  const { expression } = call;
  const isPrepared = isAccess(expression) && /^(?:run|execute)$/.test(accessedName(expression) ?? '');
  const prepared = isPrepared && ts.isCallExpression(expression.expression) ? expression.expression : undefined;
  const [first, ...rest] = call.arguments;
  const query = prepared?.arguments[0] ?? first;
  return query === undefined ? undefined : { query, given: prepared === undefined ? rest : call.arguments };
}

/**
 * The columns that a statement of SQL writes: `query('UPDATE orders SET state = $1', [state])`,
 * `prepare('INSERT INTO orders (id, state) VALUES (?, ?)').run(id, state)`, and a template with the value in its place.
 */
export function writtenColumns(node: ts.Node): WrittenColumn[] {
  if (ts.isTemplateExpression(node)) return ofTemplate(node);
  const asked = ts.isCallExpression(node) ? queryOf(node) : undefined;
  if (asked === undefined) return [];
  const { query, given } = asked;
  const isText = ts.isStringLiteralLike(query) || ts.isTemplateExpression(query);
  const text = isText ? query.getText() : '';
  if (!WRITES.test(text)) return [];
  return [...columnsOf(text)].flatMap(([placeholder, name]) => {
    const value = valueFor(placeholder, given);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** The column into which a statement of SQL writes a value that it is handed. */
export function columnOf(value: ts.Node): string | undefined {
  const list = value.parent;
  const call = ts.isArrayLiteralExpression(list) ? list.parent : list;
  return ts.isCallExpression(call) ? writtenColumns(call).find((each) => each.value === value)?.name : undefined;
}
