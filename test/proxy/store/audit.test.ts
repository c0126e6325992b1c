import { appendAudit, lastAudit, listAudit, verifyAudit, type NewAuditEntry } from '../../../src/proxy/store/audit';
import type { Database } from '../../../src/proxy/store/database';
import { makeStore, stores, type TestStore } from '../stores';

describe.each(stores)('audit on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
  });
  afterEach(() => store.remove());

  const entry = (why: string): NewAuditEntry => ({
    at: 1000,
    who: 'ann',
    action: 'mode',
    detail: { mode: 'shadow' },
    why,
  });
  const append = (why: string): Promise<unknown> =>
    database.transaction((queries) => appendAudit(queries, driver, entry(why)));

  test('entries are bound to one another, also those written at the same moment', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => append(`reason ${index}`)));
    const check = await verifyAudit(database);
    expect(check).toMatchObject({ entries: 20, broken: null });
    expect(await lastAudit(database, 'mode')).toMatchObject({ sequence: 20, hash: check.head });
    expect((await listAudit(database, 2, 20)).map(({ sequence }) => sequence)).toEqual([19, 18]);
  });

  test('an empty chain is whole', async () => {
    expect(await verifyAudit(database)).toMatchObject({ entries: 0, broken: null });
  });

  test.each([
    [
      'who',
      `UPDATE audit SET who = 'bob' WHERE sequence = 2`,
      { sequence: 2, because: 'it was changed after it was written' },
    ],
    [
      'why',
      `UPDATE audit SET why = '' WHERE sequence = 3`,
      { sequence: 3, because: 'it was changed after it was written' },
    ],
    [
      'when',
      `UPDATE audit SET at = 1 WHERE sequence = 1`,
      { sequence: 1, because: 'it was changed after it was written' },
    ],
    ['an entry left out', `DELETE FROM audit WHERE sequence = 2`, { sequence: 2, because: 'the entry is missing' }],
    [
      'an entry put in the place of another',
      `UPDATE audit SET previous_hash = hash WHERE sequence = 3`,
      { sequence: 3, because: 'it is not bound to the entry before it' },
    ],
  ])('a change of %s is found', async (_, sql, broken) => {
    for (const why of ['a', 'b', 'c', 'd']) await append(why);
    await database.query(sql);
    expect((await verifyAudit(database)).broken).toEqual(broken);
  });

  test('entries cut off the end are found with a head that was kept elsewhere', async () => {
    for (const why of ['a', 'b', 'c']) await append(why);
    const { head } = await verifyAudit(database);
    await append('d');
    expect((await verifyAudit(database, head)).broken).toBeNull();
    await database.query('DELETE FROM audit WHERE sequence > 2');
    expect((await verifyAudit(database)).broken).toBeNull();
    expect((await verifyAudit(database, head)).broken).toMatchObject({ sequence: 2 });
  });
});
