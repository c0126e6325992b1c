import fc from 'fast-check';
import { IdError, recogniseId, toChargeId, toChargePermissionId } from '../../transforms/ids';

// A fixed seed: the same run every time, so that a red build is red again.
fc.configureGlobal({ seed: 20130101 });

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((values) => values.join(''));
const parent = (letters: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...letters), digits(2), digits(7), digits(7))
    .map(([letter, region, first, second]) => `${letter}${region}-${first}-${second}`);

/** Runs a conversion and returns the code of its refusal. */
function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof IdError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('recogniseId', () => {
  test.each([
    ['P02-1234567-7654321', 'orderReference', 'live'],
    ['S01-2063624-0128488', 'orderReference', 'sandbox'],
    ['B01-7746179-0109340', 'billingAgreement', 'live'],
    ['C01-4249881-9140092', 'billingAgreement', 'sandbox'],
    ['S01-2063624-0128488-A098527', 'authorization', 'sandbox'],
    ['P01-2063624-0128488-C098527', 'charge', 'live'],
    ['S01-1024662-1173740-R095796', 'refund', 'sandbox'],
    ['S01-0458164-4040121-P098523', 'providerCredit', 'sandbox'],
    ['S01-0458164-4040121-Q021623', 'providerCreditReversal', 'sandbox'],
    ['bd504926-f659-4ad7-a1a9-9a747aaf5275', 'checkoutSession', null],
  ])('%s is %s of %s', (id, kind, environment) => {
    expect(recogniseId(id)).toEqual({ kind, environment });
  });

  test.each([
    ['a chargeback id', 'C9KORZRXQ655G'],
    ['an id of old documentation', 'P01-1234567-1234567-0000001'],
    ['a charge on an agreement id, which does not exist', 'C01-1234567-1234567-A006334'],
    ['a trailing line break', 'S01-2063624-0128488\n'],
    ['a leading space', ' S01-2063624-0128488'],
    ['lower case', 's01-2063624-0128488'],
    ['an unknown letter', 'X01-2063624-0128488'],
    ['digits of another script', 'S٠١-2063624-0128488'],
    ['seven digits', 'S01-2063624-0128488-A0985271'],
    ['an empty string', ''],
  ])('%s is not recognised', (_, id) => {
    expect(recogniseId(id)).toBeNull();
  });
});

describe('toChargeId', () => {
  test('changes the 21st character of any authorization id, and nothing else', () => {
    fc.assert(
      fc.property(parent('PS'), digits(6), (order, number) => {
        const authorization = `${order}-A${number}`;
        const charge = toChargeId(authorization);
        expect(charge.charAt(20)).toBe('C');
        expect(charge.slice(0, 20) + charge.slice(21)).toBe(authorization.slice(0, 20) + authorization.slice(21));
        expect(recogniseId(charge)?.kind).toBe('charge');
      }),
    );
  });

  test('returns a charge id unchanged, so that converting twice is converting once', () => {
    fc.assert(
      fc.property(parent('PS'), digits(6), (order, number) => {
        expect(toChargeId(`${order}-C${number}`)).toBe(`${order}-C${number}`);
      }),
    );
  });

  test('refuses every other known id', () => {
    const other = fc.oneof(
      parent('PSBC'),
      fc
        .tuple(parent('PS'), fc.constantFrom('R', 'P', 'Q', 'B', 'a', 'c'), digits(6))
        .map(([order, letter, number]) => `${order}-${letter}${number}`),
      fc
        .tuple(parent('BC'), fc.constantFrom('A', 'C'), digits(6))
        .map(([agreement, letter, number]) => `${agreement}-${letter}${number}`),
      fc.uuid(),
    );
    fc.assert(fc.property(other, (id) => expect(codeOf(() => toChargeId(id))).toBe('NOT_A_CHARGE_ID')));
  });

  test('refuses an id with anything around it', () => {
    const noise = fc.string({ minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(parent('PS'), digits(6), noise, fc.boolean(), (order, number, around, before) => {
        const id = before ? `${around}${order}-A${number}` : `${order}-A${number}${around}`;
        expect(codeOf(() => toChargeId(id))).toBe('NOT_A_CHARGE_ID');
      }),
    );
  });

  test('refuses arbitrary text, and anything that is no text', () => {
    fc.assert(fc.property(fc.string(), (id) => expect(codeOf(() => toChargeId(id))).toBe('NOT_A_CHARGE_ID')));
    fc.assert(
      fc.property(
        fc.anything().filter((value) => typeof value !== 'string'),
        (value) => {
          expect(codeOf(() => toChargeId(value as string))).toBe('NOT_A_CHARGE_ID');
        },
      ),
    );
  });

  test('says what the id should look like, and stays short for a long id', () => {
    expect(() => toChargeId('S01-2063624-0128488')).toThrow(/"S01-2063624-0128488".*S01-1234567-1234567-A123456/);
    expect(() => toChargeId('x'.repeat(10_000))).toThrow(/^.{1,400}$/);
  });
});

describe('toChargePermissionId', () => {
  test('keeps order reference and billing agreement ids', () => {
    fc.assert(fc.property(parent('PSBC'), (id) => expect(toChargePermissionId(id)).toBe(id)));
  });

  test('never derives one from an authorization, charge or refund id', () => {
    fc.assert(
      fc.property(parent('PSBC'), fc.constantFrom('A', 'C', 'R'), digits(6), (order, letter, number) => {
        expect(codeOf(() => toChargePermissionId(`${order}-${letter}${number}`))).toBe('NOT_A_CHARGE_PERMISSION_ID');
      }),
    );
  });
});
