import type { Database, Queries } from './database';

/** What tally-schema.ts keeps: a figure for each word behind the prefix of its name. */
export class Tallies {
  private constructor(
    private readonly counts: ReadonlyMap<string, number>,
    private readonly agreed: ReadonlySet<string>,
  ) {}

  static async read(queries: Queries): Promise<Tallies> {
    const counts = await queries.query('SELECT name, SUM(n) AS n FROM tally GROUP BY name ORDER BY name');
    const agreed = await queries.query('SELECT name FROM agreed');
    return new Tallies(
      new Map(counts.map((row) => [String(row['name']), Number(row['n'])])),
      new Set(agreed.map((row) => String(row['name']))),
    );
  }

  get(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** Words with a figure that is not 0. */
  list(prefix: string): readonly (readonly [word: string, count: number])[] {
    return [...this.counts]
      .filter(([name, count]) => name.startsWith(prefix) && count !== 0)
      .map(([name, count]) => [name.slice(prefix.length), count]);
  }

  /** Whether both sides have agreed at least once after that. */
  hasAgreed(name: string): boolean {
    return this.agreed.has(name);
  }
}

/** Adds up what connections have counted that are gone: PostgreSQL gives each new one a number of its own. */
export async function gatherTallies(database: Database): Promise<void> {
  if (database.dialect === 'sqlite') return;
  await database.query(
    `WITH gone AS (
       DELETE FROM tally WHERE slot <> 0 AND slot NOT IN (SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL)
       RETURNING name, n)
     INSERT INTO tally (name, slot, n) SELECT name, 0, SUM(n) FROM gone GROUP BY name ORDER BY name
     ON CONFLICT (name, slot) DO UPDATE SET n = tally.n + excluded.n`,
  );
}
