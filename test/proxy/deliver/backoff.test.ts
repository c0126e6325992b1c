import { nextTry, readRetryAfter, type Tried } from '../../../src/proxy/deliver/backoff';
import { Breaker, type BreakerState } from '../../../src/proxy/deliver/breaker';
import type { Failure } from '../../../src/proxy/deliver/failure';
import { settingsFor } from './deliver-settings';

const SECOND = 1000;
const HOUR = 3_600_000;
const { retry, breaker: breakerSettings } = settingsFor('http://127.0.0.1:1/', 'http://127.0.0.1:2/');
const middle = (): number => 0.5;
const tried = (more: Partial<Tried>): Tried => ({
  failure: 'status-5xx',
  failed: 1,
  refused: 0,
  firstAt: 0,
  now: 0,
  retryAfterMs: null,
  ...more,
});
const pause = (more: Partial<Tried>, random = middle): number | 'dead' => {
  const next = nextTry(tried(more), retry, random);
  return 'at' in next ? next.at - (more.now ?? 0) : 'dead';
};

test.each([
  [1, 5],
  [2, 10],
  [3, 20],
  [4, 40],
  [10, 2560],
  [11, 3600],
  [60, 3600],
])('after failure %d it is tried again in %d s, more or less a fifth', (failed, seconds) => {
  expect(pause({ failed })).toBe(seconds * SECOND);
  expect(pause({ failed }, () => 0)).toBe(seconds * SECOND * 0.8);
  expect(pause({ failed }, () => 1)).toBe(seconds * SECOND * 1.2);
});

test.each<[string, number, number]>([
  ['less than the first pause', 1 * SECOND, 5 * SECOND],
  ['two minutes', 120 * SECOND, 120 * SECOND],
  ['two days', 48 * HOUR, 24 * HOUR],
])('a handler that asks for %s gets its time, and never less', (_, asked, given) => {
  expect(pause({ retryAfterMs: asked }, () => 0)).toBe(given);
  expect(pause({ retryAfterMs: asked }, () => 1)).toBe(given * 1.2);
});

test('after three days it is dead, whatever it failed of', () => {
  expect(pause({ failed: 80, now: 72 * HOUR - 1 })).toBe(HOUR);
  expect(pause({ failed: 80, now: 72 * HOUR })).toBe('dead');
});

test.each<Failure>(['status-4xx', 'redirect', 'unsendable'])(
  '%s is tried a few times in two hours, then dead',
  (failure) => {
    const pauses = [1, 2, 3, 4, 5, 6, 7].map((refused) => pause({ failure, refused, failed: refused }));
    expect(pauses).toEqual([10 * SECOND, 60 * SECOND, 300 * SECOND, 900 * SECOND, 1800 * SECOND, HOUR, 'dead']);
  },
);

test('a refusal after failures of other kinds is the first refusal', () => {
  expect(pause({ failure: 'status-4xx', failed: 30, refused: 1 })).toBe(10 * SECOND);
});

test.each<[string | undefined, number | null]>([
  [undefined, null],
  ['120', 120_000],
  [' 7 ', 7000],
  ['Thu, 15 Jan 2026 12:01:00 GMT', 60_000],
  ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  ['1e9', null],
  ['99999999999999', null],
])('Retry-After %p is %p ms', (value, milliseconds) => {
  expect(readRetryAfter(value, Date.UTC(2026, 0, 15, 12))).toBe(milliseconds);
});

describe('breaker', () => {
  const changes: BreakerState[] = [];
  let breaker: Breaker;
  beforeEach(() => {
    changes.length = 0;
    breaker = new Breaker(breakerSettings, (state) => changes.push(state));
  });
  const fail = (lanes: readonly string[], failure: Failure = 'connect', now = 0): void =>
    lanes.forEach((lane) => breaker.failed(failure, lane, now));
  const five = ['a', 'b', 'c', 'd', 'e'];

  test('one order that fails a thousand times does not open it', () => {
    fail(Array.from({ length: 1000 }, () => 'a'));
    expect(breaker.state(0)).toBe('closed');
  });

  test('failures of five orders in a row open it; with a success between they do not', () => {
    fail(five.slice(0, 4));
    breaker.succeeded();
    fail(five.slice(0, 4));
    expect(breaker.state(0)).toBe('closed');
    fail(['e']);
    expect([breaker.state(0), breaker.letThrough(0)]).toEqual(['open', false]);
  });

  test('a refusal is an answer: the handler is there', () => {
    fail(five, 'status-4xx');
    expect(breaker.state(0)).toBe('closed');
  });

  test('one probe goes at a time; its failure opens it anew, its success closes it', () => {
    fail(five);
    const probeAt = breakerSettings.probeMs;
    expect(breaker.letThrough(probeAt - 1)).toBe(false);
    expect([breaker.letThrough(probeAt), breaker.letThrough(probeAt)]).toEqual([true, false]);
    breaker.failed('timeout', 'f', probeAt);
    expect([breaker.state(probeAt), breaker.letThrough(2 * probeAt - 1)]).toEqual(['open', false]);
    expect(breaker.letThrough(2 * probeAt)).toBe(true);
    breaker.succeeded();
    expect([breaker.letThrough(2 * probeAt), breaker.letThrough(2 * probeAt)]).toEqual([true, true]);
    expect(changes).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  test('a probe that was not sent after all leaves room for another', () => {
    fail(five);
    expect(breaker.letThrough(breakerSettings.probeMs)).toBe(true);
    breaker.gaveUp();
    expect(breaker.letThrough(breakerSettings.probeMs)).toBe(true);
  });

  test('what was under way when it opened does not put the probe off', () => {
    fail(five);
    fail(['f', 'g'], 'timeout', breakerSettings.probeMs - 1);
    expect(breaker.letThrough(breakerSettings.probeMs)).toBe(true);
  });
});
