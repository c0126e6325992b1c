import { unknownObject } from '../../../src/proxy/compare/canonical-object';
import { evidenceSchema, exportEvidence, type Evidence } from '../../../src/proxy/compare/evidence';
import { readGate } from '../../../src/proxy/compare/read-gate';
import { compareSettings } from '../../../src/proxy/compare/settings';
import { hasSandboxOrders } from '../../../src/proxy/store/evidence-figures';
import { addJob } from '../../../src/proxy/store/add-jobs';
import { saveObject } from '../../../src/proxy/store/amazon-objects';
import { resolveComparisons } from '../../../src/proxy/store/comparisons';
import { deleteOld } from '../../../src/proxy/store/retention';
import { settleQuarantined } from '../../../src/proxy/store/quarantine';
import { Tallies } from '../../../src/proxy/store/tallies';
import { stores } from '../stores';
import { authorized, captured, CompareBench, MINUTE } from './compare-bench';

const orderKey = (order: number): string => `S01-1112223-${String(order).padStart(7, '0')}`;

describe.each(stores)('the evidence on %s', (driver) => {
  let bench: CompareBench;
  beforeEach(async () => {
    bench = await CompareBench.open(driver, { resampleForMs: 0 });
  });
  afterEach(() => bench.close());

  const evidence = (gate: object = {}, since = 0, rules: readonly object[] = []): Promise<Evidence> =>
    exportEvidence(bench.database, { since, now: bench.clock.now(), settings: compareSettings.parse({ gate, rules }) });

  async function agree(orders: number, from = 0, type = 'CHARGE'): Promise<void> {
    for (let order = from; order < from + orders; order += 1)
      await bench.happen({
        orderKey: orderKey(order),
        type,
        legacy: { json: captured() },
        migrated: { json: captured() },
      });
    await bench.work(5 * MINUTE);
  }
  const differ = async (order: number): Promise<void> => {
    await bench.happen({ orderKey: orderKey(order), legacy: { json: captured() }, migrated: { json: authorized() } });
    await bench.work(5 * MINUTE);
  };
  const missing = (found: Evidence): readonly string[] => found.gate.missing.map((text) => text.split(':')[0] ?? '');

  test('of nothing is nothing, and the gate is shut', async () => {
    const found = await evidence();
    expect(found).toMatchObject({
      messages: { total: 0 },
      agreement: { observed: null, atLeast: 0 },
      gate: { isOpen: false },
    });
    expect(missing(found)).toEqual(['agreement', 'orders compared']);
    // Nothing that differs is no success where nothing was looked at.
    expect(found.gate.missing.join()).not.toContain('agree;');
  });

  test('an order of v2, which the legacy handler never gets, agrees when the migrated one agrees with Amazon', async () => {
    await agree(1, 0, 'PaymentCapture');
    const key = orderKey(1);
    await bench.database.query(
      `INSERT INTO order_side (order_key, side, origin, decided_at, why) VALUES ($1, 'migrated', 'v2', 0, 'mode:parallel')`,
      [key],
    );
    await bench.happen({
      orderKey: key,
      amazon: 'Authorized',
      legacy: { end: 'superseded', reason: 'mode:parallel' },
      migrated: { json: authorized() },
    });
    await bench.work(5 * MINUTE);
    const { coverage, gate, comparisons } = await evidence();
    expect(comparisons).toMatchObject({ total: 2, bothSides: 1, byVerdict: { match: 2 } });
    expect(coverage.types).toContainEqual(
      expect.objectContaining({ type: 'v2:CHARGE', messages: 1, agreeingOrders: 1 }),
    );
    expect(coverage.transitions).toContainEqual({ transition: 'CHARGE new > Authorized', seen: 1, agreeing: 1 });
    expect(gate.missing.join()).not.toContain('No order with');
  });

  test('enough orders that agree open the gate', async () => {
    await agree(60);
    const found = await evidence({ orders: 60, agreement: 0.95 });
    expect(found.gate).toMatchObject({ isOpen: true, missing: [] });
    expect(found).toMatchObject({
      messages: { total: 60, byType: { 'v2:CHARGE': 60 } },
      comparisons: { total: 60, bothSides: 60, byVerdict: { match: 60, mismatch: 0 } },
      orders: { compared: 60, agreeing: 60, differing: 0, incomparable: 0 },
      agreement: { observed: 1, confidence: 0.95 },
      coverage: {
        types: [{ type: 'v2:CHARGE', messages: 60, agreeingOrders: 60, deletedMessages: 0, hasAgreedBefore: false }],
        transitions: [{ transition: 'CHARGE new > Captured', seen: 60, agreeing: 60 }],
      },
    });
    expect(found.agreement.atLeast).toBeCloseTo(0.05 ** (1 / 60), 12);
  });

  test('one order that is compared ten times is one piece of evidence', async () => {
    for (let time = 0; time < 10; time += 1) await agree(1);
    expect(await evidence()).toMatchObject({ comparisons: { total: 10 }, orders: { compared: 1 } });
  });

  test('says what is missing, the gravest first', async () => {
    await agree(5);
    await differ(100);
    await bench.happen({
      orderKey: orderKey(101),
      type: 'PaymentRefund',
      legacy: { json: captured() },
      migrated: { json: 'OK' },
    });
    const dead = { kind: 'deliver-migrated', lane: 'x', subject: '1', runAt: 0 } as const;
    await addJob(bench.database, dead, bench.clock.now());
    const [job] = await bench.queue.claim({ kind: 'deliver-migrated', limit: 1, leaseMs: MINUTE });
    await bench.queue.finish(bench.database, job!, 'dead', 'http-500');
    await bench.work(5 * MINUTE);
    await addJob(bench.database, { ...dead, lane: 'y' }, bench.clock.now());
    bench.clock.advance(20 * MINUTE);
    // The order of the refund has not agreed; nor has any after its charge became captured but for the five.
    const found = await evidence({ types: ['v2:REFUND'] });
    expect(missing(found)).toEqual([
      'open differences',
      'dead letters',
      'agreement',
      'types of messages',
      'orders compared',
      'orders that cannot be compared',
      'lag',
    ]);
    expect(found.gate.missing[0]).toBe(
      'open differences: 1, wanted 0. Look at each, mend it, and settle it with a reason.',
    );
    expect(found.gate.missing[3]).toContain('v1:PaymentRefund, v2:REFUND');
    expect(found.openDifferences).toMatchObject([
      {
        orderKey: orderKey(100),
        atFault: 'migrated',
        differences: [{ field: 'state' }, { field: 'captured', legacy: '94.50', migrated: '0', amazon: '94.50' }],
      },
    ]);
  });

  test('what a person has settled is open no more, and stays in the figures', async () => {
    await agree(5);
    await differ(100);
    const [{ id = 0 } = {}] = (await evidence()).openDifferences;
    await resolveComparisons(bench.database, { id }, { who: 'Ada', why: 'known', at: bench.clock.now() });
    expect(await evidence()).toMatchObject({ openDifferences: [], orders: { compared: 6, agreeing: 5, differing: 1 } });
  });

  test('an order that agreed later has differed', async () => {
    await differ(0);
    await agree(1);
    expect(await evidence()).toMatchObject({ orders: { compared: 1, agreeing: 0, differing: 1 } });
  });

  test('can begin when the handler was mended', async () => {
    await differ(0);
    bench.clock.advance(MINUTE);
    const since = bench.clock.now();
    await agree(3, 10);
    expect(await evidence({}, since)).toMatchObject({
      orders: { compared: 3, differing: 0 },
      openDifferences: [],
      groups: [],
      messages: { total: 3 },
    });
  });

  test('one side alone is no agreement of both', async () => {
    await bench.happen({
      orderKey: orderKey(1),
      legacy: { json: captured() },
      migrated: { end: 'superseded', reason: 'mode:observe' },
    });
    await bench.work(5 * MINUTE);
    expect(await evidence()).toMatchObject({
      comparisons: { total: 1, bothSides: 0, byVerdict: { match: 1 } },
      orders: { compared: 0 },
      coverage: { types: [{ agreeingOrders: 0 }], transitions: [{ agreeing: 0 }] },
    });
  });

  test('a change of state after which nobody compared is not covered', async () => {
    await bench.happen({
      orderKey: orderKey(1),
      amazon: 'Authorized',
      legacy: { json: authorized() },
      migrated: { json: authorized() },
    });
    await bench.work(5 * MINUTE);
    bench.clock.advance(MINUTE);
    await bench.see(orderKey(1), 'Captured');
    const { coverage, gate } = await evidence();
    expect(coverage.transitions).toEqual([
      { transition: 'CHARGE Authorized > Captured', seen: 1, agreeing: 0 },
      { transition: 'CHARGE new > Authorized', seen: 1, agreeing: 1 },
    ]);
    expect(gate.missing.join()).toContain('not agreed yet after CHARGE Authorized > Captured');
  });

  test('what nobody can ever compare does not keep the gate shut for ever, and is told beside it', async () => {
    await agree(60);
    const key = orderKey(100);
    const amount = { legacy: { json: captured() }, migrated: { json: captured() } };
    await bench.happen({ orderKey: key, ...amount });
    await bench.database.query(
      `UPDATE inbox SET kind = 'v1', notification_type = 'Chargeback Detailed Notification' WHERE order_key = $1`,
      [key],
    );
    // Amazon has no GET for the chargeback, and does not have the charge of another account.
    const times = { fetchStartedAt: bench.clock.now(), fetchedAt: bench.clock.now(), sweepAt: null };
    for (const [type, id, problem] of [
      ['CHARGEBACK', 'C0ABCDEF12345', 'no-get'],
      ['CHARGE', `${key}-C000009`, 'refused'],
      ['CHARGE', `${key}-C000009`, 'not-found'],
    ] as const)
      await saveObject(bench.database, {
        ...{ object: unknownObject(type, id, problem), orderKey: key, causedBy: 'notification', ...times },
      });
    await bench.work(5 * MINUTE);
    const found = await evidence({ orders: 60, agreement: 0.95 });
    expect(found.coverage.transitions).toContainEqual({
      ...{ transition: 'CHARGEBACK new > unknown', seen: 1, agreeing: 0 },
    });
    expect(found.gate).toMatchObject({ isOpen: true, missing: [] });
    expect(found.reservations.map(({ id }) => id)).toContain('not-comparable');
    const parts = {
      now: bench.clock.now(),
      settings: compareSettings.parse({ gate: { orders: 60, agreement: 0.95 } }),
    };
    expect((await readGate(bench.database, await Tallies.read(bench.database), parts)).gate).toEqual(found.gate);
    // Who wants it all the same says so.
    const wanted = await evidence({ orders: 60, agreement: 0.95, types: ['v1:Chargeback Detailed Notification'] });
    expect(missing(wanted)).toEqual(['types of messages']);
  });

  test('messages that are kept aside keep the gate shut until somebody has taken them in or settled them', async () => {
    await agree(60);
    await bench.happen({ orderKey: orderKey(60), legacy: { json: captured() }, migrated: { json: captured() } });
    await bench.work(5 * MINUTE);
    // Of v2 all come by a topic that nobody has entered; not even their types are known.
    await bench.database.query(
      `UPDATE inbox SET verdict = 'pending', quarantine = 'topic', kind = 'unknown' WHERE order_key = $1`,
      [orderKey(60)],
    );
    const gate = { orders: 60, agreement: 0.95 };
    const found = await evidence(gate);
    expect(found).toMatchObject({ keptAside: 1 });
    expect(missing(found)).toEqual(['messages kept aside']);
    const parts = { now: bench.clock.now(), settings: compareSettings.parse({ gate }) };
    expect((await readGate(bench.database, await Tallies.read(bench.database), parts)).gate).toEqual(found.gate);
    await settleQuarantined(bench.database, { reason: 'topic' }, bench.clock.now());
    expect(missing(await evidence(gate))).toEqual([]);
  });

  test('an order that only the migrated handler has, and left otherwise than Amazon, differs also when that is settled', async () => {
    await agree(60);
    await bench.happen({
      orderKey: orderKey(60),
      legacy: { end: 'superseded', reason: 'mode:parallel' },
      migrated: { json: authorized() },
    });
    await bench.work(5 * MINUTE);
    const [{ id } = { id: 0 }] = (await evidence()).openDifferences;
    await resolveComparisons(bench.database, { id }, { who: 'Ada', why: 'known', at: bench.clock.now() });
    const found = await evidence({ orders: 60, agreement: 0.95 });
    expect(found.orders).toEqual({ compared: 61, agreeing: 60, differing: 1, incomparable: 0 });
    const parts = { now: bench.clock.now(), settings: compareSettings.parse({}) };
    expect((await readGate(bench.database, await Tallies.read(bench.database), parts)).orders).toEqual(found.orders);
  });

  test('changes that no message told pass when somebody has looked at as many', async () => {
    await agree(60);
    await bench.see(orderKey(0), 'Canceled');
    await bench.database.query(`UPDATE amazon_object_version SET caused_by = 'sweep' WHERE version = 2`);
    await bench.happen({
      orderKey: orderKey(60),
      amazon: 'Canceled',
      legacy: { json: 'OK' },
      migrated: { json: 'OK' },
    });
    const gate = { orders: 60, agreement: 0.95 };
    expect(missing(await evidence(gate))).toContain('missed messages');
    expect(missing(await evidence({ ...gate, missed: 1 }))).not.toContain('missed messages');
  });

  describe('of messages that retention deleted', () => {
    const deleteAll = async (): Promise<void> => {
      bench.clock.advance(MINUTE);
      await bench.database.query(`UPDATE job SET state = 'done', ended_at = 0`);
      const ages = { messagesBefore: bench.clock.now(), comparisonsBefore: 0 };
      await deleteOld(bench.database, { ages, isStopped: () => false, onDeleted: () => undefined });
      bench.clock.advance(MINUTE);
    };
    /** As the status has it, which reads the figures that are kept. */
    const kept = async (): Promise<Evidence['gate']> => {
      const parts = { now: bench.clock.now(), settings: compareSettings.parse({}) };
      return (await readGate(bench.database, await Tallies.read(bench.database), parts)).gate;
    };

    test('the gate wants the types that had not agreed, and remembers those that had', async () => {
      await agree(1, 0);
      await bench.happen({
        ...{ orderKey: orderKey(1), type: 'PaymentRefund', amazon: null },
        ...{ legacy: { json: captured() }, migrated: { json: 'OK' } },
      });
      await bench.work(5 * MINUTE);
      const figure = 'No order with v1:PaymentRefund has agreed yet.';
      expect((await evidence()).gate.missing.join()).toContain(figure);
      await deleteAll();
      const found = await evidence();
      expect(found.messages.total).toBe(0);
      expect(found.coverage.types).toEqual([
        { type: 'v1:PaymentRefund', messages: 0, agreeingOrders: 0, deletedMessages: 1, hasAgreedBefore: false },
        { type: 'v2:CHARGE', messages: 0, agreeingOrders: 0, deletedMessages: 1, hasAgreedBefore: true },
      ]);
      expect(found.gate.missing.join()).toContain(figure);
      expect(found.gate.missing.join()).not.toContain('v2:CHARGE');
      expect(await kept()).toEqual(found.gate);
      // Since then none has come.
      expect((await evidence({}, bench.clock.now())).coverage.types).toEqual([]);
    });
  });

  test('says how much the gate is worth, and of which orders it is', async () => {
    await agree(2);
    await bench.happen({
      orderKey: 'P01-1112223-0000001',
      legacy: { json: captured() },
      migrated: { json: captured() },
    });
    await bench.work(5 * MINUTE);
    expect((await evidence({ orders: 3, lagMinutes: 60 })).reservations).toEqual([
      { id: 'weakened-gate', text: 'The gate was weakened: compare.gate.orders is 3, and 300 by default.' },
      { id: 'weakened-gate', text: 'The gate was weakened: compare.gate.lagMinutes is 60, and 15 by default.' },
      { id: 'no-referee', text: expect.stringContaining('without a key for Amazon') as string },
      { id: 'sandbox-orders', text: '2 of the compared orders are of the sandbox.' },
    ]);
    expect(await hasSandboxOrders(bench.database)).toBe(true);
    // Since then nothing was compared.
    bench.clock.advance(MINUTE);
    expect((await evidence({}, bench.clock.now())).reservations.map(({ id }) => id)).toEqual(['no-referee']);
  });

  test('names the rules that excused differences, with the orders of each', async () => {
    const rule = { field: 'state', legacy: 'Closed', owner: 'Ada', reason: 'known', expires: '2099-12-31' };
    await agree(3);
    await agree(1);
    const excuse = (order: number, ids: string): Promise<unknown> =>
      bench.database.query(`UPDATE comparison SET verdict = 'expected', rule_id = $1 WHERE order_key = $2`, [
        ids,
        orderKey(order),
      ]);
    await excuse(0, 'a');
    await excuse(1, 'a,gone');
    const found = await evidence({}, 0, [
      { ...rule, id: 'a' },
      { ...rule, id: 'unused' },
    ]);
    expect(found.reservations.filter(({ id }) => id === 'excused').map(({ text }) => text)).toEqual([
      'The rule a excused differences of 2 orders (by Ada, until 2099-12-31: known).',
      'The rule gone excused differences of 1 order (stands in the configuration no more).',
    ]);
    bench.clock.advance(MINUTE);
    expect((await evidence({}, bench.clock.now())).reservations.map(({ id }) => id)).not.toContain('excused');
  });

  test('of live orders alone has nothing of the sandbox', async () => {
    for (const key of ['P01-1112223-0000001', 'B01-1112223-0000001', 'SHOP-1'])
      await bench.happen({ orderKey: key, legacy: { json: captured() }, migrated: { json: captured() } });
    await bench.work(5 * MINUTE);
    expect((await evidence()).reservations.map(({ id }) => id)).toEqual(['no-referee']);
    expect(await hasSandboxOrders(bench.database)).toBe(false);
  });

  test('is the same, byte for byte, for the same store and time, and holds to its schema', async () => {
    await agree(3);
    await differ(100);
    const rule = { id: 'b', field: 'state', legacy: 'Declined', owner: 'Ada', reason: 'known', expires: '2026-01-01' };
    const rules = [rule, { ...rule, id: 'a', expires: '2026-12-31' }];
    const once = JSON.stringify(await evidence({}, 0, rules));
    expect(JSON.stringify(await evidence({}, 0, [...rules].reverse()))).toBe(once);
    const parsed = evidenceSchema.parse(JSON.parse(once));
    expect(parsed.rules.map(({ id, isExpired }) => [id, isExpired])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });
});
