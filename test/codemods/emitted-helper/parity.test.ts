import fc from 'fast-check';
import { toPrice as toPriceHere } from '../../../transforms/amounts';
import { toChargeId as toChargeIdHere } from '../../../transforms/ids';
import { toIdempotencyKey } from '../../../transforms/idempotency-key';
import { shorten as shortenHere } from '../../../transforms/text';
import { makeProject, type Project } from '../../stand-in/project';
import { ALL_FUNCTIONS, emit } from './emit';

// A fixed seed: the same run every time, so that a red build is red again.
fc.configureGlobal({ seed: 20130101 });

/** The emitted functions must mean what the transforms of this tool mean: the toolkit and the merchant's code meet. */
interface Emitted {
  toChargeId(id: unknown): string;
  idempotencyKey(operation: string, reference: unknown): string;
  price(amount: unknown, currencyCode: unknown): { amount: string; currencyCode: string };
  toPrice(value: unknown): { amount: string; currencyCode: string };
  shorten(text: unknown, maxLength: number): unknown;
  isTrue(value: unknown): boolean;
  isoTimestamp(value: unknown): unknown;
  besideLegacy<L>(legacyClient: L, v2Client: unknown): L & { checkoutV2: unknown };
}

let project: Project;
let emitted: Emitted;
beforeAll(() => {
  project = makeProject({ 'amazon-pay-v2.js': emit(ALL_FUNCTIONS) });
  emitted = require(`${project.directory}/amazon-pay-v2.js`) as Emitted;
});
afterAll(() => project.remove());

/** The value, or the fact that it was refused. */
function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return 'refused';
  }
}

/** The code of an error from another realm: jest gives modules a realm of their own. */
function codeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('the emitted functions agree with the transforms', () => {
  test('toChargeId, on ids and on anything else', () => {
    const near = fc.stringMatching(/^[PSBC]\d{2}-\d{7}-\d{7}(-[ACRPQ]\d{6,7})?\n?$/);
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (id) => {
        expect(outcome(() => emitted.toChargeId(id))).toBe(outcome(() => toChargeIdHere(id)));
      }),
    );
  });

  test('idempotencyKey', () => {
    const reference = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.bigInt(),
      fc.constantFrom(undefined, null, true, false, '', {}, []),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), reference, (operation, value) => {
        expect(outcome(() => emitted.idempotencyKey(operation, value))).toBe(
          outcome(() => toIdempotencyKey(operation, value as string)),
        );
      }),
    );
  });

  test('price', () => {
    const amount = fc.oneof(
      fc.stringMatching(/^ ?-?\d{0,6}([.,]\d{0,3})?$/),
      fc.double({ min: 1e-6, max: 1e20, noNaN: true }),
      fc.constantFrom('', 'NaN', Number.NaN, Infinity, '1e3', 7n),
    );
    fc.assert(
      fc.property(amount, fc.constantFrom('USD', 'JPY'), (value, currency) => {
        expect(outcome(() => emitted.price(value, currency))).toEqual(outcome(() => toPriceHere(value, currency)));
      }),
    );
  });

  test('shorten', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat({ max: 30 }), (text, maxLength) => {
        expect(emitted.shorten(text, maxLength)).toBe(shortenHere(text, maxLength));
      }),
    );
  });
});

describe('the emitted functions on their own', () => {
  test('toPrice takes a legacy price and one of v2', () => {
    expect(emitted.toPrice({ Amount: '500.00', CurrencyCode: 'JPY' })).toEqual({ amount: '500', currencyCode: 'JPY' });
    expect(emitted.toPrice({ amount: '5', currencyCode: 'USD' })).toEqual({ amount: '5', currencyCode: 'USD' });
    for (const value of [undefined, null, {}, { Amount: 5 }, { CurrencyCode: 'USD' }, '5']) {
      expect(codeOf(() => emitted.toPrice(value))).toBe('AMAZON_PAY_NOT_AN_AMOUNT');
    }
  });

  test('refusals have codes', () => {
    expect(codeOf(() => emitted.toChargeId(undefined))).toBe('AMAZON_PAY_NOT_A_CHARGE_ID');
    expect(codeOf(() => emitted.idempotencyKey('Capture', undefined))).toBe('AMAZON_PAY_NO_REFERENCE');
    expect(codeOf(() => emitted.price('500.50', 'JPY'))).toBe('AMAZON_PAY_NOT_AN_AMOUNT');
    expect(codeOf(() => emitted.price(5, undefined))).toBe('AMAZON_PAY_NOT_AN_AMOUNT');
  });

  test('shorten leaves an absent text absent', () => {
    expect([emitted.shorten(undefined, 5), emitted.shorten(null, 5), emitted.shorten(1234567, 5)]).toEqual([
      undefined,
      null,
      '12345',
    ]);
  });

  test.each([
    [true, true],
    ['true', true],
    ['True', true],
    [false, false],
    ['false', false],
    [undefined, false],
    [null, false],
    ['', false],
    ['yes', false],
  ])('isTrue(%p) is %p', (value, expected) => {
    expect(emitted.isTrue(value)).toBe(expected);
  });

  test.each([
    ['20190714T155300Z', '2019-07-14T15:53:00Z'],
    ['2019-07-14T15:53:00Z', '2019-07-14T15:53:00Z'],
    [1563119580000, '2019-07-14T15:53:00.000Z'],
    [null, undefined],
    [undefined, undefined],
  ])('isoTimestamp(%p) is %p', (value, expected) => {
    expect(emitted.isoTimestamp(value)).toBe(expected);
  });

  test('besideLegacy puts the v2 client on both objects, out of the sight of loops and logs', () => {
    const legacy = { config: 1, offAmazonPayments: { refund: () => undefined } };
    const v2 = { configArgs: { privateKey: 'SECRET' } };
    const both = emitted.besideLegacy(legacy, v2);
    expect(both).toBe(legacy);
    expect(both.checkoutV2).toBe(v2);
    expect((legacy.offAmazonPayments as unknown as { checkoutV2: unknown }).checkoutV2).toBe(v2);
    expect(Object.keys(legacy.offAmazonPayments)).toEqual(['refund']);
    expect(JSON.stringify(legacy)).not.toContain('SECRET');
    const other = {};
    expect(emitted.besideLegacy(legacy, other).checkoutV2).toBe(other);
    expect(emitted.besideLegacy({ refund: 1 }, v2).checkoutV2).toBe(v2);
  });
});
