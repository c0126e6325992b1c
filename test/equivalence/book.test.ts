import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startEmulator, type Emulator, type InspectedOrder } from '../../src/emulator';
import { createLegacyClient, legacy } from '../emulator/clients';
import { Shop, type Order, type Said } from './shops';

/**
 * The bundled shop before and after migration, and orders that cross the cutover: the same steps have to leave the same
 * ledger behind. The legacy shop speaks MWS through `amazon-payments`, the migrated one v2 through the SDK of Amazon.
 */
const built = resolve(__dirname, '../../dist/src/emulator/redirect.js');
if (!existsSync(built)) throw new Error(`${built} does not exist: run npm run build before these tests.`);

let emulator: Emulator;
let before: Shop;
let after: Shop;

beforeAll(async () => {
  emulator = await startEmulator({ region: 'eu', frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false });
  [before, after] = await Promise.all([Shop.start(emulator, false), Shop.start(emulator, true)]);
});
afterAll(async () => {
  before.stop();
  after.stop();
  await emulator.close();
});

interface Act {
  readonly do: string;
  readonly details?: object;
}
type Step = Act | ((id: string) => unknown);

interface Scenario {
  readonly kind?: 'subscription';
  /** Where it may not be cut, and why stands below. */
  readonly uncut?: true;
  readonly steps: readonly Step[];
  /** What the shop says after each of its steps; `x or y`: legacy says x, the migrated shop y. */
  readonly says: readonly string[];
}

const reserve: Act = { do: 'reserve' };
const capture = (total = '94.50', parcel = 'p-1'): Act => ({ do: 'capture', details: { total, parcel } });
const refund = (amount: number, slip: string): Act => ({ do: 'refund', details: { amount, slip } });
const pass = (duration: object) => () => emulator.clock.advance(duration);
const next = (outcome: 'declineSoft' | 'declineHard' | 'reject' | 'timeOut') => (id: string) =>
  emulator.people.planNextAuthorization(id, outcome);
const renew = (month: string): Act => ({ do: 'renew', details: { month } });

const book: Readonly<Record<string, Scenario>> = {
  'authorize, capture, refund': {
    steps: [reserve, capture(), refund(94.5, 'r'), pass({ seconds: 30 }), { do: 'refund-status' }],
    says: ['authorized', 'paid', 'refunding', 'refunded'],
  },
  'a capture of a part': { steps: [reserve, capture('60.00')], says: ['authorized', 'paid'] },
  'a capture on the next day': { steps: [reserve, pass({ days: 1 }), capture('50.00')], says: ['authorized', 'paid'] },
  'nobody renews, and the answers are throttled': {
    kind: 'subscription',
    steps: [() => throttleAll(true), renew('10'), () => throttleAll(false)],
    says: ['awaiting'],
  },
  'a refund whose answer is lost, and that is asked for again': {
    uncut: true,
    steps: [reserve, capture(), () => loseAnswer(), refund(10, 'once'), refund(10, 'once')],
    says: ['authorized', 'paid', 'error or refunding', 'error or refunding'],
  },
  'a capture whose answer is lost, and that is asked for again': {
    steps: [reserve, () => loseAnswer(), capture('50.00'), capture('50.00')],
    says: ['authorized', 'error or paid', 'error or paid'],
  },
  'several refunds, the last too large': {
    steps: [reserve, capture(), refund(50, 'a'), refund(44.5, 'b'), refund(20, 'c')],
    says: ['authorized', 'paid', 'refunding', 'refunding', 'refund too large'],
  },
  'a soft decline': { steps: [next('declineSoft'), reserve], says: ['declined: try again later'] },
  'a hard decline': { steps: [next('declineHard'), reserve], says: ['declined: ask for another payment method'] },
  'a rejection by Amazon': { steps: [next('reject'), reserve], says: ['declined: cancel the order'] },
  'a time-out': { steps: [next('timeOut'), reserve], says: ['declined: try again later'] },
  'a cancel': { steps: [reserve, { do: 'cancel' }], says: ['authorized', 'canceled'] },
  'a close that leaves the authorization': {
    steps: [reserve, { do: 'close' }, capture()],
    says: ['authorized', 'done', 'paid'],
  },
  'a release': { steps: [reserve, { do: 'release' }], says: ['authorized', 'released'] },
  'an authorization that nobody captured': {
    steps: [reserve, pass({ days: 31 }), capture()],
    says: ['authorized', 'error'],
  },
  'a parcel that is captured twice': {
    steps: [reserve, capture('50.00'), capture('50.00')],
    says: ['authorized', 'paid', 'error or paid'],
  },
  'a renewal of a subscription': { kind: 'subscription', steps: [renew('10'), renew('11')], says: ['paid', 'paid'] },
  'a renewal that is declined': {
    kind: 'subscription',
    steps: [next('declineHard'), renew('10'), (id) => emulator.people.changePaymentMethod(id), renew('11')],
    says: ['declined: ask for another payment method', 'paid'],
  },
  'the end of a subscription': {
    kind: 'subscription',
    steps: [renew('10'), { do: 'end' }, renew('11')],
    says: ['paid', 'ended', 'error'],
  },
};

function throttleAll(on: boolean): void {
  emulator.throttle.refuseNext = on ? 1000 : 0;
}
function loseAnswer(): void {
  emulator.faults.dropAnswers = 1;
}

async function openOrder(): Promise<Order> {
  const client = createLegacyClient(emulator);
  const orderReferenceId = emulator.people.startOrderReference();
  await legacy(client, 'setOrderReferenceDetails', {
    AmazonOrderReferenceId: orderReferenceId,
    OrderReferenceAttributes: { OrderTotal: { Amount: '94.50', CurrencyCode: 'EUR' } },
  });
  await legacy(client, 'confirmOrderReference', { AmazonOrderReferenceId: orderReferenceId });
  return { id: `o-${orderReferenceId.slice(-7)}`, total: '94.50', currency: 'EUR', note: 'no sugar', orderReferenceId };
}

async function openSubscription(): Promise<Order> {
  const agreementId = emulator.people.startBillingAgreement();
  await legacy(createLegacyClient(emulator), 'confirmBillingAgreement', { AmazonBillingAgreementId: agreementId });
  return { id: `s-${agreementId.slice(-7)}`, agreementId, price: '9.50' };
}

/** Runs the steps: the first ones in the legacy shop, the others in the migrated one. */
async function run({ kind, steps }: Scenario, legacySteps: number): Promise<{ said: string[]; order: InspectedOrder }> {
  let order = kind === 'subscription' ? await openSubscription() : await openOrder();
  const id = String(order['orderReferenceId'] ?? order['agreementId']);
  const said: string[] = [];
  for (const [index, step] of steps.entries()) {
    if (typeof step === 'function') {
      await step(id);
      continue;
    }
    const details = Object.fromEntries(
      Object.entries(step.details ?? {}).map(([name, value]) => [
        name,
        name === 'parcel' || name === 'slip' ? `${value}-${id.slice(-7)}` : value,
      ]),
    );
    const answer: Said = await (index < legacySteps ? before : after).ask(step.do, order, details);
    if ('order' in answer) order = answer.order;
    said.push('order' in answer ? describeOrder(answer.order) : 'error');
  }
  const inspected = emulator.order(id);
  if (inspected === null) throw new Error(`The emulator has no order ${id}.`);
  return { said, order: inspected };
}

const describeOrder = ({ state, advice }: Order): string =>
  state === 'declined' ? `${state}: ${String(advice)}` : String(state);

/** What is left of a ledger without ids, times, and which API it came by. */
const ledgerOf = ({ legacy: old, v2, total, balance, charges }: InspectedOrder) => ({
  old,
  v2,
  total,
  balance,
  charges: charges.map(({ amount, captured, refunded, legacyAuthorization, legacyCapture, v2: state, refunds }) => ({
    amount,
    captured,
    refunded,
    legacyAuthorization,
    legacyCapture,
    state,
    refunds: refunds.map((one) => `${one.amount} ${one.v2}`),
  })),
});

const fits = (said: readonly string[], expected: readonly string[]): void => {
  expect(said).toHaveLength(expected.length);
  said.forEach((one, index) => expect(expected[index]?.split(' or ')).toContain(one));
};

describe.each(Object.entries(book))('%s', (_, scenario) => {
  test('leaves the same ledger behind before and after, and when it crosses the cutover', async () => {
    const old = await run(scenario, scenario.steps.length);
    const migrated = await run(scenario, 0);
    fits(old.said, scenario.says);
    fits(migrated.said, scenario.says);
    expect(ledgerOf(migrated.order)).toEqual(ledgerOf(old.order));
    for (let cut = 1; cut < scenario.steps.length && scenario.uncut !== true; cut += 1) {
      const crossed = await run(scenario, cut);
      fits(crossed.said, scenario.says);
      expect(ledgerOf(crossed.order)).toEqual(ledgerOf(old.order));
    }
  });
});

/** What is not the same. MIGRATION.md names each, in "What stays as it was, and what does not". */
describe('the differences', () => {
  const guide = readFileSync(resolve(__dirname, '../../MIGRATION.md'), 'utf8');
  const isNamed = (row: string): void => expect(guide).toContain(`| ${row} |`);
  const both = async (steps: readonly Step[]): Promise<readonly [string, string]> => {
    const ends = [];
    for (const legacySteps of [steps.length, 0]) {
      const { said, order } = await run({ steps, says: [] }, legacySteps);
      ends.push(`${said.at(-1)}; ${order.v2}; ${order.charges.map(({ v2 }) => v2).join(', ')}`);
    }
    return ends as [string, string] & string[];
  };

  test('a reference that is sent again after a decline', async () => {
    isNamed('a reference id sent again');
    expect(await both([next('declineSoft'), reserve, reserve])).toEqual([
      'error; Chargeable; Declined (SoftDeclined)',
      'declined: try again later; Chargeable; Declined (SoftDeclined)',
    ]);
  });

  test('a cancel after a part was captured', async () => {
    isNamed('Cancel of an order that has a capture');
    expect(await both([reserve, capture('50.00'), { do: 'cancel' }])).toEqual([
      'error; Chargeable; Captured',
      'canceled; Closed (MerchantClosed); Captured',
    ]);
  });

  test('a call that is throttled once', async () => {
    isNamed('a throttled call');
    const throttleOnce = (): void => void (emulator.throttle.refuseNext = 1);
    expect(await both([reserve, throttleOnce, capture()])).toEqual([
      'error; Chargeable; Authorized',
      'paid; Closed (AmazonClosed); Captured',
    ]);
  });

  test('an authorization in the sandbox that is three days old', async () => {
    isNamed('an unused authorization in the sandbox');
    expect(await both([reserve, pass({ days: 3 }), capture()])).toEqual([
      'error; Chargeable; Canceled (ExpiredUnused)',
      'paid; Closed (AmazonClosed); Captured',
    ]);
  });

  test('a refund that legacy began, whose answer is lost, and that the migrated shop asks for again', async () => {
    isNamed('a call repeated across the cutover');
    const steps = [reserve, capture(), loseAnswer, refund(10, 'once'), refund(10, 'once')];
    const { said, order } = await run({ steps, says: [] }, 4);
    expect(said).toEqual(['authorized', 'paid', 'error', 'refunding']);
    expect(order.charges[0]?.refunds).toHaveLength(2);
  });
});
