import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { exportEvidence } from '../../../src/proxy/compare/evidence';
import { compareSettings } from '../../../src/proxy/compare/settings';
import { resolveComparisons } from '../../../src/proxy/store/comparisons';
import { authorized, captured, CompareBench, MINUTE, type Delivery } from './compare-bench';

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
      await bench.work(5 * MINUTE);
    }
    const [first] = await bench.divergences();
    await resolveComparisons(bench.database, { signature: first!.signature! }, { who: 'Ada', why: 'known', at: 1 });
    const evidence = await exportEvidence(bench.database, { since: 0, now: bench.clock.now(), settings });
    await bench.database.close();
    const { path } = bench.store.settings as { path: string };
    copyFileSync(path, `${path}.copy`);
    const script = join(__dirname, 'recount.py');
    const recount = JSON.parse(
      execFileSync('python3', [script, `${path}.copy`, '0.95'], { encoding: 'utf8' }),
    ) as Record<string, unknown>;

    const { messages, comparisons, orders, coverage, openDifferences, deadLetters, agreement } = evidence;
    expect({
      messages,
      comparisons,
      orders,
      types: Object.fromEntries(coverage.types.map(({ type, agreeingOrders }) => [type, agreeingOrders])),
      transitions: Object.fromEntries(
        coverage.transitions.map(({ transition, seen, agreeing }) => [transition, [seen, agreeing]]),
      ),
      openDifferences: openDifferences.map(({ id }) => id),
      deadLetters,
    }).toEqual({ ...recount, atLeast: undefined });
    expect(agreement.atLeast).toBeCloseTo(Number(recount['atLeast']), 9);
    // Of every verdict that can come at once there is at least one, or the test shows little.
    const never = Object.entries(comparisons.byVerdict).filter(([, count]) => count === 0);
    expect(never.filter(([verdict]) => verdict !== 'match-late')).toEqual([]);
  } finally {
    await bench.close();
  }
});
