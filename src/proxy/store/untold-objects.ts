import type { Queries } from './database';

/** Objects that messages named, and of which Amazon does not tell. */
export interface UntoldObjects {
  /** Amazon refused the GET, or the key is of the other environment. The sweep asks again. */
  readonly refused: number;
  /** Amazon does not have them, for this key. They are asked for again when the key is another. */
  readonly notFound: number;
  /** The first few, to look at. */
  readonly objectIds: readonly string[];
}

const SHOWN = 5;

export async function readUntold(queries: Queries): Promise<UntoldObjects> {
  const rows = await queries.query(
    `SELECT problem, COUNT(*) AS n FROM amazon_object WHERE problem IS NOT NULL AND problem IN ('refused', 'not-found')
     GROUP BY problem`,
  );
  const of = (problem: string): number => Number(rows.find((row) => row['problem'] === problem)?.['n'] ?? 0);
  const first = await queries.query(
    `SELECT object_id FROM amazon_object WHERE problem IS NOT NULL AND problem IN ('refused', 'not-found')
     ORDER BY problem DESC, object_id LIMIT ${SHOWN}`,
  );
  return {
    refused: of('refused'),
    notFound: of('not-found'),
    objectIds: first.map((row) => String(row['object_id'])),
  };
}
