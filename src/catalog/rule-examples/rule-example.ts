/** One place of a rule, before and after, small enough to be read at a glance. */
export interface RuleExample {
  /** Where the code stands in the shop. */
  readonly file: string;
  readonly before: string;
  /**
   * `migrate`: what the command really writes; `npm run update-tables` writes it here. `hand`: what a person writes, because
   * the rule is not rewritten, or because `before` is what the tool wrote and left open.
   */
  readonly writtenBy: 'migrate' | 'hand';
  readonly after: string;
  /** Other files that the place needs to be what it is; they are not shown. A package.json is there anyway. */
  readonly beside?: Readonly<Record<string, string>>;
  /** What is to be done by hand, step by step, where the guidance of the rule says too little. */
  readonly byHand?: string;
  /** `before` is part of what `migrate --scaffold` writes, or `after` is what it makes. */
  readonly scaffold?: true;
}

/** By rule. */
export type RuleExamples = Readonly<Record<string, RuleExample>>;

const manifest = (dependencies: Readonly<Record<string, string>>): string =>
  `${JSON.stringify({ name: 'shop', private: true, dependencies }, null, 2)}\n`;

/** The package.json of an example that does not bring its own. */
export const plainManifest = manifest({ 'amazon-payments': '^0.2.9', express: '^4.18.0' });

/** A shop on the first contract of Checkout v2. */
export const besideV2Sdk = {
  'package.json': manifest({ '@amazonpay/amazon-pay-api-sdk-nodejs': '^2.1.0' }),
} as const;

/** The module of the client that examples load, since none of them is about how it is made. */
export const besideClient = {
  'amazon-pay.js': `const payments = require('amazon-payments');

module.exports = payments.connect({
  environment: payments.Environment.ProductionEU,
  sellerId: process.env.AMAZON_SELLER_ID,
  mwsAccessKey: process.env.MWS_ACCESS_KEY,
  mwsSecretKey: process.env.MWS_SECRET_KEY,
  clientId: process.env.AMAZON_CLIENT_ID,
});
`,
} as const;
