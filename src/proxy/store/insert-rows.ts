import type { Dialect, Value } from './database';

/**
 * How many rows go into one statement. PostgreSQL is asked over a socket, and one statement for many rows takes half the
 * time; for SQLite, which is a function call away, it makes no difference (bench/README.md).
 */
export const rowsPerStatement: Readonly<Record<Dialect, number>> = { sqlite: 1, postgres: 64 };

const made = new Map<string, string>();

/** `($1, $2), ($3, $4)` for so many rows of so many columns. */
export function placeholders(rows: number, columns: number): string {
  const key = `${rows} ${columns}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const row = (first: number): string =>
    `(${Array.from({ length: columns }, (_, column) => `$${first + column + 1}`).join(', ')})`;
  const text = Array.from({ length: rows }, (_, index) => row(index * columns)).join(', ');
  made.set(key, text);
  return text;
}

/** Runs a statement for some of the rows after the other; `sql` gets the placeholders. */
export async function inStatements<Result>(
  rows: readonly (readonly Value[])[],
  dialect: Dialect,
  run: (placeholders: string, values: readonly Value[]) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const size = rowsPerStatement[dialect];
  for (let first = 0; first < rows.length; first += size) {
    const some = rows.slice(first, first + size);
    results.push(...(await run(placeholders(some.length, some[0]?.length ?? 0), some.flat())));
  }
  return results;
}
