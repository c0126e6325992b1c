import { sellerSections } from '../../src/catalog';
import { MAX_LINE_LENGTH } from './key-place';

/** An address of legacy MWS in a configuration file. */
export interface Endpoint {
  readonly host: string;
  readonly start: number;
  readonly end: number;
  /** The address names the section of Amazon Pay; without it a marketplace seller can mean it, too. */
  readonly namesAmazonPay: boolean;
  /** The region of v2 that the host stands for. */
  readonly region: 'na' | 'eu' | 'jp' | undefined;
}

const ADDRESS =
  /(?:https?:\/\/)?\b(mws(?:-[a-z]+)?\.amazonservices\.(?:co\.uk|com\.[a-z]{2}|[a-z]{2,3}))(\/[\w./-]*)?/gi;
const SELLER_SECTION = new RegExp(`^${sellerSections}`, 'i');
const REGIONS: Readonly<Record<string, Endpoint['region']>> = {
  'mws.amazonservices.com': 'na',
  'mws-eu.amazonservices.com': 'eu',
  'mws.amazonservices.jp': 'jp',
};

/** Finds addresses of MWS; those of a marketplace seller and lines that are only a comment are left out. */
export function findEndpoints(text: string): Endpoint[] {
  return [...text.matchAll(ADDRESS)].flatMap((match) => {
    const [address, host = '', section = ''] = match;
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    const lineEnd = text.indexOf('\n', match.index);
    const line = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
    if (line.length > MAX_LINE_LENGTH || /^\s*(?:#|;|\/\/|\*)/.test(line) || SELLER_SECTION.test(section)) return [];
    const namesAmazonPay = /^\/OffAmazonPayments/i.test(section);
    return [
      {
        host: host.toLowerCase(),
        start: match.index,
        end: match.index + address.length,
        namesAmazonPay,
        region: REGIONS[host.toLowerCase()],
      },
    ];
  });
}
