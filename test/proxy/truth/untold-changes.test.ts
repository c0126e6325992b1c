import { isToldByAmazon } from '../../../src/proxy/deliver/same-change';
import { addJob, SWEEP_PRIORITY } from '../../../src/proxy/store/add-jobs';
import { findMessage } from '../../../src/proxy/store/inbox';
import { isTruthAwaited } from '../../../src/proxy/store/outcomes';
import { deleteOld } from '../../../src/proxy/store/retention';
import { listMissedChanges } from '../../../src/proxy/truth/missed-changes';
import { PATIENCE_MS } from '../../../src/proxy/truth/patience';
import { Sweep } from '../../../src/proxy/truth/sweep';
import { key, usd, type V2Client } from '../../emulator/clients';
import { stores } from '../stores';
import { MINUTE, openEmulatorBench, pay, SECOND, type TruthBench } from './truth-bench';

const canceledAt = (now: number): Readonly<Record<string, unknown>> => ({
  state: 'Canceled',
  reasonCode: 'MerchantCanceled',
  lastUpdatedTimestamp: new Date(now).toISOString(),
});

/** What changed while nobody was there is seen by a GET that something else has asked for, ahead of the sweep. */
describe.each(stores)('a change that no message told, seen by a GET that no sweep asked for, on %s', (driver) => {
  let bench: TruthBench;
  let shop: V2Client;
  let chargeId: string;
  beforeEach(async () => {
    ({ bench, shop } = await openEmulatorBench(driver));
    ({ chargeId } = await pay(bench.emulator!, shop));
    bench.primary = 'migrated';
  });
  afterEach(() => bench.close());

  const tell = (objectId = chargeId, objectType = 'CHARGE'): Promise<void> =>
    bench.tell({ kind: 'v2', objectId, objectType });
  const capture = (): Promise<unknown> => shop['captureCharge']!(chargeId, { captureAmount: usd('94.50') }, key());
  const refund = async (amount: string): Promise<string> => {
    const { data } = await shop['createRefund']!({ chargeId, refundAmount: usd(amount) }, key());
    return data.refundId as string;
  };
  /** The proxy is there again, and the sweep of its start asks for everything. */
  const start = async (): Promise<void> => {
    await new Sweep(bench.parts, bench.worker.quota).start();
    await bench.work();
  };
  const wait = async (milliseconds = 2 * PATIENCE_MS): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 10 * SECOND) {
      await bench.pass(10 * SECOND);
      await bench.work();
    }
  };
  const offered = async (): Promise<readonly unknown[]> => {
    const rows = await bench.rows(`SELECT object_id FROM inbox WHERE topic_arn = 'sweep' ORDER BY id`);
    return rows.map((row) => row['object_id']);
  };
  const missed = async (): Promise<readonly string[]> =>
    (await listMissedChanges(bench.database, 0)).map(({ objectId, from, to }) => `${objectId} ${from} > ${to}`);

  test.each([
    ['was not known yet', false, 'unknown'],
    ['was known', true, 'Authorized'],
  ])('is offered and listed where the object %s when the process died', async (_, isKnown, from) => {
    if (isKnown) {
      await tell();
      await bench.work();
      await bench.pass(SECOND);
    }
    // Its GET is still to be made when the process dies.
    await tell();
    await bench.pass(10 * SECOND);
    await capture();
    await bench.pass(30 * MINUTE);
    await start();
    await wait();
    expect(await missed()).toEqual([`${chargeId} ${from} > Captured`]);
    expect(await offered()).toEqual([chargeId]);
    // Once.
    await bench.pass(30 * MINUTE);
    await start();
    await wait();
    expect(await offered()).toEqual([chargeId]);
    await tell();
    expect(await missed()).toEqual([]);
  });

  test('is listed and not sent where the legacy handler counts', async () => {
    bench.primary = 'legacy';
    await tell();
    await bench.pass(10 * SECOND);
    await capture();
    await bench.pass(30 * MINUTE);
    await start();
    await wait();
    expect(await missed()).toHaveLength(1);
    expect(await offered()).toEqual([]);
  });

  test('is offered where the message about a refund has asked for its charge', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await capture();
    await bench.pass(30 * MINUTE);
    await tell(await refund('10.00'), 'REFUND');
    await bench.work();
    await wait();
    expect(await offered()).toEqual([chargeId]);
  });

  test('is offered where something that nobody vouches for has asked', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await capture();
    const about = { kind: 'truth', lane: `truth:${chargeId}`, subject: chargeId, runAt: 0 } as const;
    await addJob(bench.database, about, bench.clock.now());
    await bench.work();
    await wait();
    expect(await offered()).toEqual([chargeId]);
  });

  test('is offered where it is a refund, behind the message about the capture', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await capture();
    await tell();
    await bench.pass(10 * SECOND);
    await refund('10.00');
    await bench.pass(30 * MINUTE);
    await start();
    await wait();
    expect(await offered()).toEqual([chargeId]);
    expect(await missed()).toEqual([`${chargeId} Authorized > Captured`]);
  });

  test('is not what a message tells itself, however late its GET is', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await capture();
    await tell();
    await bench.pass(30 * MINUTE);
    await start();
    await wait();
    for (const amount of ['10.00', '84.50']) {
      const refundId = await refund(amount);
      // Amazon tells of a refund when it is processed.
      await bench.pass(MINUTE);
      await tell(refundId, 'REFUND');
      await bench.pass(30 * MINUTE);
      await start();
      await wait();
    }
    expect(await offered()).toEqual([]);
    expect(await missed()).toEqual([]);
  });

  test('is not what the next message tells, which comes while the GET of the one before is made', async () => {
    await tell();
    await bench.pass(10 * SECOND);
    await capture();
    await bench.work();
    expect(await bench.jobs()).toContain(`${chargeId} ready in 120 s untold`);
    await bench.pass(10 * SECOND);
    expect([await offered(), await missed()]).toEqual([[], []]);
    await tell();
    await bench.work();
    expect((await bench.jobs()).filter((job) => job.includes(' ready'))).toEqual([]);
    await wait();
    expect([await offered(), await missed()]).toEqual([[], []]);
  });

  test('is not a refund that the next message names', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await capture();
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    const [first, second] = [await refund('10.00'), await refund('20.00')];
    await tell(first, 'REFUND');
    await bench.work();
    await bench.pass(10 * SECOND);
    await tell(second, 'REFUND');
    await bench.work();
    await wait();
    expect([await offered(), await missed()]).toEqual([[], []]);
  });

  test('is not told by the message about a refund that came on top of it while its own was waited for', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await tell();
    await bench.pass(10 * SECOND);
    await capture();
    await bench.pass(30 * MINUTE);
    await start();
    await bench.pass(30 * SECOND);
    const refundId = await refund('10.00');
    await bench.pass(MINUTE);
    await tell(refundId, 'REFUND');
    await bench.work();
    await wait();
    expect(await offered()).toEqual([chargeId]);
    expect(await missed()).toEqual([`${chargeId} Authorized > Captured`]);
    // Nor is it withdrawn because the refund is told.
    const [{ id }] = (await bench.rows(`SELECT id FROM inbox WHERE topic_arn = 'sweep'`)) as unknown as [
      { id: number },
    ];
    const message = await findMessage(bench.database, id);
    expect(await isToldByAmazon(bench.database, message!)).toBe(false);
  });

  test('is listed from how the object was before it where another change came on top that no message told either', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await tell();
    await bench.pass(10 * SECOND);
    await capture();
    await bench.pass(10 * SECOND);
    await bench.work();
    await bench.pass(40 * SECOND);
    await refund('10.00');
    await bench.pass(30 * MINUTE);
    await wait();
    await start();
    await wait();
    expect(await offered()).toEqual([chargeId]);
    expect(await missed()).toEqual([`${chargeId} Authorized > Captured`]);
  });

  test('is told with what came on top of it, where one message tells of both', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await tell();
    await bench.pass(10 * SECOND);
    await capture();
    await bench.work();
    await bench.pass(20 * SECOND);
    const refundId = await refund('10.00');
    await tell(refundId, 'REFUND');
    await bench.work();
    await bench.pass(10 * SECOND);
    await tell();
    await bench.work();
    await wait();
    expect([await offered(), await missed()]).toEqual([[], []]);
  });

  describe('stays on the list of what was missed', () => {
    test('when a refund of the same amount, that was made later, is told', async () => {
      await tell();
      await bench.work();
      await bench.pass(10 * SECOND);
      await capture();
      await tell();
      await bench.work();
      await bench.pass(5 * MINUTE);
      await refund('10.00');
      await bench.pass(24 * 60 * MINUTE);
      await start();
      await wait();
      const line = `${chargeId} Captured > Captured`;
      expect([await offered(), await missed()]).toEqual([[chargeId], [line]]);
      const later = await refund('10.00');
      await bench.pass(MINUTE);
      await tell(later, 'REFUND');
      await bench.work();
      await wait();
      expect([await offered(), await missed()]).toEqual([[chargeId], [line]]);
    });

    test('when a message tells of what came after it', async () => {
      const early = new Date(bench.clock.now()).toISOString();
      bench.answer(chargeId, { state: 'AuthorizationInitiated', lastUpdatedTimestamp: early });
      await tell();
      await bench.work();
      await bench.pass(10 * SECOND);
      bench.answer(chargeId, { lastUpdatedTimestamp: new Date(bench.clock.now()).toISOString() });
      await bench.pass(30 * MINUTE);
      await start();
      await wait();
      const line = `${chargeId} AuthorizationInitiated > Authorized`;
      expect(await missed()).toEqual([line]);
      bench.answer(chargeId, {});
      await bench.pass(24 * 60 * MINUTE);
      await capture();
      await tell();
      await bench.work();
      await wait();
      expect(await missed()).toEqual([line]);
    });
  });

  describe('has been told after all', () => {
    const forget = async (): Promise<void> => {
      await bench.pass(60 * MINUTE);
      const messagesBefore = bench.clock.now() + 1;
      const ages = { messagesBefore, comparisonsBefore: 0 };
      await bench.rows(`UPDATE job SET state = 'done', ended_at = 1 WHERE kind LIKE 'deliver%'`);
      await deleteOld(bench.database, { ages, isStopped: () => false, onDeleted: () => undefined });
      expect(await bench.rows('SELECT id FROM inbox')).toEqual([]);
    };

    test('also when retention has deleted the message that came late', async () => {
      await tell();
      await bench.work();
      await bench.pass(10 * SECOND);
      await capture();
      await bench.pass(30 * MINUTE);
      await start();
      await wait();
      expect(await missed()).toHaveLength(1);
      await tell();
      await bench.work();
      expect(await missed()).toEqual([]);
      await forget();
      expect(await missed()).toEqual([]);
    });

    test('also when retention has deleted the message that came while a sweep asked', async () => {
      await tell();
      await bench.work();
      await bench.pass(10 * SECOND);
      await capture();
      await bench.pass(30 * MINUTE);
      await new Sweep(bench.parts, bench.worker.quota).start();
      await tell();
      await bench.rows(`UPDATE job SET priority = 10 WHERE kind = 'truth' AND state = 'ready'`);
      await bench.work();
      await wait();
      expect([await offered(), await missed()]).toEqual([[], []]);
      await forget();
      expect(await missed()).toEqual([]);
    });

    test('where Amazon has dated the charge by a refund whose message came half an hour later', async () => {
      await tell();
      await bench.work();
      await bench.pass(10 * SECOND);
      await capture();
      await tell();
      await bench.pass(MINUTE);
      const refundId = await refund('10.00');
      bench.answer(chargeId, { lastUpdatedTimestamp: new Date(bench.clock.now()).toISOString() });
      await bench.pass(30 * MINUTE);
      await tell(refundId, 'REFUND');
      await bench.work();
      await wait();
      expect([await offered(), await missed()]).toEqual([[], []]);
    });
  });

  test.each([
    ['whose id opens nothing', 'refund-of-a-new-form', 1],
    ['of which Amazon is never asked', null, 8],
  ])('is found, and not asked for for ever, beside a message about a refund %s', async (_, id, gets) => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await capture();
    await tell();
    await bench.work();
    const orderKey = chargeId.slice(0, 19);
    await bench.tell({ kind: 'v2', objectId: id ?? `${orderKey}-R999999`, objectType: 'REFUND', orderKey });
    await bench.rows(`DELETE FROM job WHERE state = 'ready'`);
    await bench.pass(10 * SECOND);
    await refund('10.00');
    await tell();
    await bench.work();
    bench.gets();
    await wait(4 * 60 * MINUTE);
    expect(bench.gets().filter((got) => got === chargeId).length).toBeLessThanOrEqual(gets);
    expect([await offered(), await missed()]).toEqual([[chargeId], [`${chargeId} Captured > Captured`]]);
    expect(await isTruthAwaited(bench.database, [orderKey], SWEEP_PRIORITY)).toBe(false);
  });

  // Without a time of its own such an answer says nothing of when that changed which is seen next.
  test.each([
    ['is not what the message before told', false, []],
    ['is that which came later', true, ['Hibernating > Canceled MerchantCanceled']],
  ])('of a state that nobody knows %s', async (_, isCanceled, changes) => {
    await capture();
    await tell();
    bench.answer(chargeId, { state: 'Hibernating', reasonCode: null, lastUpdatedTimestamp: null });
    await bench.work();
    bench.answer(chargeId, {});
    await bench.pass(10 * MINUTE);
    if (isCanceled) bench.answer(chargeId, canceledAt(bench.clock.now()));
    await bench.pass(30 * MINUTE);
    await start();
    await wait();
    expect(await missed()).toEqual(changes.map((change) => `${chargeId} ${change}`));
    expect(await offered()).toEqual(changes.map(() => chargeId));
  });

  test('is waited for all the same where Amazon answers once with what was before', async () => {
    await tell();
    await bench.work();
    await bench.pass(10 * SECOND);
    await tell();
    await bench.pass(10 * SECOND);
    const before = await bench.reader.read('CHARGE', chargeId);
    await shop['cancelCharge']!(chargeId, { cancellationReason: 'none' }, key());
    await bench.pass(30 * MINUTE);
    await start();
    bench.answer(chargeId, before.body['statusDetails'] as object as Readonly<Record<string, unknown>>);
    await bench.pass(120 * SECOND);
    await bench.work();
    bench.answer(chargeId, {});
    await wait();
    expect([await offered(), await missed()]).toEqual([
      [chargeId],
      [`${chargeId} Authorized > Canceled MerchantCanceled`],
    ]);
  });
});
