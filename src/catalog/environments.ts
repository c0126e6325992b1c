/** Environments of the legacy Node clients; none ever existed for Japan (facts: legacy-node-clients.md section 1). */
export const legacyEnvironments: Readonly<Record<string, { readonly region: 'us' | 'eu'; readonly sandbox: boolean }>> =
  {
    Sandbox: { region: 'us', sandbox: true },
    Production: { region: 'us', sandbox: false },
    SandboxEU: { region: 'eu', sandbox: true },
    ProductionEU: { region: 'eu', sandbox: false },
  };

/**
 * Hosts of MWS, the v2 host that takes their place, and the region of SNS in which topics of Amazon Pay were seen (facts: ipn.md
 * section 1). For Japan none was.
 */
export const endpoints: readonly {
  readonly legacy: string;
  readonly region: 'na' | 'eu' | 'jp';
  readonly v2: string;
  readonly topics: string | null;
}[] = [
  { legacy: 'mws.amazonservices.com', region: 'na', v2: 'pay-api.amazon.com', topics: 'us-east-1' },
  { legacy: 'mws-eu.amazonservices.com', region: 'eu', v2: 'pay-api.amazon.eu', topics: 'eu-west-1' },
  { legacy: 'mws.amazonservices.jp', region: 'jp', v2: 'pay-api.amazon.jp', topics: null },
];

/**
 * Accounts that Amazon Pay publishes from, and marketplaces with which names of its topics begin (facts: ipn.md section 1). Of
 * which region the live one is that was seen, nobody knows.
 */
export const notificationTopics = {
  accounts: { sandbox: '291180941288', live: '598607868003' },
  marketplaces: { naSandbox: 'A3BXB0YN3XH17H', euSandbox: 'A1G8446IYHA4MR', live: 'A35A4JO734ER04' },
} as const;

/** Paths of the two legacy environments, without and with the version. */
export const legacyPaths = {
  live: '/OffAmazonPayments/2013-01-01',
  sandbox: '/OffAmazonPayments_Sandbox/2013-01-01',
} as const;

/** Sections of MWS that belong to marketplace sellers, as source text (facts: other-languages.md section 12). */
export const sellerSections =
  '/(?:Orders|Products|Feeds|Reports|Sellers|Subscriptions|Finances|Fulfillment\\w*|Recommendations|EasyShip|MerchantFulfillment)\\b';
/** Reports of Amazon Pay, which a section of the sellers hands out, as source text. */
export const paymentReports = '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_\\w+';
