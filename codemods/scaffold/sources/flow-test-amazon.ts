/** The stand-ins of the emitted tests: Amazon behind the real SDK, and a shop with one order. */
export const FLOW_TEST_AMAZON = String.raw`/**
 * Tests of the checkout with the real SDK: only what it would send stays here, and a session in memory answers.
 */
import assert from 'node:assert/strict';
import { constants, createHash, createVerify, generateKeyPairSync } from 'node:crypto';
«runner»
import { WebStoreClient } from '@amazonpay/amazon-pay-api-sdk-nodejs';
import { createCheckout⟦, type Checkout, type Incoming⟧ } from './checkout-flow';
⟦import type { «frequencyType»Orders, Payment, Shop, ShopRequest } from './orders';

interface Button {
  merchantId: string;
  createCheckoutSessionConfig: { payloadJSON: string; signature: string; algorithm: string };
}

interface Placed {
  amazonPayRedirectUrl: string;
}

interface Call {
  method: string;
  urlFragment: string;
  payload?: { chargeAmount?: unknown; paymentDetails?: { chargeAmount: unknown } };
  headers?: Record<string, string | undefined> | null;
}

interface Refusal {
  status: number;
  reasonCode: string;
  method?: string;
  cancels?: string;
}
⟧
const ID = '11111111-2222-4333-8444-555555555555';
const CHARGE_ID = 'S01-0000000-0000000-C000000';
const PRICE = { amount: '94.50', currencyCode: 'EUR' };
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** One session, as far as this checkout looks at it. */
class Amazon {
  session = {
    checkoutSessionId: ID,
    statusDetails: { state: 'Open', reasonCode: null⟦ as string | null⟧ },
    paymentDetails: { chargeAmount: null⟦ as unknown⟧ },
    webCheckoutDetails: { amazonPayRedirectUrl: 'https://amazon.example/confirm' },
    constraints: [],
    chargePermissionType: '«permissionType»',
    chargePermissionId: null⟦ as string | null⟧,
    chargeId: null⟦ as string | null⟧,
  };
  chargeState = 'Authorized';
  refusal⟦: Refusal | null⟧ = null;
  completed⟦: unknown[]⟧ = [];
  keys⟦: (string | undefined)[]⟧ = [];
  requests = 0;

  async answer({ method, urlFragment, payload, headers }⟦: Call⟧)⟦: Promise<unknown>⟧ {
    this.requests += 1;
    this.refuse(method);
    if (urlFragment === 'charges') this.keys.push(headers?.['x-amz-pay-idempotency-key']);
    if (urlFragment.startsWith('charges')) return { statusDetails: { state: this.chargeState, reasonCode: null } };
    if (method === 'PATCH' && this.session.statusDetails.state !== 'Open') {
      throw failure(422, 'InvalidCheckoutSessionStatus');
    }
    if (method === 'PATCH') this.session.paymentDetails.chargeAmount = payload?.paymentDetails?.chargeAmount;
    if (urlFragment.endsWith('/complete')) {
      if (this.session.statusDetails.state !== 'Open') throw failure(422, 'InvalidCheckoutSessionStatus');
      this.complete();
      this.completed.push(payload?.chargeAmount);
    }
    return { ...this.session };
  }

  refuse(method⟦: string⟧) {
    if (!this.refusal || method !== (this.refusal.method ?? 'POST')) return;
    const { status, reasonCode, cancels } = this.refusal;
    if (cancels) this.cancel(cancels);
    throw failure(status, reasonCode);
  }

  complete() {
    this.session.statusDetails = { state: 'Completed', reasonCode: null };
    this.session.chargePermissionId = 'S01-0000000-0000000';
    this.session.chargeId = CHARGE_ID;
  }

  cancel(reasonCode⟦: string⟧) {
    this.session.statusDetails = { state: 'Canceled', reasonCode };
  }
}

/** What the SDK rejects with. */
function failure(status⟦: number⟧, reasonCode⟦: string⟧) {
  return Object.assign(new Error(reasonCode), { response: { status, data: { reasonCode, message: reasonCode } } });
}

/** A shop with one order that was placed. */
class Store {
  price = PRICE;
  currentId⟦: string | null⟧ = 'order-1';
  sessionId⟦: string | null⟧ = null;
  paid⟦: Payment[]⟧ = [];
  pending⟦: Payment[]⟧ = [];
  failed⟦: string[]⟧ = [];
«frequencyField»

  orders⟦: Orders⟧ = {
    currentOrderId: async () => this.currentId,
    amountOf: async () => this.price,
    rememberSession: async (_, id) => {
      this.sessionId = id;
    },
    findBySession: async (id) =>
      id === this.sessionId ? { orderId: 'order-1', isPaid: this.paid.length > 0 } : null,
    markPaid: async (_, payment) => {
      if (this.paid.length === 0) this.paid.push(payment);
    },
    markPending: async (_, payment) => {
      this.pending.push(payment);
    },
    markFailed: async (_, reason) => {
      this.failed.push(reason);
    },
    openSessions: async () => (this.sessionId ? [{ orderId: 'order-1', checkoutSessionId: this.sessionId }] : []),
«frequency»
  };
}

function setUp() {
  const amazon = new Amazon();
  const store = new Store();
  const publicKeyId = 'SANDBOX-TEST';
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const algorithm = 'AMZN-PAY-RSASSA-PSS-V2';
  const client = new WebStoreClient({ publicKeyId, privateKey: pem, region: 'eu', algorithm });
  const apiCall = async (call⟦: unknown⟧) => ({ data: await amazon.answer(call⟦ as Call⟧) });
  Object.assign(client, { apiCall });
  const account = {
    shopUrl: 'https://shop.example',
    merchantId: 'MERCHANT',
    publicKeyId,
    storeId: 'STORE',
    sandbox: true,
    ledgerCurrency: 'EUR',
  };
  const shop⟦: Shop⟧ = {
    cartPage: '/cart',
    reviewPage: '/review',
    thankYouPage: '/thank-you',
    paymentIntent: 'Authorize',
    canHandlePendingAuthorization: true,
  };
  return { checkout: createCheckout({ client, account, orders: store.orders, shop }), amazon, store, publicKey };
}

function incoming(query⟦: object⟧, body⟦?: object⟧)⟦: Incoming⟧ {
  return { query, body, isForm: false, request: {}⟦ as ShopRequest⟧ };
}

function place(checkout⟦: Checkout⟧) {
  return checkout.placeOrder(incoming({}, { amazonCheckoutSessionId: ID }));
}
`;
