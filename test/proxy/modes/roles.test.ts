import { modes } from '../../../src/proxy/modes/mode';
import { rolesOf, sideUnder } from '../../../src/proxy/modes/roles';
import { sideByShare } from '../../../src/proxy/modes/share';

/** mode, origin, side by share or by what was before → legacy, migrated, and the side that the order is on then. */
const table = `
  observe   v1  legacy    primary  none     legacy
  observe   v1  migrated  primary  none     legacy
  observe   v2  legacy    primary  none     legacy
  observe   v2  migrated  primary  none     legacy
  shadow    v1  legacy    primary  dry-run  legacy
  shadow    v1  migrated  primary  dry-run  legacy
  shadow    v2  legacy    primary  dry-run  legacy
  shadow    v2  migrated  primary  dry-run  legacy
  parallel  v1  legacy    primary  dry-run  legacy
  parallel  v1  migrated  primary  dry-run  legacy
  parallel  v2  legacy    none     primary  migrated
  parallel  v2  migrated  none     primary  migrated
  cutover   v1  legacy    primary  dry-run  legacy
  cutover   v1  migrated  none     primary  migrated
  cutover   v2  legacy    none     primary  migrated
  cutover   v2  migrated  none     primary  migrated
  rollback  v1  legacy    primary  none     legacy
  rollback  v1  migrated  primary  none     legacy
  rollback  v2  legacy    none     primary  migrated
  rollback  v2  migrated  none     primary  migrated`;
const rows = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/)) as [never, never, never, string, string, string][];

test.each(rows)('%s, order of %s on %s: legacy %s, migrated %s', (mode, origin, side, legacy, migrated, then) => {
  expect(rolesOf(mode, origin, side)).toEqual({ legacy, migrated });
  expect(sideUnder(mode, origin, side)).toBe(then);
});

test('the table has every combination, and exactly one handler counts in each', () => {
  expect(new Set(rows.map((row) => row.slice(0, 3).join())).size).toBe(modes.length * 4);
  for (const [, , , ...roles] of rows) expect(roles.filter((role) => role === 'primary')).toHaveLength(1);
});

describe('share', () => {
  const keys = Array.from({ length: 4000 }, (_, index) => `P01-1112223-${String(index).padStart(7, '0')}`);
  const migrated = (percent: number): readonly string[] =>
    keys.filter((key) => sideByShare(key, percent) === 'migrated');

  test('of 0 % no order, of 100 % each', () => {
    expect(migrated(0)).toEqual([]);
    expect(migrated(100)).toEqual(keys);
  });

  test('of 10 % about a tenth, and a larger share has all the orders of a smaller one', () => {
    const tenth = migrated(10);
    expect(tenth.length).toBeGreaterThan(320);
    expect(tenth.length).toBeLessThan(480);
    expect(new Set(migrated(25))).toEqual(new Set([...migrated(25), ...tenth]));
  });
});
