import { SerialQueue } from '../../../src/proxy/store/sqlite/serial-queue';

/** As a commit on a slow disk: nothing else of the process runs meanwhile. */
function block(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe('work that is done one after the other', () => {
  test('in the order in which it was handed in, also after some that failed', async () => {
    const queue = new SerialQueue();
    const done: number[] = [];
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const all = [1, 2, 3].map((number) => queue.run(() => Promise.resolve(done.push(number))));
    await expect(failing).rejects.toThrow('no');
    await Promise.all(all);
    expect(done).toEqual([1, 2, 3]);
  });

  test('lets the process do other things in between, however much waits', async () => {
    const queue = new SerialQueue();
    let [turns, left] = [0, 20];
    const count = (): void => {
      turns += 1;
      if (left > 0) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(
      Array.from({ length: left }, () =>
        queue.run(() => {
          block(12);
          left -= 1;
          return Promise.resolve();
        }),
      ),
    );
    expect(turns).toBeGreaterThanOrEqual(18);
  });
});
