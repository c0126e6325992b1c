import { startEmulator, type Emulator } from '../../src/emulator';
import { createLegacyClient, legacy } from '../emulator/clients';
import { startHandler, type Handler } from '../emulator/handler';
import { Shop, type Order } from './shops';

/** Asynchronous authorization, and notifications that come twice, in another order, or not: before and after migration. */
let emulator: Emulator;
let handler: Handler;
let shops: Readonly<Record<'legacy' | 'migrated', Shop>>;

beforeAll(async () => {
  handler = await startHandler();
  emulator = await startEmulator({
    region: 'eu',
    frozenAt: new Date('2026-11-01T12:00:00Z'),
    throttling: false,
    notificationUrl: handler.url,
    notificationFormat: 'v1',
  });
  const source = { folder: 'test/equivalence/later-shop', driver: 'later-driver.cjs' };
  const [old, migrated] = await Promise.all([Shop.start(emulator, false, source), Shop.start(emulator, true, source)]);
  shops = { legacy: old, migrated };
});
afterAll(async () => {
  shops.legacy.stop();
  shops.migrated.stop();
  await emulator.close();
  await handler.close();
});

async function openOrder(): Promise<Order> {
  const client = createLegacyClient(emulator);
  const orderReferenceId = emulator.people.startOrderReference();
  await legacy(client, 'setOrderReferenceDetails', {
    AmazonOrderReferenceId: orderReferenceId,
    OrderReferenceAttributes: { OrderTotal: { Amount: '94.50', CurrencyCode: 'EUR' } },
  });
  await legacy(client, 'confirmOrderReference', { AmazonOrderReferenceId: orderReferenceId });
  return {
    id: `o-${orderReferenceId.slice(-7)}`,
    slip: `s-${orderReferenceId.slice(-7)}`,
    total: '94.50',
    orderReferenceId,
  };
}

async function ask(shop: keyof typeof shops, action: string, order: Order, details: object = {}): Promise<Order> {
  const said = await shops[shop].ask(action, order, details);
  if ('error' in said) throw new Error(`${shop} shop, ${action}: ${said.error}`);
  return said.order;
}
const inspect = (order: Order) => emulator.order(String(order['orderReferenceId']));

test.each([
  ['authorized', null, 'Closed', 'Captured'],
  ['declined', 'declineHard', 'Declined', 'Declined (HardDeclined)'],
  ['rejected', 'reject', 'Declined', 'Declined (AmazonRejected)'],
] as const)('an authorization that nobody waits for is %s', async (_, outcome, state, v2) => {
  const ends = [];
  for (const shop of ['legacy', 'migrated'] as const) {
    let order = await openOrder();
    emulator.people.planNextAuthorization(String(order['orderReferenceId']), outcome);
    if (shop === 'legacy') order = await ask(shop, 'reserve', order);
    else order = ((await shops.migrated.ask('reserve', order)) as { order?: Order }).order ?? order;
    await emulator.clock.advance({ seconds: 30 });
    if (order['authorizationId'] !== undefined) order = await ask(shop, 'look', order);
    const ledger = inspect(order);
    ends.push({
      order: ledger?.legacy,
      charges: ledger?.charges.map((one) => [one.v2, one.captured]),
      said: order['state'],
    });
  }
  expect(ends[0]).toMatchObject({ charges: [[v2, state === 'Closed' ? '94.50 EUR' : null]], said: state });
  expect(ends[1]).toMatchObject({ order: ends[0]?.order, charges: ends[0]?.charges ?? [] });
});

test('an authorization that legacy left pending is read by the migrated shop when it is decided', async () => {
  const order = await ask('legacy', 'reserve', await openOrder());
  await emulator.clock.advance({ seconds: 30 });
  // The shop keeps the word of the API, and the migrated one has that of v2; the state itself is the same.
  expect((await ask('migrated', 'look', order))['state']).toBe('Captured');
  expect((await ask('legacy', 'look', order))['state']).toBe('Closed');
});

/** A refund that has arrived, and what Amazon sends about it. */
async function refundAndTell(shop: keyof typeof shops): Promise<{ order: Order; bodies: string[] }> {
  const reserved = await ask('legacy', 'reserve', await openOrder());
  await emulator.clock.advance({ seconds: 30 });
  const captureId = String(reserved['authorizationId']).replace('-A', '-C');
  emulator.notifications.faults.hold = true;
  handler.received.splice(0);
  const order = await ask(shop, 'refund', { ...reserved, captureId });
  await emulator.clock.advance({ seconds: 30 });
  emulator.notifications.release('reverse');
  await emulator.settled();
  const bodies = handler.received.map(({ body }) => body).filter((body) => body.includes('PaymentRefund'));
  return { order, bodies };
}

test.each(['legacy', 'migrated'] as const)(
  'the %s shop writes the same into its book, however often it is told',
  async (shop) => {
    const { order, bodies } = await refundAndTell(shop);
    expect(bodies).toHaveLength(1);
    for (let times = 0; times < 2; times += 1) {
      const told = await ask(shop, 'ipn', order, { body: bodies[0] });
      expect(told).toMatchObject({ status: 200, book: { [String(order['refundId'])]: 'Completed' } });
    }
  },
);

test.each(['legacy', 'migrated'] as const)('the %s shop does not believe a message that was changed', async (shop) => {
  const { order, bodies } = await refundAndTell(shop);
  const forged = (bodies[0] ?? '').replace(/-R\d{6}/, '-R999999');
  const { status, book } = await ask(shop, 'ipn', order, { body: forged });
  expect(status).toBe(500);
  expect(book).not.toHaveProperty(`${String(order['orderReferenceId'])}-R999999`);
});
