import { PassThrough } from 'node:stream';
import { createProgress } from '../../src/cli/progress';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function watch(isTTY: boolean, quiet: boolean): { update(text: string, wait: number): void; end(): string } {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  let time = 0;
  const progress = createProgress({ stderr }, { quiet, now: () => time });
  return {
    update: (text, wait) => {
      progress.update(text);
      for (let step = 0; step < wait; step += 50) {
        time += 50;
        jest.advanceTimersByTime(50);
      }
    },
    end: () => {
      progress.stop();
      return String(stderr.read() ?? '');
    },
  };
}

describe('progress', () => {
  it('stays silent for the first second, then shows the latest with its seconds, and clears its line', () => {
    const { update, end } = watch(true, false);
    update('first', 950);
    update('second', 150);
    expect(end()).toBe('\r\u001b[Ksecond (1 s)\r\u001b[K');
  });

  it('goes on while one step takes long', () => {
    const { update, end } = watch(true, false);
    update('checking', 2200);
    expect(end()).toBe('\r\u001b[Kchecking (1 s)\r\u001b[Kchecking (2 s)\r\u001b[K');
  });

  it('writes nothing for what is quick', () => {
    const { update, end } = watch(true, false);
    update('first', 500);
    expect(end()).toBe('');
  });

  it('never shows in a file or pipe, nor under --quiet', () => {
    for (const { update, end } of [watch(false, false), watch(true, true)]) {
      update('first', 5000);
      expect(end()).toBe('');
    }
  });
});
