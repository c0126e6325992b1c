import { createElapsed } from '../../../src/proxy/store/elapsed';

const HOUR = 3_600_000;

test('time in which the machine was suspended has passed, and no other', () => {
  const world = { running: 500, sinceBoot: 90_000 };
  const elapsed = createElapsed(
    () => world.running,
    () => world.sinceBoot,
  );
  const pass = (running: number, suspended = 0): number => {
    const before = elapsed();
    world.running += running;
    world.sinceBoot += running + suspended;
    return elapsed() - before;
  };
  expect(pass(5000)).toBe(5000);
  expect(pass(1000, 8 * HOUR)).toBe(1000 + 8 * HOUR);
  expect(pass(1000)).toBe(1000);
  // Counters of hundredths and of whole seconds differ by less than a second or two.
  world.sinceBoot += 999;
  expect(pass(1000)).toBe(1000);
  world.sinceBoot -= 999;
  expect(pass(1000, 3 * HOUR)).toBe(1000 + 3 * HOUR);
});

test('it counts as the machine does', async () => {
  const elapsed = createElapsed();
  const [before, running] = [elapsed(), performance.now()];
  await new Promise(setImmediate);
  expect(elapsed() - before).toBeCloseTo(performance.now() - running, -2);
});
