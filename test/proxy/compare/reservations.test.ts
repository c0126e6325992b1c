import { generateKeyPairSync } from 'node:crypto';
import { listReservations, type Weighed } from '../../../src/proxy/compare/reservations';
import { ruleSchema } from '../../../src/proxy/compare/rules';
import { gateSettings } from '../../../src/proxy/compare/settings';
import { amazonSettings } from '../../../src/proxy/truth/settings';

const privateKey = String(
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);
const amazon = (own: object = {}) =>
  amazonSettings.parse({ publicKeyId: 'LIVE-KEY', privateKey, region: 'eu', ...own });
const textsOf = (own: Partial<Weighed> = {}): readonly string[] =>
  listReservations({
    ...{ gate: gateSettings.parse({}), amazon: amazon(), sandboxOrders: 0, types: [] },
    ...{ excused: new Map<string, number>(), rules: [], inDoubt: 0, doubtful: 0, gaps: [], ...own },
  }).map(({ text }) => text);

test('there are none for the defaults, live', () => {
  expect(textsOf()).toEqual([]);
  const sharper = { orders: 301, agreement: 0.999, confidence: 0.99, incomparable: 0, lagMinutes: 0, missed: 0 };
  expect(textsOf({ gate: gateSettings.parse(sharper) })).toEqual([]);
});

test.each([
  ['orders', 299, '300'],
  ['agreement', 0.98, '0.99'],
  ['confidence', 0.9, '0.95'],
  ['incomparable', 0.03, '0.02'],
  ['lagMinutes', 16, '15'],
  ['missed', 1, '0'],
])('%s of %d is weaker than the default', (name, value, byDefault) => {
  expect(textsOf({ gate: gateSettings.parse({ [name]: value }) })).toEqual([
    `The gate was weakened: compare.gate.${name} is ${value}, and ${byDefault} by default.`,
  ]);
});

test.each<[string, Partial<Weighed>, string]>([
  ['a key of the sandbox', { amazon: amazon({ publicKeyId: 'SANDBOX-KEY' }) }, "Amazon's sandbox"],
  ['the emulator', { amazon: amazon({ endpoint: 'http://127.0.0.1:1' }) }, 'not Amazon but what runs on the machine'],
  ['another address', { amazon: amazon({ endpoint: 'https://other.test' }) }, 'not Amazon but other.test'],
  [
    'a legacy chargeback',
    { types: ['v1:Chargeback Detailed Notification', 'v1:PaymentRefund'] },
    'make of v1:Chargeback Detailed Notification: look',
  ],
  ['no key', { amazon: undefined }, 'Nobody was the referee'],
  ['an order of the sandbox', { sandboxOrders: 1 }, '1 of the compared orders is of the sandbox.'],
  ['rules of which nobody counts the orders', { excused: 'many' }, 'Rules excused differences'],
  ['a message that may have counted at both', { inDoubt: 1 }, '1 message may have counted at both handlers'],
  [
    'a time without messages',
    { gaps: [{ from: Date.UTC(2026, 10, 28, 9), until: Date.UTC(2026, 10, 28, 9, 30) }] },
    'No message was taken from 2026-11-28T09:00Z to 2026-11-28T09:30Z. An order of which all',
  ],
  [
    'several of them',
    { gaps: [0, 1].map((hour) => ({ from: hour * 3_600_000, until: hour * 3_600_000 + 600_000 })) },
    'from 1970-01-01T01:00Z to 1970-01-01T01:10Z, and once before, 20 min in all.',
  ],
  ['a message that nobody has signed', { doubtful: 1 }, '1 message is kept aside that Amazon Pay has not signed'],
  ['some, where nobody counts', { sandboxOrders: 'some' }, 'Some of the compared orders are of the sandbox.'],
])('%s', (_, own, said) => {
  expect(textsOf(own)).toEqual([expect.stringContaining(said)]);
});

test('each rule that excused something, with its owner, its reason and its orders', () => {
  const rounding = {
    id: 'rounding',
    field: 'refunded',
    legacy: '1.00',
    owner: 'Kim',
    reason: 'cents',
    expires: '2027-01-31',
  };
  const excused = new Map([
    ['gone', 1],
    ['rounding', 12],
  ]);
  expect(textsOf({ excused, rules: [ruleSchema.parse(rounding)] })).toEqual([
    'The rule gone excused differences of 1 order (stands in the configuration no more).',
    'The rule rounding excused differences of 12 orders (by Kim, until 2027-01-31: cents).',
  ]);
});
