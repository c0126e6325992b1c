import { startEmulator, type Emulator } from '../../src/emulator';
import {
  amount,
  authorize,
  confirmOrder,
  createLegacyClient,
  createV2Client,
  key,
  legacy,
  reference,
  refusal,
  usd,
  type LegacyClient,
  type V2Client,
} from './clients';

/**
 * Every operation in every state, in both APIs, against the facts: states.md sections 1 and 2 ("may do", "allowed"),
 * managing-v1-objects.md, v2-rest.md section 6. One row for each state, one column for each operation.
 */
let emulator: Emulator;
let old: LegacyClient;
let client: V2Client;

beforeAll(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false });
  old = createLegacyClient(emulator);
  client = createV2Client(emulator);
});
afterAll(() => emulator.close());

/** ok, or the code of the refusal. */
const said = (answer: unknown): string => (typeof answer === 'string' ? answer.replace(/^\d+ /, '') : 'ok');
const decline = (ReasonCode: string): object => ({
  SellerAuthorizationNote: JSON.stringify({ SandboxSimulation: { State: 'Declined', ReasonCode } }),
});

/** How an order gets into each state, with nothing but what merchants, buyers and Amazon can do. */
const orders: Readonly<Record<string, () => Promise<string>>> = {
  Draft: async () => emulator.people.startOrderReference(),
  Open: () => confirmOrder(emulator, old),
  Suspended: async () => {
    const id = await confirmOrder(emulator, old);
    await authorize(old, id, decline('InvalidPaymentMethod'));
    return id;
  },
  'Canceled by the seller': async () => {
    const id = await confirmOrder(emulator, old);
    await legacy(old, 'cancelOrderReference', { AmazonOrderReferenceId: id });
    return id;
  },
  'Canceled by Amazon': async () => {
    const id = await confirmOrder(emulator, old);
    emulator.people.cancelByAmazon(id);
    return id;
  },
  'Closed by the seller': async () => {
    const id = await confirmOrder(emulator, old);
    await legacy(old, 'closeOrderReference', { AmazonOrderReferenceId: id });
    return id;
  },
  'Closed by Amazon': async () => {
    const id = await confirmOrder(emulator, old);
    emulator.people.closeByAmazon(id);
    return id;
  },
  'Closed, all charged': async () => {
    const id = await confirmOrder(emulator, old);
    await authorize(old, id, { CaptureNow: true });
    return id;
  },
};

const set = (id: string) =>
  legacy(old, 'setOrderReferenceDetails', {
    AmazonOrderReferenceId: id,
    OrderReferenceAttributes: { OrderTotal: amount('94.50') },
  });
const orderOperations: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  set,
  confirm: async (id) => legacy(old, 'confirmOrderReference', { AmazonOrderReferenceId: id }),
  authorize: (id) => authorize(old, id, { AuthorizationAmount: amount('1.00') }),
  close: (id) => legacy(old, 'closeOrderReference', { AmazonOrderReferenceId: id }),
  cancel: (id) => legacy(old, 'cancelOrderReference', { AmazonOrderReferenceId: id }),
  read: (id) => legacy(old, 'getOrderReferenceDetails', { AmazonOrderReferenceId: id }),
  createCharge: (id) => refusal(client['createCharge']!({ chargePermissionId: id, chargeAmount: usd('1.00') }, key())),
  closePermission: (id) => refusal(client['closeChargePermission']!(id, { closureReason: 'r' })),
  getPermission: (id) => refusal(client['getChargePermission']!(id)),
};

const NOT_MODIFIABLE = 'OrderReferenceNotModifiable';
const STATUS = 'InvalidOrderReferenceStatus';
const PERMISSION = 'InvalidChargePermissionStatus';
const ended = {
  set: NOT_MODIFIABLE,
  confirm: STATUS,
  authorize: STATUS,
  close: STATUS,
  cancel: STATUS,
  read: 'ok',
  createCharge: PERMISSION,
  closePermission: PERMISSION,
  getPermission: 'ok',
};
const NOT_THERE = 'ResourceNotFound';
const orderTable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Draft: {
    set: 'ok',
    confirm: 'ConstraintsExist',
    authorize: STATUS,
    close: STATUS,
    cancel: 'ok',
    read: 'ok',
    createCharge: NOT_THERE,
    closePermission: NOT_THERE,
    getPermission: NOT_THERE,
  },
  Open: {
    ...ended,
    authorize: 'ok',
    close: 'ok',
    cancel: 'ok',
    createCharge: 'ok',
    closePermission: 'ok',
  },
  Suspended: { ...ended, confirm: 'ok', close: 'ok', cancel: 'ok', closePermission: 'ok' },
  'Canceled by the seller': ended,
  'Canceled by Amazon': ended,
  'Closed by the seller': ended,
  'Closed by Amazon': ended,
  'Closed, all charged': ended,
};

describe.each(Object.entries(orderTable))('an order that is %s', (state, row) => {
  test.each(Object.entries(row))('%s: %s', async (operation, expected) => {
    const id = await orders[state]!();
    expect(said(await orderOperations[operation]!(id))).toBe(expected);
  });
});

/** A charge in each state, by its id. */
const charges: Readonly<Record<string, () => Promise<string>>> = {
  AuthorizationInitiated: () => charge({ TransactionTimeout: 5 }),
  Authorized: () => charge(),
  CaptureInitiated: () => capture('Pending'),
  Captured: () => charge({ CaptureNow: true }),
  'Declined at the authorization': () => charge(decline('TransactionTimedOut')),
  'Declined at the capture': () => capture('Declined', 'AmazonRejected'),
  Canceled: async () => {
    const id = await charge();
    await client['cancelCharge']!(id, { cancellationReason: 'r' });
    return id;
  },
  Expired: async () => {
    const id = await charge();
    await emulator.clock.advance({ days: 2 });
    return id;
  },
};

async function charge(more: object = {}): Promise<string> {
  const id = await confirmOrder(emulator, old);
  const { AuthorizationDetails } = await authorize(old, id, more);
  return AuthorizationDetails.AmazonAuthorizationId.replace('-A', '-C') as string;
}
async function capture(State: string, ReasonCode?: string): Promise<string> {
  const id = await charge();
  await legacy(old, 'capture', {
    AmazonAuthorizationId: id.replace('-C', '-A'),
    CaptureReferenceId: reference(),
    CaptureAmount: amount('94.50'),
    SellerCaptureNote: JSON.stringify({ SandboxSimulation: { State, ReasonCode } }),
  });
  return id;
}

const chargeOperations: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  capture: (id) =>
    legacy(old, 'capture', {
      AmazonAuthorizationId: id.replace('-C', '-A'),
      CaptureReferenceId: reference(),
      CaptureAmount: amount('94.50'),
    }),
  captureCharge: (id) => refusal(client['captureCharge']!(id, { captureAmount: usd('94.50') }, key())),
  closeAuthorization: (id) => legacy(old, 'closeAuthorization', { AmazonAuthorizationId: id.replace('-C', '-A') }),
  cancelCharge: (id) => refusal(client['cancelCharge']!(id, { cancellationReason: 'r' })),
  refund: (id) =>
    legacy(old, 'refund', { AmazonCaptureId: id, RefundReferenceId: reference(), RefundAmount: amount('1.00') }),
  createRefund: (id) => refusal(client['createRefund']!({ chargeId: id, refundAmount: usd('1.00') }, key())),
  getCapture: (id) => legacy(old, 'getCaptureDetails', { AmazonCaptureId: id }),
  getAuthorization: (id) => legacy(old, 'getAuthorizationDetails', { AmazonAuthorizationId: id.replace('-C', '-A') }),
  getCharge: (id) => refusal(client['getCharge']!(id)),
};

const [AUTHORIZATION, CHARGE, NO_CAPTURE] = ['InvalidAuthorizationStatus', 'InvalidChargeStatus', 'InvalidCaptureId'];
const neither = {
  capture: AUTHORIZATION,
  captureCharge: CHARGE,
  closeAuthorization: AUTHORIZATION,
  cancelCharge: CHARGE,
  refund: NO_CAPTURE,
  createRefund: CHARGE,
  getCapture: NO_CAPTURE,
  getAuthorization: 'ok',
  getCharge: 'ok',
};
const taken = { ...neither, refund: 'CaptureNotRefundable', getCapture: 'ok' };
const chargeTable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AuthorizationInitiated: { ...neither, closeAuthorization: 'ok', cancelCharge: 'ok' },
  Authorized: { ...neither, capture: 'ok', captureCharge: 'ok', closeAuthorization: 'ok', cancelCharge: 'ok' },
  CaptureInitiated: taken,
  Captured: { ...taken, refund: 'ok', createRefund: 'ok' },
  'Declined at the authorization': neither,
  'Declined at the capture': taken,
  Canceled: neither,
  Expired: neither,
};

describe.each(Object.entries(chargeTable))('a charge that is %s', (state, row) => {
  test.each(Object.entries(row))('%s: %s', async (operation, expected) => {
    const id = await charges[state]!();
    expect(said(await chargeOperations[operation]!(id))).toBe(expected);
  });
});
