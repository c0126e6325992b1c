import { startEmulator, type Emulator } from '../../src/emulator';
import { createLegacyClient, legacy } from '../emulator/clients';
import { Shop, type Order, type Said } from './shops';

/**
 * The shop is killed (SIGKILL) after Amazon has done what it asked, and before it hears of it; the shop that is started next asks
 * again. Money may move once, in the legacy shop and in the migrated one.
 */
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ region: 'eu', throttling: false });
});
afterAll(() => emulator.close());

async function openOrder(): Promise<Order> {
  const client = createLegacyClient(emulator);
  const orderReferenceId = emulator.people.startOrderReference();
  await legacy(client, 'setOrderReferenceDetails', {
    AmazonOrderReferenceId: orderReferenceId,
    OrderReferenceAttributes: { OrderTotal: { Amount: '94.50', CurrencyCode: 'EUR' } },
  });
  await legacy(client, 'confirmOrderReference', { AmazonOrderReferenceId: orderReferenceId });
  return { id: `o-${orderReferenceId.slice(-7)}`, total: '94.50', currency: 'EUR', note: '', orderReferenceId };
}

const orderOf = (said: Said): Order => {
  if ('error' in said) throw new Error(said.error);
  return said.order;
};
const requests = (): number => emulator.requests().at(-1)?.number ?? 0;

/** Lets a shop ask, kills it when the request is done and not answered, and lets another one ask the same. */
async function askTwice(migrated: boolean, action: string, order: Order, details: object): Promise<Said> {
  const first = await Shop.start(emulator, migrated);
  const before = requests();
  emulator.faults.holdAnswers = 1;
  first.ask(action, order, details).catch(() => {});
  while (emulator.faults.holdAnswers > 0 || requests() === before) await new Promise((tick) => setImmediate(tick));
  await first.kill();
  first.stop();
  const second = await Shop.start(emulator, migrated);
  const said = await second.ask(action, order, details);
  second.stop();
  return said;
}

/** What happened before the shop was killed. */
async function prepare(migrated: boolean, actions: readonly (readonly [string, object])[]): Promise<Order> {
  const shop = await Shop.start(emulator, migrated);
  let order = await openOrder();
  for (const [action, details] of actions) order = orderOf(await shop.ask(action, order, details));
  shop.stop();
  return order;
}

describe.each([
  ['legacy', false],
  ['migrated', true],
] as const)('the %s shop', (_, migrated) => {
  const moneyOf = (order: Order) =>
    emulator.order(String(order['orderReferenceId']))?.charges.map(({ amount, captured, refunds }) => ({
      amount,
      captured,
      refunds: refunds.map((one) => one.amount),
    }));

  test('that is killed amid an authorization authorizes once', async () => {
    const order = await prepare(migrated, []);
    await askTwice(migrated, 'reserve', order, {});
    expect(moneyOf(order)).toEqual([{ amount: '94.50 EUR', captured: null, refunds: [] }]);
  });

  test('that is killed amid a capture captures once', async () => {
    const order = await prepare(migrated, [['reserve', {}]]);
    await askTwice(migrated, 'capture', order, { total: '50.00', parcel: `p-${String(order['id'])}` });
    expect(moneyOf(order)).toEqual([{ amount: '94.50 EUR', captured: '50.00 EUR', refunds: [] }]);
  });

  test('that is killed amid a refund refunds once', async () => {
    const capture = { total: '94.50', parcel: `q-${migrated}` };
    const order = await prepare(migrated, [
      ['reserve', {}],
      ['capture', capture],
    ]);
    await askTwice(migrated, 'refund', order, { amount: 10, slip: `k-${String(order['id'])}` });
    expect(moneyOf(order)).toEqual([{ amount: '94.50 EUR', captured: '94.50 EUR', refunds: ['10.00 EUR'] }]);
  });
});
