import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { postgresUrl } from '../stores';
import { captured, CompareBench, MINUTE } from './compare-bench';

const A = 'S01-1112223-3334441';
const B = 'S01-1112223-3334442';

describe('asking the database of the shop', () => {
  const schema = `shop_${randomBytes(4).toString('hex')}`;
  const client = new Client({ connectionString: postgresUrl });
  beforeAll(async () => {
    await client.connect();
    await client.query(`CREATE SCHEMA ${schema}`);
    await client.query(
      `CREATE TABLE ${schema}.orders (key text, state text, authorized numeric, captured numeric, refunded numeric, currency text)`,
    );
    await client.query(
      `INSERT INTO ${schema}.orders VALUES ('${A}', 'paid', 94.50, 94.50, 0, 'USD'), ('${B}', 'paid', 94.50, 94.50, 0, 'USD'), ('${B}', 'paid', 1, 1, 0, 'USD')`,
    );
  });
  afterAll(async () => {
    await client.query(`DROP SCHEMA ${schema} CASCADE`);
    await client.end();
  });
  let bench: CompareBench;
  afterEach(() => bench.close());
  const ask = async (sql: string, orderKey = A): Promise<string> => {
    const migrated = { from: 'query', url: postgresUrl, sql, timeoutMs: 500, states: { paid: 'captured' } };
    bench = await CompareBench.open('sqlite', { migrated, resampleForMs: 0 });
    await bench.happen({ orderKey, legacy: { json: captured() } });
    await bench.work(5 * MINUTE);
    const [found] = await bench.divergences();
    return found?.signature ?? bench.verdicts().join();
  };

  test('gives the outcome of an order', async () => {
    expect(await ask(`SELECT * FROM ${schema}.orders WHERE key = $1`)).toBe('match');
  });
  test.each([
    ['knows no such order', `SELECT * FROM ${schema}.orders WHERE key = $1`, 'S01-1112223-3334449', 'migrated:absent'],
    [
      'finds two',
      `SELECT * FROM ${schema}.orders WHERE key = $1`,
      B,
      'migrated:unreadable (the query finds more than one row)',
    ],
    ['takes too long', `SELECT pg_sleep(5), $1 AS state`, A, 'migrated:unreachable (57014, no answer in time)'],
    ['is none', `SELECT nonsense FROM nowhere WHERE key = $1`, A, 'migrated:unreachable (42P01, no such table)'],
    [
      'writes',
      `WITH gone AS (DELETE FROM ${schema}.orders WHERE key = $1 RETURNING *) SELECT * FROM gone`,
      A,
      'migrated:unreachable (0A000, not possible in a query that only reads)',
    ],
  ])('one that %s', async (_, sql, orderKey, signature) => {
    expect(await ask(sql, orderKey)).toBe(signature);
    const { rows } = await client.query(`SELECT COUNT(*)::int AS n FROM ${schema}.orders`);
    expect(rows).toEqual([{ n: 3 }]);
  });
});
