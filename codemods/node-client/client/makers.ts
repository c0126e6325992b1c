/** What makes a client in the legacy packages. */
export const CONNECT: ReadonlySet<string> = new Set(['connect', 'AmazonPayClient', 'amazonPayClient']);
