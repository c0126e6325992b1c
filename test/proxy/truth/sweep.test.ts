import { askForOpenObjects, countOpenObjects, listVersions, saveObject } from '../../../src/proxy/store/amazon-objects';
import { toCanonicalObject } from '../../../src/proxy/compare/canonical-object';
import { addJob } from '../../../src/proxy/store/add-jobs';
import { findMessage } from '../../../src/proxy/store/inbox';
import { listGaps } from '../../../src/proxy/store/gaps';
import { readSetting } from '../../../src/proxy/store/setting';
import { translate } from '../../../transforms/ipn/translate';
import { listMissedChanges } from '../../../src/proxy/truth/missed-changes';
import { nextSweep } from '../../../src/proxy/truth/open-objects';
import { keyOfChange } from '../../../src/proxy/truth/offer-change';
import { Sweep } from '../../../src/proxy/truth/sweep';
import { key, usd, type V2Client } from '../../emulator/clients';
import { stores, TestClock } from '../stores';
import { MINUTE, openEmulatorBench, pay, SECOND, type TruthBench } from './truth-bench';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(stores)('the sweep on %s', (driver) => {
  let bench: TruthBench;
  let shop: V2Client;
  let sweep: Sweep;
  let isHealthy = true;
  beforeEach(async () => {
    ({ bench, shop } = await openEmulatorBench(driver));
    isHealthy = true;
    sweep = new Sweep(bench.parts, bench.worker.quota, () => isHealthy);
  });
  afterEach(() => bench.close());

  /** An authorized charge that the proxy knows. */
  async function knownCharge(): Promise<{ readonly permissionId: string; readonly chargeId: string }> {
    const paid = await pay(bench.emulator!, shop);
    await bench.tell({ kind: 'v2', objectId: paid.chargeId });
    await bench.work();
    bench.gets();
    return paid;
  }
  const capture = (chargeId: string): Promise<unknown> =>
    shop['captureCharge']!(chargeId, { captureAmount: usd('94.50') }, key());
  /** Works until the quota lets everything through. */
  async function workOff(): Promise<void> {
    for (let second = 0; second < 60; second += 1) {
      await bench.work();
      await bench.pass(SECOND);
    }
  }

  test('after a gap everything open is looked at, and what changed without a message is found', async () => {
    const orders = [await knownCharge(), await knownCharge(), await knownCharge()];
    await sweep.tick();
    await bench.pass(30 * MINUTE);
    await capture(orders[1]!.chargeId);
    expect(await sweep.tick()).toBe(6);
    expect(bench.eventsOf('swept').at(-1)).toEqual({ objects: 6, cause: 'gap' });
    const now = bench.clock.now();
    // What no sweep can find: orders that nobody has told of.
    expect(await listGaps(bench.database, 0)).toEqual([{ from: now - 30 * MINUTE, until: now }]);
    expect(await listGaps(bench.database, now + 1)).toEqual([]);
    await workOff();
    expect(new Set(bench.gets())).toEqual(
      new Set(orders.flatMap(({ permissionId, chargeId }) => [permissionId, chargeId])),
    );
    expect(await listVersions(bench.database, orders[1]!.chargeId)).toMatchObject([
      { caused_by: 'notification' },
      { caused_by: 'sweep', canonical: { state: 'captured' } },
    ]);
    // The permission changed, too; Amazon sends no message about that.
    expect(await listMissedChanges(bench.database, 0)).toMatchObject([
      { objectId: orders[1]!.chargeId, orderKey: orders[1]!.permissionId, from: 'Authorized', to: 'Captured' },
    ]);
  });

  test('a machine that was suspended has a gap, although no time has passed for its processes', async () => {
    await knownCharge();
    const wall = new TestClock();
    sweep = new Sweep(bench.parts, bench.worker.quota, () => isHealthy, wall);
    const tick = async (milliseconds: number): Promise<void> => {
      wall.advance(milliseconds);
      await bench.pass(10 * SECOND);
      await sweep.tick();
    };
    await tick(0);
    await tick(10 * SECOND);
    expect(bench.eventsOf('swept').filter(({ cause }) => cause === 'gap')).toEqual([]);
    await tick(8 * HOUR);
    expect(bench.eventsOf('swept').at(-1)).toEqual({ objects: 2, cause: 'gap' });
    await tick(10 * SECOND);
    expect(bench.eventsOf('swept').filter(({ cause }) => cause === 'gap')).toHaveLength(1);
  });

  test('the sign of life is not given while messages are not taken', async () => {
    await knownCharge();
    await sweep.tick();
    isHealthy = false;
    for (let tick = 0; tick < 30; tick += 1) {
      await bench.pass(10 * SECOND);
      await sweep.tick();
    }
    isHealthy = true;
    await sweep.tick();
    expect(bench.eventsOf('swept').at(-1)).toMatchObject({ cause: 'gap', objects: 2 });
  });

  test('without a gap there is a sweep every 15 minutes, of what may have changed by then', async () => {
    const { chargeId } = await knownCharge();
    await sweep.start();
    await workOff();
    bench.gets();
    const swept: number[] = [];
    for (let tick = 0; tick < 3 * 90; tick += 1) {
      await bench.pass(10 * SECOND);
      swept.push(await sweep.tick());
      await bench.work();
    }
    // Charge and permission, three times in 45 minutes.
    expect(swept.filter((objects) => objects > 0)).toEqual([2, 2, 2]);
    expect(bench.gets().filter((id) => id === chargeId)).toHaveLength(3);
  });

  test('a start is a gap: nobody knows what came before', async () => {
    await knownCharge();
    expect(await sweep.start()).toBe(2);
    expect(bench.eventsOf('swept').at(-1)).toEqual({ objects: 2, cause: 'start' });
  });

  test('a message goes before all that the sweep asked for, and takes its GET with it', async () => {
    const known: string[] = [];
    for (let orders = 0; orders < 5; orders += 1) known.push((await knownCharge()).chargeId);
    await bench.pass(HOUR);
    expect(await sweep.tick()).toBe(10);
    // Four are asked at a time: the last of five charges is never among them by its place alone.
    const jobs = await bench.rows(`SELECT subject FROM job WHERE kind = 'truth' AND state = 'ready' ORDER BY id DESC`);
    const last = String(jobs.find(({ subject }) => known.includes(String(subject)))?.['subject']);
    await capture(last);
    await bench.tell({ kind: 'v2', objectId: last });
    await bench.worker.runOnce();
    expect(bench.gets()).toContain(last);
    await workOff();
    expect(await listVersions(bench.database, last)).toMatchObject([
      { caused_by: 'notification' },
      { caused_by: 'notification' },
    ]);
    expect(await listMissedChanges(bench.database, 0)).toEqual([]);
  });

  test('a message that comes after the sweep takes its find off the list', async () => {
    const { chargeId } = await knownCharge();
    await bench.pass(HOUR);
    await capture(chargeId);
    await sweep.start();
    await workOff();
    expect(await listMissedChanges(bench.database, 0)).toHaveLength(1);
    await bench.tell({ kind: 'v2', objectId: chargeId });
    expect(await listMissedChanges(bench.database, 0)).toEqual([]);
  });

  test('a find is offered to the migrated handler where that one counts, as the message that did not come', async () => {
    const { chargeId, permissionId } = await knownCharge();
    bench.primary = 'migrated';
    await bench.pass(HOUR);
    await capture(chargeId);
    await sweep.start();
    await workOff();
    const [job, ...more] = await bench.rows(
      `SELECT job.* FROM job JOIN inbox ON inbox.id = inbox_id WHERE job.kind LIKE 'deliver%' AND object_id = '${chargeId}'`,
    );
    expect(more).toEqual([]);
    expect(job).toMatchObject({ kind: 'deliver-migrated', lane: `migrated:${permissionId}`, state: 'ready' });
    const message = await findMessage(bench.database, Number(job?.['inbox_id']));
    expect(message).toMatchObject({ topic_arn: 'sweep', message_id: `${chargeId}:2`, kind: 'v2', verdict: 'verified' });
    // Our own handler code reads it like one of Amazon's.
    expect(translate(Buffer.from(message!.body).toString('utf8'))).toMatchObject({
      version: 'v2',
      notification: { ObjectType: 'CHARGE', ObjectId: chargeId, ChargePermissionId: permissionId },
      fetch: { argument: chargeId },
    });
    // It is no message of Amazon's: the change stands in the list of what was missed all the same.
    expect(await listMissedChanges(bench.database, 0)).toHaveLength(1);
  });

  test('a find of which a message comes while Amazon is asked is left to that message', async () => {
    const { chargeId } = await knownCharge();
    bench.primary = 'migrated';
    await bench.pass(HOUR);
    await capture(chargeId);
    await sweep.start();
    const read = bench.reader.read.bind(bench.reader);
    jest.spyOn(bench.reader, 'read').mockImplementation(async (type, id) => {
      if (id === chargeId) await bench.tell({ kind: 'v2', objectId: chargeId });
      return read(type, id);
    });
    await bench.worker.runOnce();
    jest.restoreAllMocks();
    await workOff();
    expect(await listVersions(bench.database, chargeId)).toMatchObject([{}, { caused_by: 'sweep' }]);
    expect(await bench.rows(`SELECT id FROM inbox WHERE topic_arn = 'sweep' AND object_id = '${chargeId}'`)).toEqual(
      [],
    );
  });

  test('what Amazon shows late of a message that went under the key of a find is another find', async () => {
    const { chargeId, permissionId } = await knownCharge();
    bench.primary = 'migrated';
    await bench.pass(HOUR);
    await capture(chargeId);
    await sweep.start();
    await workOff();
    const finds = (): Promise<unknown> =>
      bench.rows(`SELECT message_id FROM inbox WHERE topic_arn = 'sweep' AND object_id = '${chargeId}' ORDER BY id`);
    expect(await finds()).toEqual([{ message_id: `${chargeId}:2` }]);
    // The delivery of the next message takes the key of the find, since Amazon shows nothing newer (deliver/same-change.ts).
    await bench.tell({ kind: 'v2', objectId: chargeId });
    const job = {
      kind: 'deliver-migrated',
      lane: `migrated:${permissionId}`,
      subject: 'x',
      orderKey: permissionId,
    } as const;
    const [message] = await bench.rows('SELECT MAX(id) AS id FROM inbox');
    await addJob(
      bench.database,
      { ...job, inboxId: Number(message?.['id']), idempotencyKey: keyOfChange(chargeId, 2), runAt: 0 },
      0,
    );
    await shop['createRefund']!({ chargeId, refundAmount: usd('10.00') }, key());
    await bench.pass(SECOND);
    await workOff();
    expect(await finds()).toEqual([{ message_id: `${chargeId}:2` }, { message_id: `${chargeId}:3` }]);
  });

  test('with a legacy handler that counts it is listed, and nothing is sent', async () => {
    const { chargeId } = await knownCharge();
    await bench.pass(HOUR);
    await capture(chargeId);
    await sweep.start();
    await workOff();
    expect(await bench.rows(`SELECT * FROM job WHERE kind LIKE 'deliver%'`)).toEqual([]);
    expect(await listMissedChanges(bench.database, 0)).toHaveLength(1);
  });

  test('a subscription that the buyer ended, and a card that broke, are told by Amazon; what the merchant closed is not', async () => {
    const people = bench.emulator!.people;
    const open = async (): Promise<string> => {
      const { permissionId } = await pay(bench.emulator!, shop, { recurring: true, intent: 'Confirm' });
      await bench.tell({ kind: 'v2', objectId: permissionId, objectType: 'CHARGE_PERMISSION' });
      return permissionId;
    };
    const [byBuyer, byMerchant] = [await open(), await open()];
    await workOff();
    people.closeAgreement(byBuyer);
    await shop['closeChargePermission']!(byMerchant, { closureReason: 'done' });
    await bench.pass(HOUR);
    await sweep.start();
    await workOff();
    expect(await listMissedChanges(bench.database, 0)).toMatchObject([
      { objectId: byBuyer, from: 'Chargeable', to: 'Closed BuyerClosed' },
    ]);
  });

  test('a refund that nobody told of is found by the charge', async () => {
    const { chargeId } = await pay(bench.emulator!, shop, { intent: 'AuthorizeWithCapture' });
    await bench.tell({ kind: 'v2', objectId: chargeId });
    await bench.work();
    await bench.pass(HOUR);
    await shop['createRefund']!({ chargeId, refundAmount: usd('10.00') }, key());
    await sweep.start();
    await workOff();
    expect(await listMissedChanges(bench.database, 0)).toMatchObject([{ objectId: chargeId, to: 'Captured' }]);
  });

  test('an authorization that ran out unused is found, and is open no more', async () => {
    const { chargeId } = await knownCharge();
    await bench.pass(31 * DAY);
    await sweep.start();
    await workOff();
    const [, last] = await listVersions(bench.database, chargeId);
    expect(last?.canonical).toMatchObject({ amazonState: 'Canceled', amazonReasons: ['ExpiredUnused'], isFinal: true });
    expect(await bench.rows(`SELECT is_open FROM amazon_object WHERE object_id = '${chargeId}'`)).toEqual([
      { is_open: 0 },
    ]);
  });

  test('thousands are asked for in pieces, and a crash in between leaves the gap to the next start', async () => {
    const now = bench.clock.now();
    await bench.database.transaction(async (queries) => {
      for (let order = 0; order < 2500; order += 1) {
        const objectId = `S01-1112223-${String(order).padStart(7, '0')}-C000111`;
        const object = toCanonicalObject('CHARGE', objectId, { statusDetails: { state: 'Authorized' } });
        const times = { fetchStartedAt: now, fetchedAt: now, sweepAt: now + DAY };
        await saveObject(queries, { object, orderKey: objectId.slice(0, 19), causedBy: 'notification', ...times });
      }
    });
    await sweep.tick();
    const before = await readSetting(bench.database, 'last_healthy_at');
    bench.clock.advance(HOUR);
    let pieces = 0;
    const failing = Object.create(bench.database) as typeof bench.database;
    failing.transaction = (work) => {
      pieces += 1;
      // The sign of life, the gap itself, and the first piece are written.
      if (pieces === 4) return Promise.reject(new Error('killed'));
      return bench.database.transaction(work);
    };
    const dying = new Sweep({ ...bench.parts, database: failing }, bench.worker.quota);
    await expect(dying.tick()).rejects.toThrow('killed');
    expect(await readSetting(bench.database, 'last_healthy_at')).toBe(before);
    expect(await sweep.start()).toBe(1500);
    expect(await countOpenObjects(bench.database)).toEqual({ open: 2500, oldest: now });
    expect(await bench.rows(`SELECT COUNT(DISTINCT subject) AS n FROM job WHERE priority = 9`)).toEqual([{ n: 2500 }]);
    // What waits already is not asked for twice.
    expect(await askForOpenObjects(bench.database, { which: 'gap', by: bench.clock.now(), limit: 10 }, now)).toBe(0);
  });
});

describe('how long an object is watched', () => {
  const settings = { sweepMinutes: 15, watchCapturedDays: 180 };
  const now = Date.UTC(2026, 0, 15, 12);
  const charge = (state: string, refunded = '0', at = '20260115T110000Z'): Parameters<typeof nextSweep>[0] =>
    toCanonicalObject('CHARGE', 'S01-1112223-3334445-C000111', {
      chargeAmount: { amount: '5', currencyCode: 'EUR' },
      captureAmount: state === 'Captured' ? { amount: '5', currencyCode: 'EUR' } : null,
      refundedAmount: { amount: refunded, currencyCode: 'EUR' },
      statusDetails: { state, reasonCode: null, lastUpdatedTimestamp: at },
    });
  test.each([
    ['an authorization', charge('Authorized'), 15 * MINUTE],
    ['a state that is not known', charge('New'), 15 * MINUTE],
    ['a capture, which can be refunded', charge('Captured'), DAY],
    ['a capture of long ago', charge('Captured', '0', '20250101T000000Z'), null],
    ['a capture that was refunded', charge('Captured', '5.00'), null],
    ['a decline', charge('Declined'), null],
  ])('%s', (_, object, wait) => {
    expect(nextSweep(object, now, settings)).toBe(wait === null ? null : now + wait);
  });
});
