import { scriptHosts } from '../../src/catalog';

/** A URL of Widgets.js in a text. `v2` is undefined where the host does not tell the region. */
export interface ScriptUrl {
  readonly start: number;
  readonly end: number;
  readonly v2: string | undefined;
}

/** A legacy script URL up to the end of its query; RequireJS leaves out the ending. */
const URL =
  /(?:https?:)?\/\/[\w.-]{1,80}\/(?:images\/G\/\d\d\/EP\/)?offAmazonPayments\/[\w./-]{0,80}?Widgets(?:\.js)?(?:\?[^\s"'`<>)\\]{0,300})?(?![\w.])/gi;

/** The v2 URL that takes the place of a legacy one, written as that was: with its protocol, and without `.js` for RequireJS. */
export function toV2Url(url: string): string | undefined {
  const host = scriptHosts.find(({ legacy }) => legacy.test(url));
  if (host === undefined) return undefined;
  const withProtocol = url.startsWith('//') ? host.v2.replace(/^https:/, '') : host.v2;
  return /Widgets(?:\?|$)/i.test(url) ? withProtocol.replace(/\.js$/, '') : withProtocol;
}

/** The complete legacy script URLs in a text. */
export function findScriptUrls(text: string, from = 0): ScriptUrl[] {
  return [...text.matchAll(URL)].map(({ index, 0: url }) => ({
    start: from + index,
    end: from + index + url.length,
    v2: toV2Url(url),
  }));
}

/** A text that is part of a legacy script URL which is put together; the path of the MWS API is none. */
export const isPartOfUrl = (text: string): boolean =>
  !/\/2013-01-01\b/.test(text) &&
  (/offAmazonPayments\/|payments-amazon\.com\/OffAmazonPayments/i.test(text) || /(?:^|\/)Widgets\.js\b/.test(text));
