/** What only requests to MWS OffAmazonPayments have. Other sections of MWS have other paths and versions. */
const PATH = /OffAmazonPayments(?:_Sandbox)?\/?/;
const VERSION = /2013-01-01/;
const HOST = /mws(?:-eu)?\.amazonservices\.(?:com|jp)/;

/** The text without its comments, in which every offset stays where it was. */
export function blankComments(text: string): string {
  return text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (match, literal: string | undefined) => literal ?? match.replace(/[^\n]/g, ' '),
  );
}

/** True when the code of a file speaks to MWS OffAmazonPayments. A path or a host with the version is enough. */
export function speaksMws(code: string): boolean {
  const path = PATH.test(code) && (VERSION.test(code) || HOST.test(code) || /\bAction\b/.test(code));
  return path || (HOST.test(code) && VERSION.test(code));
}
