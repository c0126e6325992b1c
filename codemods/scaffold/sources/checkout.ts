/** The emitted `checkout`: the client, what the environment says, and the checkout made of them. */
export const CHECKOUT = String.raw`/**
 * The Amazon Pay checkout of this shop. Loading it touches neither the network nor the file system.
 */
import { WebStoreClient } from '@amazonpay/amazon-pay-api-sdk-nodejs';
import { createCheckout⟦, type Account⟧ } from './checkout-flow';
import { orders, shop } from './orders';
import { withRetry } from '«send»';

const publicKeyId = process.env.AMAZON_PAY_PUBLIC_KEY_ID;
const sandbox = process.env.AMAZON_PAY_SANDBOX !== 'false';

const client = withRetry(
  new WebStoreClient({
    publicKeyId,
    privateKey: process.env.AMAZON_PAY_PRIVATE_KEY,
    region: process.env.AMAZON_PAY_REGION ?? '«region»',
    sandbox,
    algorithm: 'AMZN-PAY-RSASSA-PSS-V2',
  }),
);

const account⟦: Account⟧ = {
  // TODO(amazon-pay-v2) scaffold/shop-url: set AMAZON_PAY_SHOP_URL to the public https address of the shop, which is registered in Seller Central
  shopUrl: process.env.«shopUrl»,
  merchantId: process.env.AMAZON_PAY_MERCHANT_ID,
  publicKeyId,
  storeId: process.env.AMAZON_PAY_STORE_ID,
  // The prefix of a key, LIVE- or SANDBOX-, decides by itself.
  sandbox: /^LIVE/i.test(publicKeyId ?? '') ? false : /^SANDBOX/i.test(publicKeyId ?? '') || sandbox,
«ledger»
};

export const checkout = createCheckout({ client, account, orders, shop });
`;
