import { Loop } from '../../src/proxy/loop';
import { silentObserver } from '../../src/proxy/observer';

describe('a loop', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('works when it is woken, and again after the time that the work says', async () => {
    let times = 0;
    const loop = new Loop('test', () => Promise.resolve((times += 1) * 100), silentObserver);
    loop.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(times).toBe(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(times).toBe(2);
    loop.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(times).toBe(3);
    await loop.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(times).toBe(3);
  });

  test('is never at work twice at a time; what is asked for meanwhile is done afterwards', async () => {
    const waiting: (() => void)[] = [];
    let times = 0;
    const loop = new Loop(
      'test',
      () => new Promise((done) => void ((times += 1), waiting.push(() => done(60_000)))),
      silentObserver,
    );
    loop.wake();
    loop.wake();
    loop.wake();
    expect(times).toBe(1);
    waiting.shift()?.();
    await jest.advanceTimersByTimeAsync(0);
    expect(times).toBe(2);
    const stopped = loop.stop();
    waiting.shift()?.();
    await stopped;
    expect(times).toBe(2);
  });

  test('tells what failed and goes on', async () => {
    const failed: unknown[] = [];
    let times = 0;
    const loop = new Loop(
      'test',
      () => ((times += 1) === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(60_000)),
      { failed: (event) => void failed.push(event) },
    );
    loop.wake();
    await jest.advanceTimersByTimeAsync(1000);
    expect(times).toBe(2);
    expect(failed).toEqual([{ part: 'test', error: new Error('gone') }]);
    await loop.stop();
  });
});
