import { toCanonicalObject, unknownObject, type CanonicalObject } from '../../../src/proxy/compare/canonical-object';
import { orderOutcome } from '../../../src/proxy/compare/order-outcome';
import { objectStates } from '../../../src/proxy/compare/object-states';
import { isSameField, type Outcome } from '../../../src/proxy/compare/outcome';
import { readAnswer, readOutcome } from '../../../src/proxy/compare/read-outcome';
import type { NotifiedObject } from '../../../src/catalog/notifications';

const ORDER = 'S01-1112223-3334445';
const price = (amount: string, currencyCode = 'USD'): object => ({ amount, currencyCode });

interface Details {
  readonly state: string;
  readonly reason?: string;
  readonly reasons?: readonly string[];
  readonly resolution?: string;
}

const statusOf = ({ state, reason, reasons, resolution }: Details): object => ({
  state,
  reasonCode: reason ?? null,
  reasons: reasons === undefined ? null : reasons.map((reasonCode) => ({ reasonCode, reasonDescription: null })),
  resolution: resolution ?? null,
  lastUpdatedTimestamp: '20260115T120000Z',
});

let number = 0;
const nextId = (letter: string): string => `${ORDER}-${letter}${String((number += 1)).padStart(6, '0')}`;

function charge(details: Details, amounts: object = {}): CanonicalObject {
  const id = nextId('C');
  return toCanonicalObject('CHARGE', id, {
    chargeId: id,
    chargePermissionId: ORDER,
    chargeAmount: price('94.50'),
    captureAmount: details.state === 'Captured' ? price('94.50') : null,
    refundedAmount: details.state === 'Captured' ? price('0.00') : null,
    creationTimestamp: `20260115T${String(number).padStart(6, '0')}Z`,
    statusDetails: statusOf(details),
    ...amounts,
  });
}
const permission = (details: Details, more: object = {}): CanonicalObject =>
  toCanonicalObject('CHARGE_PERMISSION', ORDER, {
    presentmentCurrency: 'USD',
    statusDetails: statusOf(details),
    ...more,
  });
function refund(of: CanonicalObject, state: string, amount = '94.50'): CanonicalObject {
  const id = nextId('R');
  return toCanonicalObject('REFUND', id, {
    chargeId: of.objectId,
    refundAmount: price(amount),
    statusDetails: statusOf({ state }),
  });
}
const dispute = (of: CanonicalObject, details: Details): CanonicalObject =>
  toCanonicalObject('CHARGEBACK', nextId('B'), { chargeId: of.objectId, statusDetails: statusOf(details) });

/** Each state and reason of states.md section 2 and captures.md sections 2.3 and 2.6: what it is, and whether it is an end. */
const everyState: readonly (readonly [NotifiedObject, Details, string, boolean])[] = [
  ['CHARGE', { state: 'AuthorizationInitiated' }, 'pending', false],
  ['CHARGE', { state: 'Authorized' }, 'authorized', false],
  ['CHARGE', { state: 'CaptureInitiated' }, 'pending', false],
  ['CHARGE', { state: 'Captured' }, 'captured', true],
  ...['ExpiredUnused', 'AmazonCanceled', 'MerchantCanceled', 'ChargePermissionCanceled', 'BuyerCanceled'].map(
    (reason) => ['CHARGE', { state: 'Canceled', reason }, 'canceled', true] as const,
  ),
  ...['SoftDeclined', 'HardDeclined', 'AmazonRejected', 'ProcessingFailure', 'TransactionTimedOut'].map(
    (reason) => ['CHARGE', { state: 'Declined', reason }, 'declined', true] as const,
  ),
  ['REFUND', { state: 'RefundInitiated' }, 'pending', false],
  ['REFUND', { state: 'Refunded' }, 'refunded', true],
  ...['AmazonRejected', 'ProcessingFailure'].map(
    (reason) => ['REFUND', { state: 'Declined', reason }, 'declined', true] as const,
  ),
  ['CHARGE_PERMISSION', { state: 'Chargeable' }, 'open', false],
  ['CHARGE_PERMISSION', { state: 'NonChargeable', reasons: ['ChargeInProgress'] }, 'open', false],
  ['CHARGE_PERMISSION', { state: 'NonChargeable', reasons: ['TransactionAmountExceeded'] }, 'open', false],
  ...[
    'PaymentMethodInvalid',
    'PaymentMethodDeleted',
    'PaymentMethodExpired',
    'PaymentMethodNotAllowed',
    'PaymentMethodNotSet',
    'BillingAddressDeleted',
    'MFAFailed',
  ].map((reason) => ['CHARGE_PERMISSION', { state: 'NonChargeable', reasons: [reason] }, 'pending', false] as const),
  ['CHARGE_PERMISSION', { state: 'NonChargeable', reasons: ['ChargeInProgress', 'MFAFailed'] }, 'pending', false],
  ...['MerchantCanceled', 'BuyerCanceled', 'AmazonCanceled'].map(
    (reason) => ['CHARGE_PERMISSION', { state: 'Closed', reasons: [reason] }, 'canceled', true] as const,
  ),
  ...['MerchantClosed', 'BuyerClosed', 'AmazonClosed', 'Expired'].map(
    (reason) => ['CHARGE_PERMISSION', { state: 'Closed', reasons: [reason] }, 'closed', true] as const,
  ),
  ['CHARGE_PERMISSION', { state: 'Closed' }, 'closed', true],
  ['CHARGEBACK', { state: 'ActionRequired', reason: 'MerchantResponseRequired' }, 'disputed', false],
  ['CHARGEBACK', { state: 'UnderReview' }, 'disputed', false],
  ...['Resolved', 'Closed'].flatMap((state) => [
    ['CHARGEBACK', { state, resolution: 'BuyerWon' }, 'disputed', true] as const,
    ['CHARGEBACK', { state, resolution: 'MerchantWon' }, 'closed', true] as const,
    ['CHARGEBACK', { state, resolution: 'NoFault' }, 'closed', true] as const,
  ]),
  // What this version does not know is kept as it is, and decides nothing.
  ['CHARGE', { state: 'PartiallyCaptured' }, 'unknown', false],
  ['CHARGE', { state: 'constructor' }, 'unknown', false],
  ['CHARGE_PERMISSION', { state: 'NonChargeable', reasons: ['ChargeInProgress', 'SomethingNew'] }, 'unknown', false],
  ['CHARGE_PERMISSION', { state: 'NonChargeable' }, 'unknown', false],
  ['CHARGE_PERMISSION', { state: 'Closed', reasons: ['SomethingNew'] }, 'unknown', false],
  ['CHARGEBACK', { state: 'Resolved' }, 'unknown', false],
];

test.each(everyState)('%s %j is %s', (objectType, details, state, isFinal) => {
  const object = toCanonicalObject(objectType, `${ORDER}-X`, {
    chargeAmount: price('94.50'),
    statusDetails: statusOf(details),
  });
  expect(object).toMatchObject({ state, isFinal, amazonState: details.state });
  expect(object.problem).toBe(state === 'unknown' ? 'unknown-state' : null);
});

test('the table above has every state that the program knows', () => {
  const known = Object.entries(objectStates).flatMap(([type, table]) =>
    Object.keys(table).map((state) => `${type} ${state}`),
  );
  const tested = new Set(everyState.map(([type, { state }]) => `${type} ${state}`));
  expect(known.filter((each) => !tested.has(each))).toEqual([]);
});

describe('what is kept of an object', () => {
  test('amounts, times in all forms, and nothing of the buyer', () => {
    const object = toCanonicalObject('CHARGE', `${ORDER}-C000001`, {
      chargePermissionId: ORDER,
      chargeAmount: price('1000', 'JPY'),
      captureAmount: { amount: 1000, currencyCode: 'JPY' },
      refundedAmount: price('0.00', 'JPY'),
      buyer: { name: 'Ada Lovelace', email: 'ada@example.com' },
      merchantMetadata: { noteToBuyer: 'hello' },
      creationTimestamp: 1_768_478_400_000,
      expirationTimestamp: '2026-02-14T12:00:00Z',
      statusDetails: { state: 'Captured', reasonCode: null, lastUpdatedTimestamp: '20260115T120000Z' },
    });
    expect(object).toMatchObject({
      authorized: '1000',
      captured: '1000',
      refunded: '0',
      currency: 'JPY',
      createdAt: 1_768_478_400_000,
      updatedAt: Date.UTC(2026, 0, 15, 12),
      expiresAt: Date.UTC(2026, 1, 14, 12),
    });
    expect(JSON.stringify(object)).not.toMatch(/Ada|example|hello/);
  });

  test.each([
    ['no status', {}],
    ['an amount that is none', { chargeAmount: price('-5'), statusDetails: statusOf({ state: 'Authorized' }) }],
    ['yen with decimals', { chargeAmount: price('10.5', 'JPY'), statusDetails: statusOf({ state: 'Authorized' }) }],
    ['a number instead of an object', 7],
    ['nothing', null],
  ])('%s is an unknown state, not an error', (_, body) => {
    expect(toCanonicalObject('CHARGE', `${ORDER}-C000001`, body)).toMatchObject({
      state: 'unknown',
      problem: 'unknown-state',
    });
  });
});

describe('the outcome of an order', () => {
  const none = { authorized: '0', captured: '0', refunded: '0', currency: 'USD' };
  const full = { authorized: '94.50', captured: '94.50', refunded: '0', currency: 'USD' };
  const captured = (): CanonicalObject => charge({ state: 'Captured' });

  function partlyRefunded(state: string): CanonicalObject[] {
    const paid = charge({ state: 'Captured' }, { refundedAmount: price('4.50') });
    return [paid, refund(paid, state, '4.50')];
  }

  const table: readonly (readonly [string, () => readonly CanonicalObject[], Outcome])[] = [
    ['a permission alone', () => [permission({ state: 'Chargeable' })], { ...none, state: 'open' }],
    [
      'a card that does not work',
      () => [permission({ state: 'NonChargeable', reasons: ['PaymentMethodInvalid'] })],
      { ...none, state: 'pending' },
    ],
    [
      'one closed before it was charged',
      () => [permission({ state: 'Closed', reasons: ['MerchantClosed'] })],
      { ...none, state: 'closed' },
    ],
    [
      'one canceled before it was charged',
      () => [permission({ state: 'Closed', reasons: ['AmazonCanceled'] })],
      { ...none, state: 'canceled' },
    ],
    [
      'an authorization',
      () => [permission({ state: 'NonChargeable', reasons: ['ChargeInProgress'] }), charge({ state: 'Authorized' })],
      { ...full, captured: '0', state: 'authorized' },
    ],
    [
      'one that Amazon has yet to decide',
      () => [charge({ state: 'AuthorizationInitiated' })],
      { ...none, state: 'pending' },
    ],
    [
      'a capture under way',
      () => [charge({ state: 'CaptureInitiated' })],
      { ...full, captured: '0', state: 'pending' },
    ],
    [
      'a capture, and the permission closed after it',
      () => [permission({ state: 'Closed', reasons: ['AmazonClosed'] }), captured()],
      { ...full, state: 'captured' },
    ],
    [
      'a capture of less than was authorized',
      () => [charge({ state: 'Captured' }, { captureAmount: price('40.00') })],
      { ...full, captured: '40.00', state: 'captured' },
    ],
    [
      'two captures',
      () => [captured(), captured()],
      { authorized: '189.00', captured: '189.00', refunded: '0', currency: 'USD', state: 'captured' },
    ],
    [
      'a decline after which the buyer paid otherwise',
      () => [charge({ state: 'Declined', reason: 'SoftDeclined' }), captured()],
      { ...full, state: 'captured' },
    ],
    [
      'a decline, and the permission canceled with it',
      () => [
        permission({ state: 'Closed', reasons: ['AmazonCanceled'] }),
        charge({ state: 'Declined', reason: 'AmazonRejected' }),
      ],
      { ...none, state: 'declined' },
    ],
    [
      'a canceled authorization',
      () => [charge({ state: 'Canceled', reason: 'MerchantCanceled' })],
      { ...none, state: 'canceled' },
    ],
    [
      'one declined and then one canceled',
      () => [
        charge({ state: 'Declined', reason: 'SoftDeclined' }),
        charge({ state: 'Canceled', reason: 'ExpiredUnused' }),
      ],
      { ...none, state: 'canceled' },
    ],
    ['a refund in part', () => partlyRefunded('Refunded'), { ...full, refunded: '4.50', state: 'captured' }],
    [
      'a refund under way, which the charge counts already',
      () => partlyRefunded('RefundInitiated'),
      { ...full, refunded: '0.00', state: 'captured' },
    ],
    [
      'a refund that arrived after the charge was read',
      () => {
        const paid = captured();
        return [paid, refund(paid, 'Refunded')];
      },
      { ...full, refunded: '94.50', state: 'refunded' },
    ],
    [
      'a refund that nobody told of',
      () => [charge({ state: 'Captured' }, { refundedAmount: price('94.50') })],
      { ...full, refunded: '94.50', state: 'refunded' },
    ],
    [
      'a refused refund',
      () => {
        const paid = captured();
        return [paid, refund(paid, 'Declined')];
      },
      { ...full, state: 'captured' },
    ],
    [
      'a chargeback',
      () => {
        const paid = captured();
        return [paid, dispute(paid, { state: 'UnderReview' })];
      },
      { ...full, state: 'disputed' },
    ],
    [
      'a chargeback that the merchant won',
      () => {
        const paid = captured();
        return [paid, dispute(paid, { state: 'Resolved', resolution: 'MerchantWon' })];
      },
      { ...full, state: 'captured' },
    ],
  ];

  test.each(table)('%s', (_, make, expected) => {
    const { outcome, problem } = orderOutcome(make());
    expect(problem).toBeNull();
    for (const field of ['state', 'authorized', 'captured', 'refunded', 'currency'] as const)
      expect([field, outcome[field], isSameField(field, outcome, expected)]).toEqual([field, outcome[field], true]);
  });

  test('the order in which objects became known does not matter', () => {
    const objects = [
      charge({ state: 'Declined', reason: 'SoftDeclined' }),
      charge({ state: 'Canceled', reason: 'ExpiredUnused' }),
    ];
    expect(orderOutcome([...objects].reverse())).toEqual(orderOutcome(objects));
  });

  test.each([
    ['nothing is known', () => [], 'no-object'],
    ['one object is of an unknown state', () => [captured(), charge({ state: 'New' })], 'unknown-state'],
    ['Amazon has no such object', () => [unknownObject('CHARGE', nextId('C'), 'not-found')], 'not-found'],
    [
      'a legacy chargeback has no GET',
      () => [captured(), unknownObject('CHARGEBACK', 'C9KORZRXQ655G', 'no-get')],
      'no-get',
    ],
    [
      'there are two currencies',
      () => [captured(), charge({ state: 'Captured' }, { chargeAmount: price('5', 'EUR') })],
      'several-currencies',
    ],
  ] as const)('is unknown where %s', (_, make, problem) => {
    expect(orderOutcome(make())).toMatchObject({ outcome: { state: 'unknown' }, problem });
  });
});

describe('what a side says', () => {
  const outcome = { state: 'captured', authorized: '94.50', captured: '94.50', refunded: '0', currency: 'USD' };
  test.each([
    ['as the body', JSON.stringify(outcome)],
    ['as a member, beside others', JSON.stringify({ ok: true, outcome })],
    ['with numbers', JSON.stringify({ ...outcome, authorized: 94.5, captured: 94.5, refunded: 0 })],
  ])('an outcome %s', (_, body) => {
    expect(readAnswer(body)).toMatchObject({ kind: 'outcome', outcome: { state: 'captured', currency: 'USD' } });
  });

  test('in the merchant’s own words', () => {
    expect(readOutcome({ ...outcome, state: 'paid' }, { paid: 'captured' })).toMatchObject({
      kind: 'outcome',
      outcome: { state: 'captured' },
    });
    expect(readOutcome({ ...outcome, state: 'constructor' }, {})).toMatchObject({ kind: 'unreadable' });
  });

  test.each(['', 'OK', '<html>login</html>', '{}', '{"ok":true}', '[1]'])('%j says nothing', (body) => {
    expect(readAnswer(body)).toEqual({ kind: 'absent' });
  });

  test.each([
    ['an amount is missing', { ...outcome, captured: undefined }, 'captured'],
    ['an amount is negative', { ...outcome, refunded: '-1' }, 'refunded'],
    ['an amount has a sign of a currency', { ...outcome, refunded: '$1' }, 'refunded'],
    ['a state is unknown', { ...outcome, state: 'Ada Lovelace' }, 'state'],
    ['a currency is none', { ...outcome, currency: 'dollars' }, 'currency'],
  ])('is unreadable where %s, and not repeated', (_, given, field) => {
    const read = readOutcome(given);
    expect(read).toEqual({ kind: 'unreadable', reason: `${field} is missing or of another form` });
  });

  test('half of JSON is unreadable', () => {
    expect(readAnswer('{"state":')).toMatchObject({ kind: 'unreadable' });
  });
});

test.each([
  ['100', '100.00', true],
  ['94.5', '94.50', true],
  ['90071992547409931.01', '90071992547409931.02', false],
  ['1000000000000', '1000000000000.0', true],
])('amounts are compared as decimals: %s and %s', (left, right, same) => {
  const of = (captured: string): Outcome => ({
    state: 'captured',
    authorized: '1',
    captured,
    refunded: '0',
    currency: 'JPY',
  });
  expect(isSameField('captured', of(left), of(right))).toBe(same);
});
