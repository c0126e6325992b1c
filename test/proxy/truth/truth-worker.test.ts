import type { ServerResponse } from 'node:http';
import { AmazonError } from '../../../src/amazon-pay/v2/amazon-error';
import { listObjects, listVersions } from '../../../src/proxy/store/amazon-objects';
import { readOverview } from '../../../src/proxy/store/overview';
import { resolveOrder } from '../../../src/proxy/store/order-keys';
import { orderOutcome } from '../../../src/proxy/compare/order-outcome';
import { StoreError } from '../../../src/proxy/store/store-error';
import { readWaiting } from '../../../src/proxy/store/evidence-figures';
import { listMissedChanges } from '../../../src/proxy/truth/missed-changes';
import { lookAgainWithNewKey } from '../../../src/proxy/truth/new-key';
import { Sweep } from '../../../src/proxy/truth/sweep';
import { TruthWorker } from '../../../src/proxy/truth/truth-worker';
import { json, startFakeAmazon, type FakeAmazon } from '../../amazon-pay/v2/fake-amazon';
import { authorize, confirmOrder, createLegacyClient, key, usd, type V2Client } from '../../emulator/clients';
import { stores } from '../stores';
import { MINUTE, openBench, openEmulatorBench, pay, SECOND, settingsFor, type TruthBench } from './truth-bench';

const ORDER = 'S01-1112223-3334445';
const CHARGE = `${ORDER}-C000111`;

describe.each(stores)('the truth, from the emulator, on %s', (driver) => {
  let bench: TruthBench;
  let shop: V2Client;
  beforeEach(async () => {
    ({ bench, shop } = await openEmulatorBench(driver));
  });
  afterEach(() => bench.close());

  const amazonOutcome = async (orderKey: string): Promise<unknown> => {
    const objects = await listObjects(bench.database, orderKey);
    return orderOutcome(objects.map(({ canonical }) => canonical)).outcome;
  };

  test('a charge is fetched, kept with its order, and compared after the settle window', async () => {
    const { permissionId, chargeId } = await pay(bench.emulator!, shop);
    await bench.tell({ kind: 'v2', objectId: chargeId });
    await bench.work();
    expect(bench.gets().slice(-2)).toEqual([chargeId, permissionId]);
    expect(await amazonOutcome(permissionId)).toEqual({
      state: 'authorized',
      authorized: '94.50',
      captured: '0',
      refunded: '0',
      currency: 'USD',
    });
    expect(await bench.jobs()).toEqual([`${chargeId} done new`, `${permissionId} done new`]);
    expect(await bench.jobs('compare')).toEqual([`${permissionId} ready in 300 s`]);
    expect(await listVersions(bench.database, chargeId)).toMatchObject([{ version: 1, caused_by: 'notification' }]);
  });

  test('messages that wait for the same object are one GET, and one that comes after it began is another', async () => {
    const { chargeId } = await pay(bench.emulator!, shop);
    for (let message = 0; message < 5; message += 1) await bench.tell({ kind: 'v2', objectId: chargeId });
    bench.gets();
    const [job] = await bench.parts.queue.claim({ kind: 'truth', limit: 1, leaseMs: MINUTE });
    // The GET of this lease may have begun: what comes now is not in it for sure.
    await bench.tell({ kind: 'v2', objectId: chargeId });
    await bench.work();
    expect(bench.gets()).toEqual([]);
    await bench.parts.queue.retry(bench.database, job!, bench.clock.now(), null);
    await bench.work();
    expect(bench.gets().filter((id) => id === chargeId)).toEqual([chargeId]);
  });

  test('what is asked for in the moment in which it is put back is no failure, and is asked once more', async () => {
    const { chargeId } = await pay(bench.emulator!, shop);
    await bench.tell({ kind: 'v2', objectId: chargeId });
    const { queue } = bench.parts;
    // As the unique index of the store says it, when another instance was faster.
    jest.spyOn(queue, 'finish').mockImplementationOnce(async () => {
      throw new StoreError('duplicate', 'UNIQUE constraint failed: job.kind, job.subject');
    });
    jest.spyOn(bench.reader, 'read').mockImplementationOnce(async (...asked) => {
      await bench.tell({ kind: 'v2', objectId: chargeId });
      return bench.reader.read(...asked);
    });
    await bench.work();
    expect(bench.events.filter(([name]) => name === 'failed')).toEqual([]);
    expect((await bench.jobs()).slice(0, 2)).toEqual([`${chargeId} superseded asked-again`, `${chargeId} done new`]);
  });

  test('a captured charge, its refund and the charge again, to the last cent', async () => {
    const { permissionId, chargeId } = await pay(bench.emulator!, shop);
    await shop['captureCharge']!(chargeId, { captureAmount: usd('40.00') }, key());
    await bench.tell({ kind: 'v2', objectId: chargeId });
    await bench.work();
    const { data } = await shop['createRefund']!({ chargeId, refundAmount: usd('10.01') }, key());
    await bench.pass(MINUTE);
    await bench.tell({ kind: 'v2', objectId: data.refundId as string, objectType: 'REFUND' });
    bench.gets();
    await bench.work();
    expect(bench.gets()).toEqual([data.refundId, chargeId]);
    expect(await amazonOutcome(permissionId)).toMatchObject({
      state: 'captured',
      captured: '40.00',
      refunded: '10.01',
    });
    expect(await listVersions(bench.database, chargeId)).toMatchObject([
      { caused_by: 'notification' },
      { caused_by: 'follow-up' },
    ]);
  });

  test('legacy objects are read through v2: the authorization by the id of its charge', async () => {
    const old = createLegacyClient(bench.emulator!);
    const id = await confirmOrder(bench.emulator!, old);
    const { AmazonAuthorizationId } = (await authorize(old, id, { CaptureNow: true })).AuthorizationDetails;
    await bench.tell({ kind: 'v1', objectId: AmazonAuthorizationId, notificationType: 'PaymentAuthorize' });
    bench.gets();
    await bench.work();
    expect(bench.gets()[0]).toBe(AmazonAuthorizationId.replace('-A', '-C'));
    expect(await amazonOutcome(id)).toMatchObject({ state: 'captured', captured: '94.50' });
  });

  test('a payment on an agreement belongs to the agreement, whatever its number says', async () => {
    const { permissionId } = await pay(bench.emulator!, shop, { recurring: true, intent: 'Confirm' });
    const { data } = await shop['createCharge']!(
      { chargePermissionId: permissionId, chargeAmount: usd('5.00') },
      key(),
    );
    const chargeId = data.chargeId as string;
    const number = chargeId.slice(0, 19);
    expect(number).not.toBe(permissionId);
    await bench.tell({ kind: 'v1', objectId: chargeId });
    await bench.work();
    expect(await resolveOrder(bench.database, number)).toBe(permissionId);
    expect((await listObjects(bench.database, permissionId)).map(({ object_id: id }) => id).sort()).toEqual(
      [permissionId, chargeId].sort(),
    );
    expect(await bench.jobs('compare')).toEqual([`${permissionId} ready in 300 s`]);
  });

  test('a dispute is read, and makes the order disputed', async () => {
    const { permissionId, chargeId } = await pay(bench.emulator!, shop, { intent: 'AuthorizeWithCapture' });
    const disputeId = bench.emulator!.people.chargeBack(chargeId);
    await bench.tell({ kind: 'v2', objectId: disputeId, objectType: 'CHARGEBACK' });
    await bench.work();
    expect(await amazonOutcome(permissionId)).toMatchObject({ state: 'disputed', captured: '94.50' });
  });

  test('a legacy chargeback has no GET: its order is read, and marked so that nobody takes it for settled', async () => {
    const { permissionId } = await pay(bench.emulator!, shop);
    await bench.tell({ kind: 'v1', objectId: 'C9KORZRXQ655G', objectType: 'CHARGEBACK', orderKey: permissionId });
    await bench.work();
    const objects = await listObjects(bench.database, permissionId);
    expect(objects.map(({ object_id: id, canonical }) => [id, canonical.problem])).toEqual([
      ['C9KORZRXQ655G', 'no-get'],
      [permissionId, null],
    ]);
    expect(orderOutcome(objects.map(({ canonical }) => canonical))).toMatchObject({ problem: 'no-get' });
  });

  test('an id that names nothing in v2, or an object of the other environment, is not asked for', async () => {
    bench.gets();
    await bench.tell({ kind: 'v1', objectId: 'P01-1112223-3334445-P000111', objectType: 'CHARGE' });
    await bench.tell({ kind: 'v2', objectId: 'P01-1112223-3334445-C000111' });
    await bench.work();
    expect(bench.gets()).toEqual([]);
    expect(await bench.jobs()).toEqual([
      'P01-1112223-3334445-P000111 done no-get',
      'P01-1112223-3334445-C000111 dead not-asked',
    ]);
  });

  test('an object that Amazon does not have is asked for three times more over ten minutes, then it is not found', async () => {
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    bench.gets();
    const waits: string[] = [];
    for (const seconds of [0, 30, 120, 450]) {
      bench.clock.advance(seconds * SECOND);
      await bench.work();
      waits.push(...(await bench.jobs()));
    }
    expect(waits).toEqual([
      `${CHARGE} ready in 30 s not-found 1`,
      `${CHARGE} ready in 120 s not-found 2`,
      `${CHARGE} ready in 450 s not-found 3`,
      `${CHARGE} done new`,
    ]);
    expect(bench.gets()).toHaveLength(4);
    expect(await listObjects(bench.database, ORDER)).toMatchObject([
      { is_open: 0, canonical: { problem: 'not-found' } },
    ]);
    expect(await bench.jobs('compare')).toHaveLength(1);
  });
});

const statusDetails = (state: string, at: string): object => ({ state, reasonCode: null, lastUpdatedTimestamp: at });
const chargeBody = (state: string, at = '20260115T115900Z'): object => ({
  chargeId: CHARGE,
  chargePermissionId: ORDER,
  chargeAmount: { amount: '94.50', currencyCode: 'USD' },
  captureAmount: state === 'Captured' ? { amount: '94.50', currencyCode: 'USD' } : null,
  statusDetails: statusDetails(state, at),
});

describe.each(stores)('an Amazon with faults, on %s', (driver) => {
  let amazon: FakeAmazon;
  let bench: TruthBench;
  beforeEach(async () => {
    amazon = await startFakeAmazon();
    bench = await openBench(driver, settingsFor(amazon.url));
    // The permission is of no interest here.
    answerCharge = (response) => json(200, chargeBody('Authorized'))(response);
    amazon.answer = (response, { path }) =>
      path.includes('/charges/')
        ? answerCharge(response)
        : json(200, { statusDetails: { state: 'Closed', reasons: null, lastUpdatedTimestamp: null } })(response);
  });
  afterEach(async () => {
    await bench.close();
    await amazon.close();
  });
  let answerCharge: (response: ServerResponse) => void;
  const asked = (): number => amazon.asked.splice(0).filter(({ path }) => path.includes('/charges/')).length;
  const states = async (): Promise<readonly (string | null)[]> =>
    (await listVersions(bench.database, CHARGE)).map(({ canonical }) => canonical.amazonState);

  test('when Amazon is behind its own message it is asked again after 10 s, 60 s and 10 min', async () => {
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    expect(await states()).toEqual(['Authorized']);
    bench.clock.advance(MINUTE);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    const waits: (string | undefined)[] = [];
    for (const seconds of [0, 10, 50, 540]) {
      bench.clock.advance(seconds * SECOND);
      await bench.work();
      waits.push((await bench.jobs()).at(-1));
    }
    expect(waits).toEqual([
      `${CHARGE} ready in 10 s unchanged`,
      `${CHARGE} ready in 50 s unchanged`,
      `${CHARGE} ready in 540 s unchanged`,
      `${CHARGE} done same`,
    ]);
  });

  test('and no more once it has caught up', async () => {
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    bench.clock.advance(MINUTE);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    answerCharge = (response) => json(200, chargeBody('Captured', '20260115T120100Z'))(response);
    bench.clock.advance(10 * SECOND);
    await bench.work();
    expect(await states()).toEqual(['Authorized', 'Captured']);
    expect((await bench.jobs()).at(-1)).toBe(`${CHARGE} done changed`);
    // The second legacy message about one capture: nothing can follow, so nothing is asked again.
    await bench.tell({ kind: 'v1', objectId: CHARGE });
    await bench.work();
    expect((await bench.jobs()).at(-1)).toBe(`${CHARGE} done same`);
  });

  test('also at first sight, when what Amazon shows is much older than the message', async () => {
    bench.clock.advance(10 * MINUTE);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    expect((await bench.jobs())[0]).toBe(`${CHARGE} ready in 10 s unchanged`);
  });

  test('a change of an attribute need not change the state', async () => {
    await bench.tell({ kind: 'v2', objectId: CHARGE, notificationType: 'ATTRIBUTE_CHANGE' });
    await bench.work();
    await bench.tell({ kind: 'v2', objectId: CHARGE, notificationType: 'ATTRIBUTE_CHANGE' });
    await bench.work();
    expect((await bench.jobs()).at(-1)).toBe(`${CHARGE} done same`);
  });

  test('an older state that Amazon shows again does not replace a newer one', async () => {
    answerCharge = (response) => json(200, chargeBody('Captured', '20260115T120000Z'))(response);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    answerCharge = (response) => json(200, chargeBody('Authorized', '20260115T115900Z'))(response);
    bench.clock.advance(MINUTE);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    expect(await states()).toEqual(['Captured']);
    // It may be that something happened after the newer one, and Amazon is behind.
    expect((await bench.jobs()).at(-1)).toBe(`${CHARGE} ready in 10 s unchanged`);
  });

  test('an instance that lost its lease while Amazon was slow writes nothing', async () => {
    const other = new TruthWorker(bench.parts);
    let answerFirst: () => void = () => undefined;
    answerCharge = (response) => {
      answerFirst = () => json(200, chargeBody('Authorized'))(response);
      answerCharge = (second) => json(200, chargeBody('Captured', '20260115T120000Z'))(second);
      isAsked();
    };
    let isAsked: () => void = () => undefined;
    const wasAsked = new Promise<void>((resolve) => (isAsked = resolve));
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    const first = bench.worker.runOnce();
    await wasAsked;
    bench.clock.advance(31 * SECOND);
    await bench.parts.queue.releaseExpired();
    await other.runOnce();
    answerFirst();
    await first;
    expect(await states()).toEqual(['Captured']);
    expect(bench.eventsOf('failed')).toEqual([]);
  });

  test('what has to wait for its turn is asked for then, is no failure, and slows nothing else', async () => {
    const notNow = new AmazonError('not-now', 'The share of the quota of MWS is used up.', { retryAfterMs: 7000 });
    const reader = {
      environment: 'sandbox',
      read: () => Promise.reject(notNow),
      close: () => Promise.resolve(),
    } as const;
    const worker = new TruthWorker({ ...bench.parts, reader });
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.rows(`UPDATE job SET reason = 'not-found 2'`);
    await worker.runOnce();
    expect(await bench.jobs()).toEqual([`${CHARGE} ready in 7 s not-found 2`]);
    expect(bench.eventsOf('throttled')).toEqual([{ operation: 'CHARGE', by: 'own-share', waitMs: 7000 }]);
    expect(bench.eventsOf('failed')).toEqual([]);
    expect(await worker.quota.take('CHARGE', 'now')).toBe(0);
  });

  test('a 429 halves the share for a minute and waits for as long as Amazon says', async () => {
    answerCharge = (response) => json(429, {}, { 'retry-after': '20' })(response);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    expect(await bench.jobs()).toEqual([`${CHARGE} ready in 20 s`]);
    expect(bench.eventsOf('throttled')).toEqual([{ operation: 'CHARGE', by: 'amazon', waitMs: 20_000 }]);
    // Another charge does not get past it either.
    expect(await bench.worker.quota.take('CHARGE', 'now')).toBe(20_000);
    bench.clock.advance(20 * SECOND);
    answerCharge = (response) => json(200, chargeBody('Authorized'))(response);
    // An empty bucket at a quarter of one GET a second.
    expect(await bench.worker.quota.take('CHARGE', 'now')).toBe(4000);
    bench.clock.advance(4 * SECOND);
    await bench.work();
    expect(await states()).toEqual(['Authorized']);
  });

  test.each([
    ['503', (response: ServerResponse) => json(503, {})(response)],
    ['a page of HTML', (response: ServerResponse) => void response.end('<html>')],
    ['a broken line', (response: ServerResponse) => void response.destroy()],
  ])(
    '%s: further apart each time, the breaker opens, one request every 30 s tries, and nothing is lost',
    async (_, fault) => {
      answerCharge = fault;
      await bench.tell({ kind: 'v2', objectId: CHARGE });
      const waits: (string | undefined)[] = [];
      for (let round = 0; round < 5; round += 1) {
        await bench.work();
        waits.push((await bench.jobs())[0]);
        bench.clock.advance(round === 4 ? 0 : 5 * SECOND * 2 ** round);
      }
      expect(waits).toEqual([5, 10, 20, 40, 80].map((s, n) => `${CHARGE} ready in ${s} s unavailable ${n + 1}`));
      expect(bench.eventsOf('breakerChanged')).toEqual([{ target: 'amazon', state: 'open' }]);
      for (let order = 0; order < 3; order += 1)
        await bench.tell({ kind: 'v2', objectId: `S01-1112223-333444${order}-C000111` });
      asked();
      await bench.work();
      expect(asked()).toBe(0);
      bench.clock.advance(30 * SECOND);
      await bench.work();
      expect(asked()).toBe(1);
      answerCharge = (response) => json(200, chargeBody('Authorized'))(response);
      bench.clock.advance(80 * SECOND);
      await bench.work();
      expect(bench.eventsOf('breakerChanged').at(-1)).toEqual({ target: 'amazon', state: 'closed' });
      for (let wait = 0; wait < 60; wait += 1) {
        bench.clock.advance(SECOND);
        await bench.work();
      }
      expect((await bench.jobs()).filter((job) => job.includes('unavailable'))).toEqual([]);
      expect(await states()).toEqual(['Authorized']);
    },
  );

  test.each([401, 403])(
    'a key that Amazon refuses (%d) opens the breaker at once, and the backlog stays',
    async (status) => {
      answerCharge = (response) => json(status, { reasonCode: 'UnauthorizedAccess' })(response);
      await bench.tell({ kind: 'v2', objectId: CHARGE });
      await bench.work();
      expect(bench.eventsOf('breakerChanged')).toEqual([{ target: 'amazon', state: 'open' }]);
      expect(bench.eventsOf('failed')).toMatchObject([{ part: 'truth', error: { code: 'not-authorized', status } }]);
      for (let hour = 0; hour < 24; hour += 1) {
        bench.clock.advance(60 * MINUTE);
        await bench.work();
      }
      expect(await bench.jobs()).toEqual([`${CHARGE} ready in 30 s not-authorized`]);
      // The gate, which goes by comparisons that wait for this, and status and alert say since when, also between two tries.
      const now = bench.clock.now();
      expect(await readWaiting(bench.database, now)).toEqual({ dead: 0, oldest: now - 24 * 60 * MINUTE });
      const { openJobs } = await readOverview(bench.database, now);
      expect(openJobs.find(({ kind }) => kind === 'truth')?.oldestMs).toBe(24 * 60 * MINUTE);
      answerCharge = (response) => json(200, chargeBody('Authorized'))(response);
      bench.clock.advance(30 * SECOND);
      await bench.work();
      expect(await states()).toEqual(['Authorized']);
    },
  );

  describe('an object of which Amazon does not tell', () => {
    const captured = (response: ServerResponse): void =>
      json(200, chargeBody('Captured', '20260115T120000Z'))(response);
    const sweep = (): Sweep => new Sweep(bench.parts, bench.worker.quota);

    test.each([400, 404])(
      'is offered when it has changed since its message, and Amazon tells again (%i)',
      async (status) => {
        const reasonCode = status === 404 ? 'ResourceNotFound' : 'InvalidRequest';
        answerCharge = (response) => json(status, { reasonCode })(response);
        await bench.tell({ kind: 'v2', objectId: CHARGE });
        for (let minutes = 0; minutes < 15; minutes += 1) {
          await bench.work();
          bench.clock.advance(MINUTE);
        }
        answerCharge = (response) => json(200, chargeBody('Captured', '20260115T121000Z'))(response);
        bench.primary = 'migrated';
        bench.clock.advance(16 * MINUTE);
        await bench.database.query(`UPDATE amazon_object SET is_open = 1, sweep_at = 0`);
        await sweep().tick();
        await bench.work();
        expect(await listMissedChanges(bench.database, 0)).toMatchObject([{ objectId: CHARGE, to: 'Captured' }]);
        expect(await bench.rows(`SELECT object_id FROM inbox WHERE topic_arn = 'sweep'`)).toEqual([
          { object_id: CHARGE },
        ]);
      },
    );

    test('stands in its order and in the status, and the next sweep asks again', async () => {
      answerCharge = (response) => json(400, { reasonCode: 'InvalidRequest' })(response);
      await bench.tell({ kind: 'v2', objectId: CHARGE });
      await bench.work();
      expect(await listObjects(bench.database, ORDER)).toMatchObject([
        { is_open: 1, canonical: { problem: 'refused' } },
      ]);
      expect(await bench.jobs('compare')).toHaveLength(1);
      const { untold } = await readOverview(bench.database, bench.clock.now());
      expect(untold).toEqual({ refused: 1, notFound: 0, objectIds: [CHARGE] });
      bench.clock.advance(16 * MINUTE);
      await sweep().tick();
      await bench.work();
      expect((await bench.jobs()).at(-1)).toBe(`${CHARGE} dead rejected`);
      answerCharge = captured;
      bench.primary = 'migrated';
      bench.clock.advance(16 * MINUTE);
      await sweep().tick();
      await bench.work();
      expect(await listObjects(bench.database, ORDER)).toMatchObject([{}, { canonical: { state: 'captured' } }]);
      expect((await readOverview(bench.database, bench.clock.now())).untold).toMatchObject({
        refused: 0,
        objectIds: [],
      });
      // Its message told of it, as far as anyone can know.
      expect(await listMissedChanges(bench.database, 0)).toEqual([]);
      expect(await bench.rows(`SELECT id FROM inbox WHERE topic_arn = 'sweep'`)).toEqual([]);
    });

    test('since it is of another merchant is asked for again when the key is another', async () => {
      answerCharge = (response) => json(404, {})(response);
      await lookAgainWithNewKey(bench.parts);
      await bench.tell({ kind: 'v2', objectId: CHARGE });
      for (const seconds of [0, 30, 120, 450]) {
        bench.clock.advance(seconds * SECOND);
        await bench.work();
      }
      expect((await readOverview(bench.database, bench.clock.now())).untold).toMatchObject({ notFound: 1 });
      expect(await lookAgainWithNewKey(bench.parts)).toBe(0);
      expect(await sweep().start()).toBe(0);
      const settings = { ...bench.parts.settings, publicKeyId: 'SANDBOX-OTHER' };
      expect(await lookAgainWithNewKey({ ...bench.parts, settings })).toBe(1);
      // Not there either: once is enough.
      expect(await sweep().start()).toBe(1);
      bench.clock.advance(10 * SECOND);
      await bench.work();
      expect((await bench.jobs()).at(-1)).toBe(`${CHARGE} done same`);
      expect(await sweep().start()).toBe(0);
      expect(await lookAgainWithNewKey(bench.parts)).toBe(1);
      answerCharge = captured;
      await sweep().start();
      bench.clock.advance(10 * SECOND);
      await bench.work();
      expect(await states()).toEqual([null, 'Captured']);
    });
  });

  test('what Amazon will never answer is a dead job', async () => {
    answerCharge = (response) => json(400, { reasonCode: 'InvalidRequest' })(response);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    expect(await bench.jobs()).toEqual([`${CHARGE} dead rejected`]);
    expect(await bench.rows('SELECT status, failure, detail FROM attempt')).toEqual([
      { status: 400, failure: 'rejected', detail: 'InvalidRequest' },
    ]);
  });

  test('a state that is not known is kept in Amazon’s words, and watched', async () => {
    answerCharge = (response) => json(200, chargeBody('PartiallyCaptured'))(response);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    expect(await listObjects(bench.database, ORDER)).toMatchObject([
      { canonical: { objectType: 'CHARGE_PERMISSION' } },
      { is_open: 1, canonical: { state: 'unknown', amazonState: 'PartiallyCaptured', problem: 'unknown-state' } },
    ]);
  });

  test('nothing of the buyer is in the store', async () => {
    const buyer = { name: 'Ada Lovelace', email: 'ada@example.com', phoneNumber: '555-0100' };
    answerCharge = (response) => json(200, { ...chargeBody('Authorized'), buyer, shippingAddress: buyer })(response);
    await bench.tell({ kind: 'v2', objectId: CHARGE });
    await bench.work();
    const rows = [
      ...(await bench.rows('SELECT * FROM amazon_object')),
      ...(await bench.rows('SELECT * FROM amazon_object_version')),
      ...(await bench.rows('SELECT * FROM attempt')),
    ];
    expect(JSON.stringify(rows)).not.toMatch(/Ada|example|555/);
  });
});
