import { legacyPackages } from '../../src/catalog';

/** The package that takes the place of the legacy clients, and the newest release that the catalog's facts were read in. */
export const SDK_PACKAGE = '@amazonpay/amazon-pay-api-sdk-nodejs';
export const SDK_VERSION = '2.3.4';

/** Libraries around Widgets.js; they go when the browser code does, and nothing takes their place. */
export const browserPackages: ReadonlySet<string> = new Set(['amazon-pay-react']);

/** What hand-written MWS code brings along: deprecated HTTP clients, XML readers, and generic MWS clients. */
export const COMPANIONS: ReadonlySet<string> = new Set([
  ...['request', 'request-promise', 'request-promise-native', 'requestretry', 'needle', 'wait.for'],
  ...['xml2js', 'xml-js', 'xml2json', 'xml-parser', 'xml2js-es6-promise', 'libxmljs', 'xmldom'],
  ...['mws-simple', 'mws-client', 'mws-api', 'amazon-mws'],
]);

const notClients = new Set([SDK_PACKAGE, ...browserPackages, ...COMPANIONS]);

/** The legacy server clients. */
export const clientPackages: ReadonlySet<string> = new Set(
  Object.keys(legacyPackages).filter((name) => !notClients.has(name)),
);
