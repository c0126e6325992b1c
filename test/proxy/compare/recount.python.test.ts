import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { exportEvidence } from '../../../src/proxy/compare/evidence';
import { compareSettings } from '../../../src/proxy/compare/settings';
import { resolveComparisons } from '../../../src/proxy/store/comparisons';
import { readOverview } from '../../../src/proxy/store/overview';
import { authorized, captured, CompareBench, MINUTE, type Delivery } from './compare-bench';

const script = join(__dirname, 'recount.py');

/** What can become of a delivery. */
const ends: readonly Delivery[] = [
  { json: captured() },
  { json: captured() },
  { json: captured() },
  { json: authorized() },
  { json: 'OK' },
  { end: 'dead', reason: 'http-500' },
  { end: 'superseded', reason: 'mode:observe' },
  { reason: 'unreadable' },
];
const types = ['CHARGE', 'REFUND', 'CHARGE_PERMISSION', 'PaymentCapture', 'PaymentAuthorize'] as const;
const amazonStates = ['Authorized', 'Captured', 'Captured', 'Declined', 'SomethingNew', null] as const;

/** Ninety messages about thirty orders; a fixed seed, so that it is the same every time. */
const events = fc.sample(
  fc.record({
    order: fc.integer({ min: 1, max: 30 }),
    type: fc.constantFrom(...types),
    amazon: fc.constantFrom(...amazonStates),
    legacy: fc.constantFrom(...ends),
    migrated: fc.constantFrom(...ends),
  }),
  { numRuns: 90, seed: 20_130_101 },
);

test('whoever counts the database comes to the same figures as the evidence (I7)', async () => {
  const rule = { owner: 'Ada', reason: 'captured at night', expires: '2026-12-31' };
  const rules = [
    { ...rule, id: 'late-amount', field: 'captured', migrated: '0' },
    { ...rule, id: 'late-state', field: 'state', legacy: 'captured', migrated: 'authorized' },
  ];
  const settings = compareSettings.parse({ resampleForMs: 0, rules });
  const bench = await CompareBench.open('sqlite', settings);
  try {
    for (const { order, ...event } of events) {
      await bench.happen({ ...event, orderKey: `S01-1112223-${String(order).padStart(7, '0')}` });
      // The last ones are payments on one agreement.
      await bench.database.query(
        `UPDATE amazon_object SET order_key = 'C01-1112223-0000001' WHERE object_id > 'S01-1112223-0000027'`,
      );
      await bench.work(5 * MINUTE);
    }
    const [first] = await bench.divergences();
    await resolveComparisons(bench.database, { signature: first!.signature! }, { who: 'Ada', why: 'known', at: 1 });
    const evidence = await exportEvidence(bench.database, { since: 0, now: bench.clock.now(), settings });
    const status = await readOverview(bench.database, bench.clock.now());
    await bench.database.close();
    const { path } = bench.store.settings as { path: string };
    copyFileSync(path, `${path}.copy`);
    const recount = (said: object, shown: object): unknown => {
      writeFileSync(`${path}.evidence.json`, JSON.stringify(said));
      writeFileSync(`${path}.status.json`, JSON.stringify(shown));
      const parameters = [script, `${path}.copy`, `${path}.evidence.json`, `${path}.status.json`];
      return JSON.parse(execFileSync('python3', parameters, { encoding: 'utf8' }));
    };
    expect(recount(evidence, status)).toEqual([]);
    // Whoever said something else would be found out.
    const { comparisons, openDifferences, agreement } = evidence;
    const wrong = {
      ...evidence,
      openDifferences: openDifferences.slice(1),
      deadLetters: evidence.deadLetters + 1,
      agreement: { ...agreement, atLeast: agreement.atLeast + 1e-6 },
    };
    const [kind, ...kinds] = status.messages;
    const wrongStatus = { ...status, messages: [{ ...kind, seen: 1000 }, ...kinds] };
    expect(recount(wrong, wrongStatus)).toMatchObject([
      { figure: 'openDifferences' },
      { figure: 'deadLetters', said: evidence.deadLetters + 1, counted: evidence.deadLetters },
      { figure: 'atLeast' },
      { figure: 'stored' },
    ]);
    // Of every verdict that can come at once there is at least one, or the test shows little.
    const never = Object.entries(comparisons.byVerdict).filter(([, count]) => count === 0);
    expect(never.filter(([verdict]) => verdict !== 'match-late')).toEqual([]);
  } finally {
    await bench.close();
  }
});
