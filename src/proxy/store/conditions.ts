import type { Value } from './database';

/** A part of a filter: SQL with `?` for each of its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Nothing where no value is given. */
export const where = (sql: string, value: Value | undefined): readonly Condition[] =>
  value === undefined ? [] : [{ sql, values: [value] }];

/** One of several; nothing where none are given. */
export const among = (column: string, values: readonly Value[] | undefined): readonly Condition[] =>
  values === undefined ? [] : [{ sql: `${column} IN (${values.map(() => '?').join(', ')})`, values }];

/** All of them together, with values that are numbered from `first` on, as both stores want it. */
export function together(
  conditions: readonly Condition[],
  first: number,
): { readonly sql: string; readonly values: readonly Value[] } {
  let next = first;
  const sql = conditions.map((condition) => condition.sql.replace(/\?/g, () => `$${(next += 1) - 1}`)).join(' AND ');
  return { sql, values: conditions.flatMap(({ values }) => values) };
}
