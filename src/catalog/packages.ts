/** npm packages that mean legacy Amazon Pay (facts: legacy-node-clients.md section 0). */
export interface LegacyPackage {
  readonly name: string;
  readonly kind: 'server' | 'browser';
  /** Whether a fresh install still works. */
  readonly onRegistry: boolean;
  readonly what: string;
}

const rows: readonly LegacyPackage[] = [
  { name: 'amazon-payments', kind: 'server', onRegistry: true, what: 'the client that most Node shops use' },
  { name: '@madisonreed/amazon-payments', kind: 'server', onRegistry: true, what: 'an older copy of amazon-payments' },
  { name: 'amazon-pay-async', kind: 'server', onRegistry: false, what: 'amazon-payments with promises' },
  { name: 'amazonpay', kind: 'server', onRegistry: false, what: 'the client of the official sample' },
  { name: 'amazon-pay-react', kind: 'browser', onRegistry: true, what: 'components around Widgets.js' },
];

export const legacyPackages: Readonly<Record<string, LegacyPackage>> = Object.fromEntries(
  rows.map((row) => [row.name, row]),
);

/** Code that calls a legacy client: the member that holds its operations, or the name of a package that it loads. */
export const clientEvidence = new RegExp(
  `\\boffAmazonPayments\\b|['"](?:[^'"\\n]*/)?(?:${rows
    .filter(({ kind }) => kind === 'server')
    .map(({ name }) => name)
    .join('|')})(?:/[^'"\\n]*)?['"]`,
);

/** What hand-written MWS code brings along: deprecated HTTP clients, XML readers, and generic MWS clients. */
export const companionPackages: readonly string[] = [
  ...['request', 'request-promise', 'request-promise-native', 'requestretry', 'needle', 'wait.for'],
  ...['xml2js', 'xml-js', 'xml2json', 'xml-parser', 'xml2js-es6-promise', 'libxmljs', 'xmldom'],
  ...['mws-simple', 'mws-client', 'mws-api', 'amazon-mws'],
];

/** The SDK to go to. Before 2.1.3 its answers had another shape. */
export const v2Sdk = {
  name: '@amazonpay/amazon-pay-api-sdk-nodejs',
  /** The newest release that the facts were read in. */
  version: '2.3.4',
  oldestWithAxiosAnswers: '2.1.3',
} as const;
