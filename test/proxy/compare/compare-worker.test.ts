import type { ServerResponse } from 'node:http';
import { addJob } from '../../../src/proxy/store/add-jobs';
import { listAudit } from '../../../src/proxy/store/audit';
import { listGroups, resolveComparisons } from '../../../src/proxy/store/comparisons';
import { countOrders } from '../../../src/proxy/store/evidence-figures';
import { beginOrder, moveOrder } from '../../../src/proxy/store/order-sides';
import { findOutcome } from '../../../src/proxy/store/outcomes';
import { Tallies } from '../../../src/proxy/store/tallies';
import { json, startFakeAmazon, type FakeAmazon } from '../../amazon-pay/v2/fake-amazon';
import { stores } from '../stores';
import { authorized, captured, CompareBench, MINUTE } from './compare-bench';

const A = 'S01-1112223-3334441';
const B = 'S01-1112223-3334442';

describe.each(stores)('comparing on %s', (driver) => {
  let bench: CompareBench;
  afterEach(() => bench.close());
  const open = async (settings: unknown = {}): Promise<void> => {
    bench = await CompareBench.open(driver, settings);
  };

  test('nothing is compared before the settle window is over', async () => {
    await open();
    await bench.happen({
      orderKey: A,
      legacy: { json: captured() },
      migrated: { json: { outcome: captured('94.5') } },
    });
    await bench.work(5 * MINUTE - 1);
    expect(bench.verdicts()).toEqual([]);
    await bench.work(1);
    expect(bench.verdicts()).toEqual(['match']);
  });

  test('a side that is late is looked at again until it agrees', async () => {
    await open();
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { json: authorized() } });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual([]);
    await bench.answer('migrated', A, captured());
    await bench.work(MINUTE);
    expect(bench.verdicts()).toEqual(['match-late']);
  });

  test('or until the time is over: then it is a mismatch, with every difference and who is at fault', async () => {
    await open();
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { json: authorized() } });
    await bench.work(5 * MINUTE);
    for (let minute = 0; minute < 5; minute += 1) {
      expect(bench.verdicts()).toEqual([]);
      await bench.work(MINUTE);
    }
    expect(bench.verdicts()).toEqual(['mismatch migrated']);
    expect(await bench.divergences()).toMatchObject([
      {
        order_key: A,
        verdict: 'mismatch',
        at_fault: 'migrated',
        mode: 'shadow',
        inbox_id: 1,
        legacy: JSON.stringify(captured()),
        differences: [
          { field: 'state', legacy: 'captured', migrated: 'authorized', amazon: 'captured' },
          { field: 'captured', legacy: '94.50', migrated: '0', amazon: '94.50' },
        ],
      },
    ]);
  });

  test('an answer without outcome does not leave the one before it standing', async () => {
    await open();
    await bench.happen({
      orderKey: A,
      amazon: 'Authorized',
      legacy: { json: authorized() },
      migrated: { json: authorized() },
    });
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { json: 'OK' } });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual(['incomparable']);
    expect(await bench.divergences()).toMatchObject([{ signature: 'migrated:absent' }]);
  });

  test.each([
    [
      'neither took the message',
      { end: 'dead', reason: 'http-500' },
      { end: 'dead', reason: 'timeout' },
      'both-failed both',
    ],
    ['the migrated side did not', { json: captured() }, { end: 'dead', reason: 'timeout' }, 'mismatch migrated'],
    [
      'the mode has no migrated side, and legacy is right',
      { json: captured() },
      { end: 'superseded', reason: 'mode:observe' },
      'match',
    ],
    [
      'the mode has no legacy side, and the migrated is wrong',
      { end: 'superseded', reason: 'mode:cutover' },
      { json: authorized() },
      'mismatch migrated',
    ],
    ['an answer that is a page', { json: captured() }, { reason: 'unreadable' }, 'incomparable'],
  ] as const)('%s', async (_, legacy, migrated, expected) => {
    await open({ resampleForMs: 0 });
    await bench.happen({ orderKey: A, legacy, migrated });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual([expected]);
  });

  test('an order of v2 that legacy took and could not read is compared once the migrated handler has its messages', async () => {
    await open();
    const gave200 = { json: undefined };
    const notRun = { end: 'superseded', reason: 'mode:observe' } as const;
    await beginOrder(bench.database, {
      order_key: A,
      side: 'legacy',
      origin: 'v2',
      decided_at: 1,
      why: 'mode:observe',
    });
    await bench.happen({ orderKey: A, legacy: gave200, migrated: notRun });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual(['incomparable']);
    const orders = async () => {
      const counted = await countOrders(bench.database, 0);
      const kept = (await Tallies.read(bench.database)).get('orders:incomparable');
      return [counted.incomparable, kept];
    };
    expect(await orders()).toEqual([1, 1]);
    // As `parallel` does it; then it is replayed.
    await moveOrder(bench.database, { order_key: A, side: 'migrated', decided_at: 2, why: 'mode:parallel' });
    await bench.happen({ orderKey: A, legacy: gave200, migrated: { json: { outcome: captured() } } });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual(['incomparable', 'match']);
    expect(await orders()).toEqual([0, 0]);
    // What comes later is of one side, too, and changes nothing about what was told.
    await bench.happen({ orderKey: A, migrated: { json: 'OK' } });
    await bench.work(5 * MINUTE);
    expect(await orders()).toEqual([0, 0]);
  });

  test('a delivery that is still open is waited for: its end asks again', async () => {
    await open();
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { json: captured() } });
    const job = { kind: 'deliver-migrated', lane: `migrated:${A}`, subject: '1', orderKey: A, runAt: 0 } as const;
    await addJob(bench.database, job, bench.clock.now());
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual([]);
    expect(await bench.database.query(`SELECT state, reason FROM job WHERE kind = 'compare'`)).toEqual([
      { state: 'superseded', reason: 'delivery' },
    ]);
  });

  test('Amazon is waited for, but not the sweep', async () => {
    await open();
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { json: captured() } });
    const truth = { kind: 'truth', lane: `truth:${A}`, subject: A, orderKey: A, runAt: 0 } as const;
    await addJob(bench.database, { ...truth, subject: `${A}-C000001`, priority: 9 }, bench.clock.now());
    await addJob(bench.database, truth, bench.clock.now());
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual([]);
    await bench.database.query(`UPDATE job SET state = 'done' WHERE kind = 'truth' AND priority = 1`);
    await bench.work(MINUTE);
    expect(bench.verdicts()).toEqual(['match']);
  });

  test('without Amazon’s word there is no agreement, and a difference is one all the same', async () => {
    await open({ resampleForMs: 0 });
    await bench.happen({ orderKey: A, amazon: null, legacy: { json: captured() }, migrated: { json: captured() } });
    await bench.happen({ orderKey: B, amazon: null, legacy: { json: captured() }, migrated: { json: authorized() } });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual(['incomparable', 'mismatch']);
  });

  test('a payment on an agreement is compared with the agreement', async () => {
    await open();
    const agreement = 'C01-1112223-3334445';
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { json: captured() } });
    await bench.database.query(`UPDATE amazon_object SET order_key = '${agreement}'`);
    await bench.work(5 * MINUTE);
    expect(bench.compared).toMatchObject([{ orderKey: agreement, verdict: 'match' }]);
  });

  test('a rule that has expired applies no more, and is reported', async () => {
    const rule = { id: 'late-capture', owner: 'Ada', reason: 'captures at night', expires: '2026-01-15' };
    const rules = [
      { ...rule, id: 'late-state', field: 'state', migrated: 'authorized' },
      { ...rule, field: 'captured', migrated: '0' },
    ];
    await open({ resampleForMs: 0, rules });
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { json: authorized() } });
    await bench.work(5 * MINUTE);
    expect(await bench.divergences()).toMatchObject([{ verdict: 'expected', rule_id: 'late-capture,late-state' }]);
    bench.clock.advance(12 * 60 * MINUTE);
    await bench.happen({ orderKey: B, legacy: { json: captured() }, migrated: { json: authorized() } });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual(['expected migrated', 'mismatch migrated']);
    expect(bench.failures).toMatchObject([
      { code: 'expired-rule', ruleId: 'late-capture' },
      { code: 'expired-rule', ruleId: 'late-state' },
    ]);
  });

  test('differences are grouped by kind, and settled by a person, one by one or as a group', async () => {
    await open({ resampleForMs: 0 });
    for (let order = 0; order < 3; order += 1) {
      const amount = `${10 + order}.00`;
      const orderKey = `S01-1112223-333444${order}`;
      await bench.happen({
        orderKey,
        amount,
        legacy: { json: captured(amount) },
        migrated: { json: authorized(amount) },
      });
    }
    await bench.happen({
      orderKey: 'S01-1112223-3334449',
      legacy: { json: captured() },
      migrated: { json: captured('94.49') },
    });
    await bench.work(5 * MINUTE);
    const [often] = await listGroups(bench.database, 0);
    expect(often).toMatchObject({ count: 3, orders: 3, open: 3, verdict: 'mismatch' });
    const who = { who: 'Ada', why: 'a test order', at: bench.clock.now() };
    const found = await bench.divergences();
    const { id = 0 } = found.find(({ signature }) => signature !== often!.signature) ?? {};
    expect(await resolveComparisons(bench.database, { id }, who)).toBe(1);
    expect(await resolveComparisons(bench.database, { id }, who)).toBe(0);
    expect(await resolveComparisons(bench.database, { signature: often!.signature }, who)).toBe(3);
    expect((await listGroups(bench.database, 0)).map(({ open }) => open)).toEqual([0, 0]);
    for (const each of await bench.divergences())
      expect(each).toMatchObject({ resolved_by: 'Ada', resolution: 'a test order' });
    expect(await listAudit(bench.database, 10)).toMatchObject([
      { action: 'resolve', detail: JSON.stringify({ signature: often!.signature, comparisons: 3 }) },
      { action: 'resolve', who: 'Ada', why: 'a test order' },
    ]);
  });
});

const html = (response: ServerResponse): void => void response.end('<html>');
const endless = (response: ServerResponse): void => void response.end(`{"a":"${'x'.repeat(70_000)}"}`);

describe.each(stores)('asking the shop, on %s', (driver) => {
  let shop: FakeAmazon;
  let bench: CompareBench;
  beforeEach(async () => {
    shop = await startFakeAmazon();
    bench = await CompareBench.open(driver, {
      legacy: { from: 'answer' },
      migrated: {
        from: 'endpoint',
        url: `${shop.url}/state?order={orderKey}`,
        token: 'shop-token',
        timeoutMs: 200,
        states: { paid: 'captured' },
      },
    });
  });
  afterEach(async () => {
    await bench.close();
    await shop.close();
  });

  test('at its endpoint, in its own words', async () => {
    shop.answer = json(200, { ...captured(), state: 'paid' });
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { json: authorized() } });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual(['match']);
    expect(shop.asked).toMatchObject([
      { method: 'GET', path: `/state?order=${A}`, headers: { authorization: 'Bearer shop-token' } },
    ]);
    expect(await findOutcome(bench.database, [A], 'migrated', 'endpoint')).toMatchObject({
      sampled_at: bench.clock.now(),
    });
  });

  test('a handler that did its work and failed to say so is judged by the shop', async () => {
    shop.answer = json(200, captured());
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated: { end: 'dead', reason: 'timeout' } });
    await bench.work(5 * MINUTE);
    expect(bench.verdicts()).toEqual(['match']);
  });

  test.each([
    [
      'is not asked about an order that its side is not run for',
      { end: 'superseded', reason: 'mode:observe' },
      json(200, authorized()),
      'match',
      null,
    ],
    ['does not know the order', {}, json(404, {}), 'incomparable', 'migrated:absent'],
    ['answers with a log-in', {}, html, 'incomparable', 'migrated:absent'],
    [
      'sends elsewhere',
      {},
      json(302, {}, { location: 'http://127.0.0.1:1/' }),
      'incomparable',
      'migrated:unreachable (status 302)',
    ],
    ['says nothing', {}, () => undefined, 'incomparable', 'migrated:unreachable (no answer within 200 ms)'],
    ['sends without end', {}, endless, 'incomparable', 'migrated:unreadable (it has more than 65536 bytes)'],
  ] as const)('one that %s', async (_, migrated, answer, verdict, signature) => {
    shop.answer = answer;
    await bench.happen({ orderKey: A, legacy: { json: captured() }, migrated });
    await bench.work(5 * MINUTE);
    for (let minute = 0; minute < 5; minute += 1) await bench.work(MINUTE);
    expect(bench.verdicts()).toEqual([verdict]);
    if (signature !== null) expect(await bench.divergences()).toMatchObject([{ signature }]);
    else expect(shop.asked).toEqual([]);
  });
});
