import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Database as Connection } from 'node-sqlite3-wasm';
import { makeStore, type TestStore } from '../stores';

/** What somebody may name as the store by mistake: it is said what it is, and it stays as it was. */
describe('a store at the path of something else', () => {
  let store: TestStore;
  let path: string;
  beforeEach(() => {
    store = makeStore('sqlite');
    path = (store.settings as { path: string }).path;
  });
  afterEach(() => store.remove());

  test.each<[string, string | Buffer, string, string]>([
    ['a text file', '{\n  "store": "ü"\n}\n', 'unavailable', 'is a text file, no SQLite database'],
    ['another file', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]), 'unsafe', 'does not begin as an SQLite'],
  ])('%s', async (_, content, code, said) => {
    writeFileSync(path, content);
    await expect(store.open()).rejects.toMatchObject({ code, message: expect.stringContaining(said) as string });
    expect(readFileSync(path)).toEqual(Buffer.from(content));
    expect(readdirSync(dirname(path)).filter((name) => path.endsWith(name))).toHaveLength(1);
  });

  test('a directory', async () => {
    mkdirSync(path);
    await expect(store.open()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/is a directory.*Set store\.path/) as string,
    });
  });

  test('a database of something else', async () => {
    const other = new Connection(path);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'schema_version'])
      other.exec(`CREATE TABLE ${name} (id INTEGER)`);
    other.close();
    const before = readFileSync(path);
    await expect(store.open()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('database of something else (its tables: a, b, c, d, e and 2 more)') as string,
    });
    expect(readFileSync(path)).toEqual(before);
  });

  test('an empty file becomes one, and one of its own is opened again', async () => {
    writeFileSync(path, '');
    await (await store.open()).close();
    await expect(store.open()).resolves.toMatchObject({ dialect: 'sqlite' });
  });
});
