import { exactLowerBound } from '../../../src/proxy/compare/exact-bound';

/** The lower end of an exact 95 % interval is the one-sided bound with 97.5 %. Values of R's binom.test. */
test.each([
  [8, 10, 0.975, 0.4439045],
  [1, 10, 0.975, 0.002528579],
  [9, 10, 0.975, 0.5549839],
  [5, 10, 0.975, 0.187086],
  [80, 100, 0.975, 0.7081573],
  [10, 10, 0.975, 0.6915029],
  [0, 10, 0.975, 0],
  [0, 0, 0.95, 0],
])('%d of %d with %d is %d', (agreeing, orders, confidence, expected) => {
  expect(exactLowerBound(agreeing, orders, confidence)).toBeCloseTo(expected, 6);
});

test.each([59, 299, 2995])('%d orders without a difference: the rule of three', (orders) => {
  expect(exactLowerBound(orders, orders, 0.95)).toBeCloseTo(1 - 3 / orders, 2);
});

/** By the definition: the chance of so many agreeing orders, if no more than the bound agreed, is 5 %. */
test.each([
  [299, 300],
  [290, 300],
  [2990, 3000],
  [150, 300],
  [1, 300],
])('%d of %d, summed term by term', (agreeing, orders) => {
  const bound = exactLowerBound(agreeing, orders, 0.95);
  let logTerm = orders * Math.log1p(-bound);
  let below = 0;
  for (let hits = 0; hits < agreeing; hits += 1) {
    below += Math.exp(logTerm);
    logTerm += Math.log(orders - hits) - Math.log(hits + 1) + Math.log(bound) - Math.log1p(-bound);
  }
  expect(1 - below).toBeCloseTo(0.05, 8);
});

test('a million orders take no time and lose no digit', () => {
  expect(exactLowerBound(999_990, 1_000_000, 0.95)).toBeCloseTo(0.99998304, 7);
});
