import type { ReadGate } from '../../../src/proxy/modes/ask-gate';
import { changeMode, type ModeChange, type ModeParts } from '../../../src/proxy/modes/change-mode';
import { CurrentMode } from '../../../src/proxy/modes/current-mode';
import { forceOrder } from '../../../src/proxy/modes/force-order';
import { RoleDecider } from '../../../src/proxy/modes/decide-role';
import { silentObserver } from '../../../src/proxy/observer';
import { listAudit, verifyAudit } from '../../../src/proxy/store/audit';
import type { Database } from '../../../src/proxy/store/database';
import { countV2AtLegacy, findOrderSide } from '../../../src/proxy/store/order-sides';
import { makeStore, stores, TestClock, type TestStore } from '../stores';
import { closedGate, openGate } from './gates';

describe.each(stores)('mode on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  let clock: TestClock;
  let here: Instance;
  let there: Instance;
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
    clock = new TestClock();
    here = instance();
    there = instance();
  });
  afterEach(() => store.remove());

  interface Instance {
    readonly parts: ModeParts;
    readonly decider: RoleDecider;
  }
  function instance(canDryRun = true): Instance {
    const modes = new CurrentMode(database, clock);
    return {
      parts: { database, clock, modes, observer: silentObserver, readGate: openGate },
      decider: new RoleDecider(database, clock, modes, canDryRun),
    };
  }
  const change = (to: ModeChange['to'], more: Partial<ModeChange> = {}) =>
    changeMode(here.parts, { to, who: 'ann', why: 'the gate is green', ...more });
  const order = (index: number): string => `P01-1112223-${String(index).padStart(7, '0')}`;
  const decide = ({ decider }: Instance, index: number, kind: 'v1' | 'v2' = 'v1') =>
    decider.decide({ kind, order_key: order(index), message_id: `m-${index}` });
  const primary = async (index: number, kind: 'v1' | 'v2' = 'v1'): Promise<string> =>
    (await decide(here, index, kind)).roles.legacy === 'primary' ? 'legacy' : 'migrated';
  const indexes = Array.from({ length: 60 }, (_, index) => index);
  const primaries = async (): Promise<readonly string[]> => Promise.all(indexes.map((index) => primary(index)));

  test('before any change it is that of the configuration', async () => {
    expect(await here.parts.modes.get()).toEqual({ mode: 'observe', sharePercent: 100, changedAt: 0, knownUntil: 0 });
    const configured = new CurrentMode(database, clock, { mode: 'shadow', sharePercent: 100 });
    expect((await configured.get()).mode).toBe('shadow');
  });

  test('a change is in force here at once, and everywhere within a second', async () => {
    expect((await there.parts.modes.get()).mode).toBe('observe');
    await change('shadow');
    expect((await here.parts.modes.get()).mode).toBe('shadow');
    expect((await there.parts.modes.get()).mode).toBe('observe');
    clock.advance(999);
    expect((await there.parts.modes.get()).mode).toBe('observe');
    clock.advance(1);
    expect((await there.parts.modes.get()).mode).toBe('shadow');
  });

  test('who and why are written down, each change bound to the one before', async () => {
    await change('shadow');
    await change('cutover', { sharePercent: 10, who: ' bob ', why: 'one tenth first' });
    expect(await listAudit(database, 10)).toMatchObject([
      { who: 'bob', why: 'one tenth first', action: 'mode', at: clock.now() },
      { who: 'ann', why: 'the gate is green' },
    ]);
    expect(JSON.parse((await listAudit(database, 1))[0]?.detail ?? '')).toEqual({
      mode: 'cutover',
      sharePercent: 10,
      from: 'shadow',
      lastReceivedAt: 0,
      force: false,
      gateMissing: [],
      gateSince: null,
      movedByHand: { stay: { legacy: 0, migrated: 0 }, ended: 0 },
      v2FromLegacy: 0,
    });
    expect(await verifyAudit(database)).toMatchObject({ entries: 2, broken: null });
  });

  test.each<[string, Partial<ModeChange>, ModeChange['to']]>([
    ['without who', { who: ' ' }, 'shadow'],
    ['without why', { why: '' }, 'shadow'],
    ['with a share above all', { sharePercent: 101 }, 'cutover'],
    ['with a share that is no number', { sharePercent: NaN }, 'cutover'],
    ['with a share of a mode that has none', { sharePercent: 10 }, 'shadow'],
  ])('a change %s is refused, and nothing is written', async (_, more, to) => {
    await expect(change(to, more)).rejects.toMatchObject({ name: 'ModeError' });
    expect(await listAudit(database, 10)).toEqual([]);
  });

  test('an order that begins under a share stays where it began, whatever the share becomes', async () => {
    await change('cutover', { sharePercent: 50 });
    const before = await primaries();
    expect(new Set(before)).toEqual(new Set(['legacy', 'migrated']));
    await change('cutover', { sharePercent: 1 });
    expect(await primaries()).toEqual(before);
    await change('cutover', { sharePercent: 99 });
    expect(await primaries()).toEqual(before);
  });

  test('an order that the legacy handler began stays with it under a share, and goes with all others', async () => {
    await change('shadow');
    await primaries();
    await change('cutover', { sharePercent: 99 });
    expect(new Set(await primaries())).toEqual(new Set(['legacy']));
    await change('cutover');
    expect(new Set(await primaries())).toEqual(new Set(['migrated']));
    await change('cutover', { sharePercent: 10 });
    expect(new Set(await primaries())).toEqual(new Set(['migrated']));
  });

  test('a rollback takes all orders back but those of v2', async () => {
    await change('cutover');
    expect([await primary(1), await primary(2, 'v2')]).toEqual(['migrated', 'migrated']);
    await change('rollback');
    expect([await primary(1), await primary(2, 'v2')]).toEqual(['legacy', 'migrated']);
    expect(await findOrderSide(database, order(1))).toMatchObject({
      side: 'legacy',
      origin: 'v1',
      why: 'mode:rollback',
    });
    // What was taken back stays back when the next share begins.
    await change('cutover', { sharePercent: 99 });
    expect(await primary(1)).toBe('legacy');
  });

  test('orders of v2 that the legacy handler had are told when the migrated one gets them', async () => {
    await change('shadow');
    await Promise.all([primary(1, 'v2'), primary(2, 'v2'), primary(3)]);
    expect(await countV2AtLegacy(database)).toBe(2);
    expect(await change('parallel')).toMatchObject({ v2FromLegacy: 2 });
    expect(await countV2AtLegacy(database)).toBe(0);
    expect(await change('shadow', { force: true })).toMatchObject({ v2FromLegacy: 0 });
  });

  test.each<[ModeChange['to'], 'v1' | 'v2', ModeChange['to']]>([
    ['cutover', 'v1', 'shadow'],
    ['cutover', 'v1', 'observe'],
    ['cutover', 'v1', 'parallel'],
    ['parallel', 'v2', 'shadow'],
    ['rollback', 'v2', 'observe'],
  ])('from %s, with an order of %s on the migrated side, to %s only by force', async (from, origin, to) => {
    await change(from);
    expect(await primary(1, origin)).toBe('migrated');
    await expect(change(to)).rejects.toMatchObject({ code: 'moves-orders-back' });
    expect((await here.parts.modes.get()).mode).toBe(from);
    await change(to, { force: true });
    expect(await primary(1, origin)).toBe('legacy');
  });

  describe('while the gate is closed', () => {
    const closed = (to: ModeChange['to'], more: Partial<ModeChange> = {}) =>
      changeMode({ ...here.parts, readGate: closedGate }, { to, who: 'ann', why: 'it must be', ...more });

    test.each([
      ['a cutover', 'shadow', {}],
      ['a share of it', 'parallel', { sharePercent: 5 }],
      ['a cutover after a rollback', 'rollback', { sharePercent: 1 }],
      ['a larger share', 'cutover', { sharePercent: 26 }],
    ] as const)('%s is refused with what is missing, and goes through by force', async (_, from, more) => {
      await change(from, from === 'cutover' ? { sharePercent: 25 } : {});
      await expect(closed('cutover', more)).rejects.toMatchObject({
        code: 'gate-closed',
        missing: ['dead letters: 1, wanted 0.'],
      });
      expect(await listAudit(database, 10)).toHaveLength(1);
      expect((await here.parts.modes.get()).mode).toBe(from);
      await closed('cutover', { ...more, force: true });
      const [entry] = await listAudit(database, 1);
      expect(JSON.parse(entry?.detail ?? '')).toMatchObject({
        mode: 'cutover',
        force: true,
        gateMissing: ['dead letters: 1, wanted 0.'],
      });
    });

    test('the gate may count from a time on, which is written down', async () => {
      const readGate: ReadGate = (_, since) => (since === 5 ? openGate : closedGate)(database, since);
      const parts = { ...here.parts, readGate };
      const cutover = { to: 'cutover', who: 'ann', why: 'mended' } as const;
      await expect(changeMode(parts, cutover)).rejects.toMatchObject({ code: 'gate-closed' });
      await expect(changeMode(parts, { ...cutover, since: 4 })).rejects.toMatchObject({ code: 'gate-closed' });
      await changeMode(parts, { ...cutover, since: 5 });
      expect(JSON.parse((await listAudit(database, 1))[0]?.detail ?? '')).toMatchObject({
        force: false,
        gateMissing: [],
        gateSince: 5,
      });
    });

    test.each([
      ['a smaller share', 'cutover', { sharePercent: 24 }],
      ['the same share once more', 'cutover', { sharePercent: 25 }],
      ['a rollback', 'rollback', {}],
      ['parallel, for what is made by v2', 'parallel', {}],
      ['shadow', 'shadow', {}],
      ['observe', 'observe', {}],
    ] as const)('%s needs no gate, nor anything that the gate reads', async (_, to, more) => {
      await change('cutover', { sharePercent: 25 });
      const parts = { ...here.parts, readGate: () => Promise.reject(new Error('it was asked')) };
      await expect(changeMode(parts, { to, who: 'ann', why: 'it must be', ...more })).resolves.toMatchObject({
        mode: to,
        gateMissing: null,
      });
    });
  });

  test('the first notification of an order decides its origin, whichever is delivered first', async () => {
    await change('parallel');
    await database.query(
      `INSERT INTO inbox (topic_arn, message_id, received_at, last_seen_at, seen_count, kind, verdict, body, body_sha256,
         headers, order_key, is_sample) VALUES ('t', 'm', 1, 1, 1, 'v2', 'verified', $1, '', '{}', $2, 0)`,
      [Buffer.from('{}'), order(7)],
    );
    expect(await primary(7, 'v1')).toBe('migrated');
    expect(await findOrderSide(database, order(7))).toMatchObject({
      origin: 'v2',
      side: 'migrated',
      why: 'mode:parallel',
    });
  });

  test('two instances that begin an order at once agree', async () => {
    await change('cutover', { sharePercent: 50 });
    clock.advance(1000);
    for (const index of indexes) {
      const both = await Promise.all([decide(here, index), decide(there, index)]);
      expect(both[0].roles).toEqual(both[1].roles);
    }
  });

  test('without a declared dry run there is none', async () => {
    await change('shadow');
    expect((await decide(here, 1)).roles).toEqual({ legacy: 'primary', migrated: 'dry-run' });
    expect((await decide(instance(false), 1)).roles).toEqual({ legacy: 'primary', migrated: 'none' });
  });

  test('what belongs to no order is told apart by its message', async () => {
    await change('cutover', { sharePercent: 50 });
    const sideOf = async (message: string) =>
      (await here.decider.decide({ kind: 'v1', order_key: null, message_id: message })).side;
    const sides = await Promise.all(indexes.map((index) => sideOf(`m-${index}`)));
    expect(new Set(sides)).toEqual(new Set(['legacy', 'migrated']));
    expect(await Promise.all(indexes.map((index) => sideOf(`m-${index}`)))).toEqual(sides);
  });

  describe('one order by force', () => {
    const force = (index: number, to: 'legacy' | 'migrated') =>
      forceOrder(here.parts, { orderKey: order(index), to, who: 'ann', why: 'it hangs' });

    test('goes to the other side under cutover, and is written down', async () => {
      await change('cutover');
      await primary(1);
      await force(1, 'legacy');
      expect((await decide(here, 1)).roles).toEqual({ legacy: 'primary', migrated: 'dry-run' });
      expect(await primary(2)).toBe('migrated');
      expect((await listAudit(database, 1))[0]).toMatchObject({ action: 'move-order', why: 'it hangs' });
    });

    const movedByHand = async () =>
      (JSON.parse((await listAudit(database, 1))[0]?.detail ?? '') as { movedByHand: unknown }).movedByHand;

    test('stays where it was put through every share and the cutover of all, which says so', async () => {
      await change('cutover', { sharePercent: 5 });
      await primaries();
      await force(1, 'legacy');
      await force(2, 'migrated');
      const stay = { stay: { legacy: 1, migrated: 1 }, ended: 0 };
      for (const sharePercent of [50, 100, 10]) {
        expect(await change('cutover', { sharePercent })).toMatchObject({ movedByHand: stay });
        expect(await movedByHand()).toEqual(stay);
        expect([await primary(1), await primary(2)]).toEqual(['legacy', 'migrated']);
      }
      // All others went over with the share of all.
      expect(await primary(3)).toBe('migrated');
    });

    test('comes back with a rollback, which says how many did, and stays back where it was put back', async () => {
      await change('cutover');
      await primaries();
      await force(1, 'legacy');
      for (const index of [2, 3]) await force(index, 'migrated');
      const back = await change('rollback');
      expect(back).toMatchObject({ movedByHand: { stay: { legacy: 1, migrated: 0 }, ended: 2 } });
      expect(await movedByHand()).toEqual({ stay: { legacy: 1, migrated: 0 }, ended: 2 });
      expect([await primary(1), await primary(2)]).toEqual(['legacy', 'legacy']);
      expect(await change('cutover')).toMatchObject({ movedByHand: { stay: { legacy: 1, migrated: 0 }, ended: 0 } });
      expect([await primary(1), await primary(2)]).toEqual(['legacy', 'migrated']);
    });

    test('to where it was put before changes nothing, and is not written down again', async () => {
      await change('cutover');
      await primary(1);
      expect(await force(1, 'legacy')).toBe(true);
      expect(await force(1, 'legacy')).toBe(false);
      expect((await listAudit(database, 10)).map(({ action }) => action)).toEqual(['move-order', 'mode']);
      expect(await force(1, 'migrated')).toBe(true);
    });

    test('on the side where it is already is a move all the same: it is held there', async () => {
      await change('cutover', { sharePercent: 0 });
      expect(await primary(1)).toBe('legacy');
      expect(await force(1, 'legacy')).toBe(true);
      await change('cutover');
      expect(await primary(1)).toBe('legacy');
    });

    test('is refused for one of v2, for one that is not known, and where one side has all', async () => {
      await change('cutover');
      await primary(1);
      await primary(2, 'v2');
      await expect(force(2, 'legacy')).rejects.toMatchObject({ code: 'v2-order' });
      await expect(force(3, 'legacy')).rejects.toMatchObject({ code: 'unknown-order' });
      await change('rollback');
      await expect(force(1, 'migrated')).rejects.toMatchObject({ code: 'not-in-cutover' });
    });
  });
});
