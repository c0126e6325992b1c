import { check, CHARGE, ORDER, request, wellDone, type Entry, type Ledgers } from './ledgers';

/** Another answer of Amazon, later. */
const other = (amazon: readonly Entry[]): Entry => ({ ...amazon[0], at: 50, told: { sha256: 'b' } });

const comparison = (verdict: string, fields: readonly string[]): Entry => ({
  ...{ order: ORDER, verdict, signature: '' },
  differences: fields.map((field) => ({ field })),
});

/** A row that is false in one thing, and the promise that the checker must find to be broken. */
const faults: readonly (readonly [promise: string, what: string, spoil: (ledgers: Ledgers) => void])[] = [
  ['I1', 'never came', ({ legacy }) => legacy.splice(2)],
  ['I1', 'is not stored', ({ store }) => store.messages.pop()],
  ['I1', 'other bytes', ({ store }) => Object.assign(store.messages[0]!, { sha256: 'another' })],
  ['I1', 'came with other bytes', ({ migrated }) => Object.assign(migrated[0]!, { sha256: 'another' })],
  ['I1', 'is stored twice', ({ store }) => store.messages.push(store.messages[0]!)],
  ['I1', 'the file is damaged', ({ store }) => (store.integrity = 'row 3 missing from index')],
  ['I1', 'was never sent', ({ store }) => store.messages.push({ ...store.messages[0], id: 'three', sha256: 'three' })],
  ['I1', 'should not have', ({ legacy }) => legacy.push(...request(3, 'three', 90))],
  ['I1', 'may be genuine and was answered 400', ({ sender }) => Object.assign(sender[1]!, { status: 400 })],
  ['I1', 'forged message one was taken', ({ sender }) => Object.assign(sender[0]!, { expect: 'refused' })],
  ['I2', 'took effect 2 times', ({ legacy }) => legacy.push(...request(3, 'two', 60))],
  ['I2', 'under several keys', ({ legacy }) => legacy.push(...request(3, 'two', 60, { key: 'new', isEffect: false }))],
  [
    'I2',
    'sent again after they were taken',
    ({ legacy }) => legacy.push(...request(3, 'two', 60, { isEffect: false })),
  ],
  ['I3', 'has no end: ready', ({ store }) => Object.assign(store.deliveries[0]!, { state: 'ready' })],
  ['I3', 'is missing', ({ store }) => store.deliveries.pop()],
  ['I3', 'is there twice', ({ store }) => store.deliveries.push(store.deliveries[0]!)],
  ['I3', 'is dead', ({ store }) => Object.assign(store.deliveries[0]!, { state: 'dead', reason: 'status-4xx' })],
  ['I3', 'one of a replay is missing', ({ plan }) => (plan['replays'] = ['a replay'])],
  ['I4', 'two at once', ({ legacy }) => Object.assign(legacy[2]!, { at: 15 })],
  ['I4', 'two before one', ({ legacy }) => legacy.splice(0, 4, ...request(1, 'two', 30), ...request(2, 'one', 60))],
  [
    'I4',
    'went back',
    ({ store, amazon }) => (store.objects.push({ ...store.objects[0], updatedAt: 4 }), amazon.push(other(amazon))),
  ],
  ['I4', '2 versions, of 1 answers', ({ store }) => store.objects.push({ ...store.objects[0]! })],
  ['F3', 'not even that it is missing', ({ plan }) => (plan['notFound'] = ['P01-0000000-0000000'])],
  ['F3', 'Amazon does not have it', ({ plan }) => (plan['notFound'] = [ORDER])],
  ['F3', 'was asked for 1 times', ({ plan }) => (plan['notFound'] = [ORDER])],
  ['F3', 'is compared as nothing', ({ plan }) => (plan['notFound'] = [ORDER])],
  ['D3', 'asked for 0 times', ({ plan }) => (plan['once'] = { since: 50, objects: [CHARGE] })],
  ['I9', 'told to nobody', ({ sender }) => sender.push({ what: 'lost', at: 60, order: ORDER })],
  ['I9', 'nothing that told of it was lost', ({ evidence }) => evidence.missed.push({ orderKey: ORDER })],
  ['the case', 'never failed', ({ plan }) => (plan['fault'] = 'behind')],
  [
    'I5',
    'GetCaptureDetails and more',
    ({ amazon }) =>
      amazon.push({ ...amazon[0], method: 'POST', path: 'GetCaptureDetails and more', action: 'Capture' }),
  ],
  ['I5', 'POST', ({ amazon }) => Object.assign(amazon[0]!, { method: 'POST' })],
  ['I5', 'charges in 0 ms', ({ amazon }) => amazon.push(...Array.from({ length: 20 }, () => amazon[0]!))],
  [
    'I5',
    'after a 429',
    ({ amazon }) => (
      Object.assign(amazon[0]!, { fault: '429-after' }),
      amazon.push({ ...amazon[0], at: 400, endAt: 500 })
    ),
  ],
  ['I6', 'not done with its work', ({ plan }) => (plan['recoveryMs'] = null)],
  ['I6', 'needed 61000 ms', ({ plan }) => (plan['recoveryMs'] = 61_000)],
  ['I6', 'was never taken', ({ sender }) => Object.assign(sender[1]!, { status: null })],
  ['F7', 'is a nothing', ({ plan }) => (plan['compared'] = { [ORDER]: { verdict: 'match', fields: [] } })],
  [
    'F7',
    'was a mismatch for a while',
    ({ plan, store }) => {
      plan['compared'] = { [ORDER]: { verdict: 'match', fields: [] } };
      store.comparisons.push(comparison('mismatch', ['captured']), comparison('match', []));
    },
  ],
  [
    'F7',
    'differs in captured, and should in refunded',
    ({ plan, store }) => {
      plan['compared'] = { [ORDER]: { verdict: 'mismatch', fields: ['refunded'] } };
      store.comparisons.push(comparison('mismatch', ['captured']));
    },
  ],
  ['I7', 'reports as deadLetters 3', ({ recount }) => recount.push({ figure: 'deadLetters', said: 3, counted: 2 })],
  ['I7', '1 arrivals', ({ store }) => Object.assign(store.messages[0]!, { seen: 0 })],
  ['I8', 'older than messages are kept', ({ plan }) => (plan['expired'] = ['one'])],
  ['I8', 'MB of memory', ({ resources }) => resources.push({ at: 2, rssMB: 300 })],
  [
    'I9',
    `${CHARGE} is Captured, and is taken for Authorized`,
    ({ store }) => Object.assign(store.objects[0]!, { state: 'Authorized' }),
  ],
];

describe('the checker of the fault matrix', () => {
  test('finds nothing where all went well', () => {
    const { code, broken, figures } = check(wellDone());
    expect({ code, broken }).toEqual({ code: 0, broken: [] });
    expect(figures).toMatchObject({ messages: 2, lost: 0, duplicated: 0, outOfOrder: 0, redeliveries: 0, gets: 1 });
  });

  test.each(faults)('finds %s to be broken: %s', (promise, what, spoil) => {
    const ledgers = wellDone();
    spoil(ledgers);
    const { code, broken } = check(ledgers);
    expect(broken.filter((one) => one.startsWith(promise) && one.includes(what))).not.toEqual([]);
    expect(code).toBe(1);
  });

  test('wants of a replay one delivery of each message, no more', () => {
    const ledgers = wellDone();
    ledgers.plan['replays'] = ['r'];
    const again = ledgers.store.deliveries.map((one) => ({ ...one, replay: 'r' }));
    ledgers.store.deliveries.push(...again);
    for (const side of [ledgers.legacy, ledgers.migrated])
      side.push(...request(3, 'one', 60, { isEffect: false }), ...request(4, 'two', 90, { isEffect: false }));
    expect(check(ledgers)).toMatchObject({ code: 0, broken: [], figures: { redeliveries: 4 } });
    ledgers.store.deliveries.push({ ...again[0] });
    expect(check(ledgers).broken).toEqual(['I3 deliver-legacy one of r is there twice']);
  });

  describe('where messages change hands', () => {
    /** The first counted at the legacy handler, the second at the migrated one, which had the first as a dry run. */
    const handedOver = (): Ledgers => {
      const ledgers = wellDone();
      for (const one of ledgers.sender) if (one['what'] === 'published') one['expect'] = 'counting';
      ledgers.legacy = request(1, 'one', 10);
      ledgers.migrated = [...request(1, 'one', 12, { role: 'dry-run' }), ...request(2, 'two', 30)];
      return ledgers;
    };

    test('finds nothing where each counted once, in its turn', () => {
      expect(check(handedOver())).toMatchObject({ code: 0, broken: [] });
    });

    test.each<readonly [string, (ledgers: Ledgers) => unknown]>([
      ['I1 two was acknowledged and came to no handler that counted', ({ migrated }) => migrated.splice(2)],
      ['I1 two was acknowledged and came to no', ({ migrated }) => Object.assign(migrated[2]!, { role: 'dry-run' })],
      ['I2 one counted at both', ({ migrated }) => migrated.push(...request(3, 'one', 60, { isEffect: false }))],
      ['I2 legacy: 1 sent again', ({ legacy }) => legacy.push(...request(3, 'one', 60, { isEffect: false }))],
      ['I4 where it counted: two before one', ({ legacy }) => legacy.splice(0, 2, ...request(1, 'one', 60))],
      ['I4 at two that counted at once', ({ legacy }) => Object.assign(legacy[1]!, { at: 35 })],
      ['I6 message two was never taken', ({ sender }) => Object.assign(sender[3]!, { status: null })],
      ['I3 deliver-legacy two is missing', ({ store }) => store.deliveries.splice(1, 2)],
    ])('finds: %s', (what, spoil) => {
      const ledgers = handedOver();
      spoil(ledgers);
      expect(check(ledgers).broken.filter((one) => one.startsWith(what))).not.toEqual([]);
    });
  });

  test('lets a crash make as many requests come again as were under way', () => {
    const ledgers = wellDone();
    ledgers.plan['kills'] = 1;
    ledgers.legacy.push(...request(3, 'two', 60, { isEffect: false, order: ORDER }));
    expect(check(ledgers)).toMatchObject({ code: 0, figures: { redeliveries: 1, duplicated: 0 } });
  });
});
