import { findNearest } from '../../transforms/find-nearest';

describe('findNearest', () => {
  it.each([
    ['fail-onn', 'fail-on'],
    ['reprot', 'report'],
    ['failOn', 'fail-on'],
    ['WRITE', 'write'],
  ])('takes %s for %s', (given, meant) => {
    expect(findNearest(given, ['report', 'fail-on', 'write', 'json'])).toBe(meant);
  });

  it('suggests nothing far-fetched', () => {
    expect(findNearest('frobnicate', ['report', 'json'])).toBeNull();
    expect(findNearest('x'.repeat(100_000), ['report'])).toBeNull();
    expect(findNearest('a', [])).toBeNull();
  });
});
