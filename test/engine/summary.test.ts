import { summarise } from '../../src/engine/summary';
import { createFinding } from '../report/sample-run';

const readinessOf = (...efforts: [minutes: number, status: 'open' | 'migrated'][]): number =>
  summarise(
    efforts.map(([effortMinutes, status]) => createFinding({ effortMinutes, status })),
    [],
    { scanned: 0, analysed: 0 },
  ).readiness;

it('readiness is the share of the effort that is done', () => {
  expect(readinessOf()).toBe(100);
  expect(readinessOf([30, 'migrated'], [10, 'open'])).toBe(75);
  expect(readinessOf([10, 'open'])).toBe(0);
  expect(readinessOf([10, 'migrated'])).toBe(100);
});

it('rounding never says that all is done while something is left', () => {
  expect(readinessOf([1000, 'migrated'], [1, 'open'])).toBe(99);
});
