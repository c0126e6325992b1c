import { operations } from '../../src/catalog';

/** What only requests to MWS OffAmazonPayments have. Other sections of MWS have other paths and versions. */
const PATH = /OffAmazonPayments(?:_Sandbox)?\/?/;
const VERSION = /2013-01-01/;
const HOST = /mws(?:-eu)?\.amazonservices\.(?:com|jp)/;

const ACTION = new RegExp(`\\bAction\\b\\W{1,8}(?:${Object.keys(operations).join('|')})\\b`);
const ID = /\bAmazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id\b/;

/** The text without its comments, in which every offset stays where it was. */
export function blankComments(text: string): string {
  return text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (match, literal: string | undefined) => literal ?? match.replace(/[^\n]/g, ' '),
  );
}

/**
 * True when the code of a file speaks to MWS OffAmazonPayments. A path or a host with the version is enough; where the
 * address is configured elsewhere, an action of Amazon Pay with one of its ids is.
 */
export function speaksMws(code: string): boolean {
  const path = PATH.test(code) && (VERSION.test(code) || HOST.test(code) || /\bAction\b/.test(code));
  return path || (HOST.test(code) && VERSION.test(code)) || (ACTION.test(code) && ID.test(code));
}
