import { readFileSync, writeFileSync } from 'node:fs';
import type { Database } from '../../../src/proxy/store/database';
import { verifyStore } from '../../../src/proxy/store/verify-store';
import { makeStore, stores } from '../stores';

test.each(stores)('the store is looked at, or it is said who does: %s', async (driver) => {
  const store = makeStore(driver);
  const database = await store.open();
  const found = await verifyStore(database, { isFull: false });
  expect(found.broken).toEqual([]);
  expect(found.said).toMatch(driver === 'sqlite' ? /1 MB, by PRAGMA integrity_check$/ : /data_checksums (on|off)/);
  expect(driver === 'postgres' || found.isChecked).toBe(true);
  await store.remove();
});

describe('an SQLite file', () => {
  let database: Database;
  const store = makeStore('sqlite');
  const path = (store.settings as { path: string }).path;
  afterAll(() => store.remove());

  test('that is large is gone over only where that is asked for', async () => {
    database = await store.open();
    expect(await verifyStore(database, { isFull: false, maxBytes: 4096 })).toMatchObject({
      isChecked: false,
      said: expect.stringContaining('--full') as string,
    });
    expect(await verifyStore(database, { isFull: true, maxBytes: 4096 })).toMatchObject({
      isChecked: true,
      broken: [],
    });
  });

  test('whose index does not fit its table is found out, which the check at the start does not look for', async () => {
    await database.query(`INSERT INTO setting VALUES ('needle-a', 'x', 1)`);
    const [root] = await database.query(`SELECT rootpage FROM sqlite_master WHERE name = 'setting'`);
    const [size] = await database.query('PRAGMA page_size');
    await database.close();
    const bytes = readFileSync(path);
    const at = bytes.indexOf('needle-a', (Number(root?.['rootpage']) - 1) * Number(size?.['page_size']));
    bytes.write('needle-b', at);
    writeFileSync(path, bytes);
    database = await store.open();
    const { broken } = await verifyStore(database, { isFull: false });
    expect(broken).toEqual(['row 1 missing from index sqlite_autoindex_setting_1']);
  });
});
