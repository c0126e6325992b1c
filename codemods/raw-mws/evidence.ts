import { operations, reportOperations } from '../../src/catalog';

/** What only requests to MWS OffAmazonPayments have. Other sections of MWS have other paths and versions. */
const PATH = /OffAmazonPayments(?:_Sandbox)?\/?/;
const VERSION = /2013-01-01/;
const HOST = /mws(?:-eu)?\.amazonservices\.(?:com|jp)/;

const ACTION = new RegExp(`\\bAction\\b\\W{1,8}(?:${Object.keys(operations).join('|')})\\b`);
const ID = /\bAmazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id\b/;

/** A request of MWS Reports, which any seller may make: it is one of Amazon Pay only where a report of it is named. */
const REPORT_ACTION = new RegExp(`\\b(?:${Object.keys(reportOperations).join('|')})\\b`);
const REPORT_VERSION = /2009-01-01/;

/** True when a project asks for reports of Amazon Pay, by whatever API: the names of their types are the same in v2. */
export const namesPaymentReport = (text: string): boolean => /_OFFAMAZONPAYMENTS_/.test(text);

/** True when the code of a file may name a request of MWS Reports. */
export const namesReportRequest = (code: string): boolean => REPORT_ACTION.test(code);

/** True when the code of a file speaks to MWS Reports. */
export const speaksReports = (code: string): boolean =>
  namesReportRequest(code) && (HOST.test(code) || REPORT_VERSION.test(code) || /\bAction\b/.test(code));

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
