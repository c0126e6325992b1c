import { generateKeyPairSync } from 'node:crypto';
import { listReservations, type Weighed } from '../../../src/proxy/compare/reservations';
import { gateSettings } from '../../../src/proxy/compare/settings';
import { amazonSettings } from '../../../src/proxy/truth/settings';

const privateKey = String(
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);
const amazon = (own: object = {}) =>
  amazonSettings.parse({ publicKeyId: 'LIVE-KEY', privateKey, region: 'eu', ...own });
const textsOf = (own: Partial<Weighed> = {}): readonly string[] =>
  listReservations({ gate: gateSettings.parse({}), amazon: amazon(), sandboxOrders: 0, types: [], ...own }).map(
    ({ text }) => text,
  );

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
  ['some, where nobody counts', { sandboxOrders: 'some' }, 'Some of the compared orders are of the sandbox.'],
])('%s', (_, own, said) => {
  expect(textsOf(own)).toEqual([expect.stringContaining(said)]);
});
