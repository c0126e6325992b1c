import type { Database } from '../../../src/proxy/store/database';
import { schemaSteps } from '../../../src/proxy/store/schema';
import { makeStore, stores, type TestStore } from '../stores';

describe.each(stores)('a database on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
    await database.query('CREATE TABLE thing (id INTEGER PRIMARY KEY, content TEXT)');
  });
  afterEach(() => store.remove());

  const count = async (): Promise<number> =>
    Number((await database.query('SELECT COUNT(*) AS n FROM thing'))[0]?.['n']);

  test('keeps what a transaction did, and nothing of one that throws', async () => {
    await database.transaction(async (queries) => {
      await queries.query('INSERT INTO thing VALUES ($1, $2)', [1, 'kept']);
    });
    const failing = database.transaction(async (queries) => {
      await queries.query('INSERT INTO thing VALUES ($1, $2)', [2, 'gone']);
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    expect(await count()).toBe(1);
  });

  test('gives the text back that it was given, whatever is in it', async () => {
    const text = `'"\\;--\u2028 日本 😀 $1 ?1`;
    await database.query('INSERT INTO thing VALUES ($1, $2)', [1, text]);
    expect(await database.query('SELECT content FROM thing')).toEqual([{ content: text }]);
  });

  test('says that a row is there already', async () => {
    await database.query('INSERT INTO thing VALUES (1, NULL)');
    await expect(database.query('INSERT INTO thing VALUES (1, NULL)')).rejects.toMatchObject({ code: 'duplicate' });
  });

  test('runs many transactions that were begun at once, whole', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, id) =>
        database.transaction((queries) => queries.query('INSERT INTO thing VALUES ($1, $2)', [id, String(id)])),
      ),
    );
    expect(await count()).toBe(40);
  });

  test('opens a second time with the tables that are there', async () => {
    await database.close();
    const again = await store.open();
    const version = schemaSteps(driver).length;
    expect(await again.query('SELECT MAX(version) AS version FROM schema_version')).toEqual([{ version }]);
    expect(await again.query('SELECT * FROM thing')).toEqual([]);
  });

  test('refuses a store of a newer version', async () => {
    await database.query('INSERT INTO schema_version (version) VALUES (1000)');
    await database.close();
    const message = expect.stringMatching(/schema 1000.*Install that version again.*nothing is damaged/) as string;
    await expect(store.open()).rejects.toMatchObject({ code: 'newer', message });
  });

  if (driver === 'postgres')
    test('a connection that the server ends in the middle of a transaction ends that transaction, and nothing else', async () => {
      const other = await store.open();
      const ended = database.transaction(async (queries) => {
        const [row] = await queries.query('SELECT pg_backend_pid() AS pid');
        await other.query('SELECT pg_terminate_backend($1)', [Number(row?.['pid'])]);
        // The end of the connection is heard of while no query runs, as after a pause of the process.
        await new Promise((later) => setTimeout(later, 100));
        await queries.query('SELECT 1');
      });
      await expect(ended).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' });
      expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
});
