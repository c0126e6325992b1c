import fc from 'fast-check';
import { IdempotencyKeyError, toIdempotencyKey } from '../../transforms/idempotency-key';

// A fixed seed: the same run every time, so that a red build is red again.
fc.configureGlobal({ seed: 20130101 });

/** What MWS allowed: up to 32 of its alphabet. */
const legalReference = fc
  .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_'), {
    minLength: 1,
    maxLength: 32,
  })
  .map((characters) => characters.join(''));
const anyReference = fc.oneof(
  legalReference,
  fc.string({ minLength: 1, maxLength: 500, unit: 'binary' }),
  fc.uuid(),
  fc.maxSafeInteger(),
);

describe('toIdempotencyKey', () => {
  test('stays the same from release to release: a stored key must keep naming its request', () => {
    expect(toIdempotencyKey('Capture', 'order-1')).toBe('f864591466ae38294838cb69bfe693ec');
  });

  test('keeps within the limits for any reference, and is deterministic', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), anyReference, (operation, reference) => {
        const key = toIdempotencyKey(operation, reference);
        expect(key).toMatch(/^[A-Za-z0-9_-]{1,32}$/);
        expect(toIdempotencyKey(operation, reference)).toBe(key);
      }),
    );
  });

  test('is distinct per operation', () => {
    fc.assert(
      fc.property(anyReference, (reference) => {
        const keys = ['Authorize', 'AuthorizeOnBillingAgreement', 'Capture', 'Refund'].map((operation) =>
          toIdempotencyKey(operation, reference),
        );
        expect(new Set(keys).size).toBe(4);
      }),
    );
  });

  test('is distinct per reference, however the two parts are cut', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.string({ minLength: 1 }), anyReference),
        fc.tuple(fc.string({ minLength: 1 }), anyReference),
        (left, right) => {
          const same = left[0] === right[0] && String(left[1]) === String(right[1]);
          expect(toIdempotencyKey(...left) === toIdempotencyKey(...right)).toBe(same);
        },
      ),
    );
    expect(toIdempotencyKey('a:b', 'c')).not.toBe(toIdempotencyKey('a', 'b:c'));
    expect(toIdempotencyKey('Refund', '\ud800')).not.toBe(toIdempotencyKey('Refund', '\udfff'));
    expect(toIdempotencyKey('Refund', 'R')).not.toBe(toIdempotencyKey('Refund', 'r'));
  });

  test('a number and its digits are one reference, as they were on the wire', () => {
    expect(toIdempotencyKey('Refund', 1718000000000)).toBe(toIdempotencyKey('Refund', '1718000000000'));
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['', 'an empty string'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [{}, 'a value of type object'],
    [true, 'a value of type boolean'],
  ])('refuses %p', (reference, described) => {
    const run = (): string => toIdempotencyKey('Capture', reference as string);
    expect(run).toThrow(IdempotencyKeyError);
    expect(run).toThrow(`but got ${described}.`);
  });

  test('refuses an operation without a name', () => {
    expect(() => toIdempotencyKey('', 'order-1')).toThrow(expect.objectContaining({ code: 'NO_REFERENCE' }));
  });
});
