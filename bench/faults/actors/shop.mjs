/** The buyers and the shop that make orders, by the SDK of Amazon. */
import https from 'node:https';
import { createRequire } from 'node:module';
import { Subscriptions } from './subscriptions.mjs';

const require = createRequire(import.meta.url);
const AT_ONCE = 4;
const usual = { currency: 'USD', amount: '94.50', refund: '10.01' };
/** An agreement may be charged with 500 USD in a calendar month, and months are short here. */
const monthly = { ...usual, amount: '30.00' };

async function inTurns(some, work) {
  const waiting = [...some];
  const one = async () => {
    while (waiting.length > 0) await work(waiting.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

export class Shop {
  /** In the order in which they were paid. */
  orders = [];
  /** The ids of billing agreements. */
  agreements = [];
  #keys = 0;

  constructor(amazon) {
    const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs');
    https.globalAgent.options.ca = amazon.certificateAuthority;
    this.amazon = amazon;
    this.client = new WebStoreClient({
      ...{ publicKeyId: 'LIVE-EMULATOR', privateKey: amazon.credentials.privateKey, region: 'us' },
      overrideServiceUrl: new URL(amazon.httpsUrl).host,
    });
    this.subscriptions = new Subscriptions(amazon, this.client);
  }

  #key() {
    return { 'x-amz-pay-idempotency-key': `faults${(this.#keys += 1)}` };
  }

  /** Takes so many orders one or more steps on. */
  async trade({ count, steps = ['pay', 'capture', 'refund'], prices = [usual] }) {
    if (steps.includes('pay')) {
      const some = Array.from({ length: count }, (_, index) => prices[index % prices.length]);
      await inTurns(some, (price) => this.#pay(price));
    }
    const some = this.orders.slice(-count);
    if (steps.includes('capture')) await inTurns(some, (order) => this.#capture(order));
    if (steps.includes('refund')) await inTurns(some, (order) => this.#refund(order));
  }

  /** So many buyers subscribe. */
  async subscribe(count) {
    for (let made = 0; made < count; made += 1) this.agreements.push(await this.subscriptions.begin());
  }

  /** A month goes by on every agreement: one payment by each of the APIs. */
  async renew() {
    await inTurns(this.agreements, async (id) => {
      await this.subscriptions.payByLegacy(id, monthly);
      await this.subscriptions.payByV2(id, monthly);
    });
  }

  async #pay({ currency, amount, refund }) {
    const price = { amount, currencyCode: currency };
    const { credentials, people } = this.amazon;
    const { data } = await this.client.createCheckoutSession(
      {
        storeId: credentials.storeId,
        webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example/review' },
      },
      this.#key(),
    );
    const id = data.checkoutSessionId;
    people.signIn(id, {});
    await this.client.updateCheckoutSession(id, {
      webCheckoutDetails: { checkoutResultReturnUrl: 'https://shop.example/result' },
      paymentDetails: { paymentIntent: 'Authorize', chargeAmount: price },
      merchantMetadata: { merchantReferenceId: 'order-1', merchantStoreName: 'Tea & Cups' },
    });
    people.pay(id);
    const done = await this.client.completeCheckoutSession(id, { chargeAmount: price });
    const { chargeId, chargePermissionId } = done.data;
    this.orders.push({ id: chargePermissionId, chargeId, price, refund: { ...price, amount: refund } });
  }

  #capture({ chargeId, price }) {
    return this.client.captureCharge(chargeId, { captureAmount: price }, this.#key());
  }

  #refund({ chargeId, refund }) {
    return this.client.createRefund({ chargeId, refundAmount: refund }, this.#key());
  }
}
