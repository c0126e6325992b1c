import { judgeRange, rangeLike } from '../../../codemods/dependencies/sdk-range';

describe('judgeRange', () => {
  it.each(['2.1.2', '~2.1.2-beta', '=2.1.0', '1.0.0', '^1.4.0', '1.x', '~2.0.5', '2.0.x', '2.0', 'v2.1.1', '~1'])(
    '%s only admits releases before 2.1.3',
    (range) => {
      const expected = range.startsWith('~2.1') ? 'may-be-older' : 'older';
      expect(judgeRange(range)).toBe(expected);
    },
  );

  it.each(['^2.0.0', '^2', '2', '2.x', '2.1.x', '2.1', '~2.1.0', '~2', '>=2.0.0', '>=1.0.0'])(
    '%s admits releases before and after',
    (range) => {
      expect(judgeRange(range)).toBe('may-be-older');
    },
  );

  it.each([
    '2.1.3',
    '^2.1.3',
    '~2.1.4',
    '^2.3.4',
    '2.3',
    '3',
    '^3.0.0',
    '>=2.2.0',
    'latest',
    '*',
    'workspace:*',
    'catalog:',
    'file:../sdk',
    '1.x || 2.x',
  ])('%s is left alone', (range) => {
    expect(judgeRange(range)).toBe('current');
  });
});

describe('rangeLike', () => {
  it.each([
    ['^0.2.9', '^2.3.4'],
    ['~0.2.9', '~2.3.4'],
    ['0.2.9', '2.3.4'],
    ['=0.2.9', '2.3.4'],
    ['0.2.x', '^2.3.4'],
    ['*', '^2.3.4'],
    ['catalog:', '^2.3.4'],
    ['github:owner/amazon-payments', '^2.3.4'],
    [undefined, '^2.3.4'],
  ])('%s becomes %s', (legacy, expected) => {
    expect(rangeLike(legacy, '2.3.4')).toBe(expected);
  });
});
