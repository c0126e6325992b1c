import { checkOutcomeSources } from '../../../src/proxy/configuration/checks/outcome-sources';
import type { Finding } from '../../../src/proxy/configuration/checks/finding';
import { proxySettings } from '../../../src/proxy/configuration/settings';
import { TOPIC } from '../receive/messages';
import { postgresUrl } from '../stores';

const secret = 'x'.repeat(32);

/** What is said of a query of the legacy side, in a real database. */
async function check(sql: string): Promise<Finding | undefined> {
  const settings = proxySettings.parse({
    receive: { topics: [TOPIC] },
    deliver: { legacy: { url: 'http://127.0.0.1:1/a', secret }, migrated: { url: 'http://127.0.0.1:1/b', secret } },
    compare: { legacy: { from: 'query', url: postgresUrl, sql } },
  });
  return checkOutcomeSources(settings)[0]?.find();
}

describe('the check of a query that outcomes are asked by', () => {
  test('one that finds no such order is right', async () => {
    expect(await check('SELECT $1 AS state WHERE false')).toMatchObject({ mark: 'ok' });
  });

  test('one that the database does not take says why', async () => {
    expect(await check('SELECT state FROM no_such_table WHERE id = $1')).toEqual({
      mark: 'look',
      said: '42P01, no such table. Its orders cannot be compared so. See compare.legacy.',
    });
  });

  test('one that knows an order which nobody has would say the same of all', async () => {
    const sql = `SELECT 'captured' AS state, 1 AS authorized, 1 AS captured, 0 AS refunded, 'EUR' AS currency WHERE $1 <> ''`;
    expect(await check(sql)).toMatchObject({ mark: 'wrong', said: expect.stringContaining('no row') });
  });
});
