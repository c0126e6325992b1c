import { CurrentMode } from '../../../src/proxy/modes/current-mode';
import type { Database, Queries } from '../../../src/proxy/store/database';
import { answer } from './handler';
import { orderKey } from './seed';
import { Shop } from './shop';

const A = orderKey(1);

/** A delivery that ends by the mode of the moment, in a transaction that stands still, and a change of that mode. */
describe('a change of mode while a delivery ends by the one before, on postgres', () => {
  let shop: Shop;
  let other: Database;
  beforeEach(async () => {
    shop = await Shop.open('postgres');
    other = await shop.store.open();
  });
  afterEach(() => shop.close());

  /** Resolves when some transaction waits for a lock that another has, or when `work` has ended. */
  const untilHeldOrDone = async (work: Promise<unknown>): Promise<boolean> => {
    let isDone = false;
    void work.finally(() => (isDone = true));
    const waits =
      'SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())';
    while (!isDone && (await other.query(waits)).length === 0);
    return isDone;
  };
  /** Resolves when the legacy handler has answered 503, and that is written down. */
  const untilRefused = async (): Promise<void> => {
    const refused = "SELECT 1 FROM job WHERE kind = 'deliver-legacy' AND state = 'ready' AND reason = 'status-5xx'";
    while ((await other.query(refused)).length === 0);
  };
  /** Before a statement with this value, once. */
  const before = (value: string, between: () => Promise<void>): void => {
    const { database } = shop;
    const transaction = database.transaction.bind(database);
    let isHeld = false;
    jest.spyOn(database, 'transaction').mockImplementation((work) =>
      transaction(async (queries) => {
        const holding: Queries = {
          async query(sql, values) {
            if (!isHeld && values?.includes(value) === true) {
              isHeld = true;
              await between();
            }
            return queries.query(sql, values);
          },
        };
        return work(holding);
      }),
    );
  };

  test('waits for it, or the message would be passed over by both sides', async () => {
    const proxy = shop.instance();
    await shop.receive({ order: A });
    await proxy.deliverDue();
    shop.clock.advance(60_000);
    shop.legacy.reply = answer(503);
    await shop.receive({ order: A });
    let changing: Promise<unknown> = Promise.resolve();
    before(`compare:${A}`, async () => {
      await untilRefused();
      changing = shop.mode('cutover');
      if (!(await untilHeldOrDone(changing))) return;
      // The legacy handler has answered 503, and is passed over when its turn comes again.
      shop.clock.advance(10_000);
      await shop.instance({}, { owner: 'two', modes: new CurrentMode(other, shop.clock) }).deliverDue();
    });
    await proxy.deliverDue();
    await changing;
    for (let time = 0; time < 3; time += 1) {
      shop.clock.advance(60_000);
      await proxy.deliverDue();
    }
    expect(shop.migrated.ledger.map(({ role }) => role)).toEqual(['primary']);
    expect(await shop.jobs()).toContain('deliver-migrated done handover');
  });
});
