import { listObjects } from '../../../src/proxy/store/amazon-objects';
import { stopAsking } from '../../../src/proxy/store/unasked-messages';
import { makeUpForUnasked } from '../../../src/proxy/truth/make-up';
import { startTruth } from '../../../src/proxy/truth/start-truth';
import { json, startFakeAmazon, type FakeAmazon } from '../../amazon-pay/v2/fake-amazon';
import { stores } from '../stores';
import { openBench, settingsFor, type TruthBench } from './truth-bench';

const order = (number: number): string => `S01-1112223-${String(number).padStart(7, '0')}`;
const charge = (number: number): string => `${order(number)}-C000111`;

describe.each(stores)('messages that came while there was no key for Amazon, on %s', (driver) => {
  let amazon: FakeAmazon;
  let bench: TruthBench;
  beforeEach(async () => {
    amazon = await startFakeAmazon();
    const statusDetails = { state: 'Captured', lastUpdatedTimestamp: '20260115T115900Z' };
    amazon.answer = json(200, { statusDetails });
    bench = await openBench(driver, settingsFor(amazon.url, { quotaShare: 1 }));
  });
  afterEach(async () => {
    await bench.close();
    await amazon.close();
  });

  /** As the receiver keeps it without a key. */
  const come = async (...numbers: readonly number[]): Promise<void> => {
    for (const number of numbers) await bench.tell({ kind: 'v2', objectId: charge(number) });
    await bench.rows(`DELETE FROM job WHERE state = 'ready'`);
  };

  test('make their GET once there is one, behind those that come then', async () => {
    await come(1, 2, 1);
    expect(await makeUpForUnasked(bench.parts)).toBe(true);
    expect(await bench.jobs()).toEqual([`${charge(1)} ready in 0 s`, `${charge(2)} ready in 0 s`]);
    await bench.tell({ kind: 'v2', objectId: charge(3) });
    const [first] = await bench.parts.queue.claim({ kind: 'truth', limit: 1, leaseMs: 1000 });
    expect(first).toMatchObject({ subject: charge(3) });
    await bench.work();
    expect(await listObjects(bench.database, order(2))).toMatchObject([{ canonical: { state: 'captured' } }]);
    // It is no change that a sweep found.
    expect(await bench.rows(`SELECT id FROM inbox WHERE topic_arn = 'sweep'`)).toEqual([]);
  });

  test('and only they: what was asked is not asked again', async () => {
    await bench.tell({ kind: 'v2', objectId: charge(1) });
    await bench.work();
    await makeUpForUnasked(bench.parts);
    await stopAsking(bench.database, bench.clock.now());
    await come(2);
    await makeUpForUnasked(bench.parts);
    expect(await bench.jobs()).toEqual([`${charge(1)} done new`, `${charge(2)} ready in 0 s`]);
  });

  test('with those that still waited when the key was taken away', async () => {
    await makeUpForUnasked(bench.parts);
    await bench.tell({ kind: 'v2', objectId: charge(1) });
    await stopAsking(bench.database, bench.clock.now());
    expect(await bench.jobs()).toEqual([`${charge(1)} expired no-key`]);
    await makeUpForUnasked(bench.parts);
    expect((await bench.jobs()).at(-1)).toBe(`${charge(1)} ready in 0 s`);
  });

  test('are gone through a few hundred at a time', async () => {
    await come(...Array.from({ length: 501 }, (_, number) => number));
    expect(await makeUpForUnasked(bench.parts)).toBe(false);
    expect(await bench.jobs()).toHaveLength(500);
    expect(await makeUpForUnasked(bench.parts)).toBe(true);
    expect(await bench.jobs()).toHaveLength(501);
  });

  test('at the start', async () => {
    await come(1);
    const asked = new Promise<string>((resolve) => {
      amazon.answer = (response, { path }) => {
        if (path.includes('/charges/')) resolve(path);
        json(200, {})(response);
      };
    });
    const truth = startTruth(bench.parts);
    expect(await asked).toContain(charge(1));
    await truth.stop();
  });
});
