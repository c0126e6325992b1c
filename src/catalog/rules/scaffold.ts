import { docs } from '../docs';
import type { Automation, Rule } from '../types';

type Row = readonly [
  name: string,
  automation: Automation,
  effortMinutes: number,
  title: string,
  what: string,
  guidance: string,
  page: string,
];

/** What `migrate --scaffold` leaves to the merchant, because no code can know it. */
const rows: readonly Row[] = [
  [
    'current-order',
    'assisted',
    20,
    'The order of the buyer',
    'The scaffold has to find the unpaid order of the buyer who asks.',
    'Look it up by session or cookie, as the legacy checkout did; null when there is none or it is paid.',
    docs.checkoutSession,
  ],
  [
    'amount',
    'assisted',
    15,
    'The amount of an order',
    'The same amount goes into the session and completes it, or Amazon answers AmountMismatch.',
    'Read it from your own order, shipping included, as text with the decimals of the currency. Never take it from the browser.',
    docs.checkoutSession,
  ],
  [
    'session-store',
    'assisted',
    20,
    'An order keeps its checkout session',
    'The buyer comes back with the id of a session, and the order must be found by it.',
    'Keep the id in a column of the order. A new one takes the place of the old one, whose session is then never charged.',
    docs.checkoutSession,
  ],
  [
    'payment-state',
    'assisted',
    30,
    'An order is paid, waits or fails',
    'Double clicks, reloads and the sweep report one payment more than once.',
    'Change the state in one statement that takes effect once, and keep chargePermissionId and chargeId: captures, refunds and notifications name them.',
    docs.charge,
  ],
  [
    'pages',
    'assisted',
    10,
    'The pages of the shop',
    'The buyer is sent to the cart, the review page or the thank-you page.',
    'Name the addresses; the reason stands in the query as amazonPay.',
    docs.checkoutSession,
  ],
  [
    'payment-intent',
    'assisted',
    10,
    'When the money is taken',
    'Authorize reserves it until you capture; AuthorizeWithCapture takes it at once.',
    'Choose what the legacy checkout did: AuthorizeWithCapture where it had CaptureNow.',
    docs.checkoutSession,
  ],
  [
    'ledger-currency',
    'assisted',
    5,
    'The currency of the account',
    'The button wants the ledger currency, and no address of Widgets.js told it.',
    'USD, EUR, GBP or JPY, as Seller Central shows it.',
    docs.checkoutSession,
  ],
  [
    'frequency',
    'assisted',
    20,
    'How often a subscription is charged',
    'v2 wants a frequency that no legacy field has. Amazon shows it to the buyer and bills nothing by itself.',
    'Return the frequency of the plan, Variable when it varies, and let a job call chargeCycle for each cycle.',
    docs.deferredTransactions,
  ],
  [
    'shop-url',
    'assisted',
    5,
    'The public address of the shop',
    'Amazon sends the buyer back to absolute addresses.',
    'Set AMAZON_PAY_SHOP_URL to the https address that is registered in Seller Central.',
    docs.keys,
  ],
  [
    'sweep',
    'assisted',
    20,
    'Buyers who do not come back',
    'A buyer who does not return is never charged, but the order waits, and a server may stop between payment and note.',
    'List the open sessions and run sweep() every hour. A session expires after 24 hours.',
    docs.checkoutSession,
  ],
  [
    'mount',
    'automatic',
    10,
    'The endpoints are registered',
    'The module with the endpoints has to be loaded by the server.',
    'Register it behind the session and in front of the error handler.',
    docs.checkoutSession,
  ],
];

export const scaffoldRules: readonly Rule[] = rows.map(
  ([name, automation, effortMinutes, title, what, guidance, page]): Rule => {
    return { id: `scaffold/${name}`, surface: 'browser', title, automation, what, guidance, docs: page, effortMinutes };
  },
);
