import { PassThrough } from 'node:stream';
import { createProgress } from '../../src/cli/progress';

function watch(isTTY: boolean, quiet: boolean, times: number[]): string {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const progress = createProgress({ stderr }, { quiet, now: () => times.shift() ?? 0 });
  progress.update('first');
  progress.update('second');
  progress.update('third');
  progress.stop();
  return String(stderr.read() ?? '');
}

describe('progress', () => {
  it('stays silent for the first second, then refreshes at most ten times a second, and clears its line', () => {
    expect(watch(true, false, [0, 999, 1001, 1050])).toBe('\r\u001b[Ksecond\r\u001b[K');
    expect(watch(true, false, [0, 1001, 1050, 1200])).toBe('\r\u001b[Kfirst\r\u001b[Kthird\r\u001b[K');
  });

  it('never shows in a file or pipe, nor under --quiet', () => {
    expect(watch(false, false, [0, 5000, 6000, 7000])).toBe('');
    expect(watch(true, true, [0, 5000, 6000, 7000])).toBe('');
  });
});
