import { writeAmount, type Money } from '../ledger/money';

/** facts: api-mapping.md section 0. */
const NAMESPACE = 'http://mws.amazonservices.com/schema/OffAmazonPayments/2013-01-01';

/** Control characters have no place in XML 1.0, escaped or not. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

/** An element around text; null and undefined give none. */
export const element = (name: string, text: string | number | boolean | null | undefined): string =>
  text === null || text === undefined ? '' : `<${name}>${escapeXml(String(text))}</${name}>`;

/** An element around elements. */
export const group = (name: string, ...content: readonly string[]): string => `<${name}>${content.join('')}</${name}>`;

export const price = (name: string, money: Money | null): string =>
  money === null ? '' : group(name, element('CurrencyCode', money.currency), element('Amount', writeAmount(money)));

export const time = (name: string, instant: number | null): string =>
  element(name, instant === null ? null : new Date(instant).toISOString());

export function answerXml(action: string, content: string | null, requestId: string): string {
  const result = content === null ? '' : group(`${action}Result`, content);
  const metadata = group('ResponseMetadata', element('RequestId', requestId));
  return `<?xml version="1.0"?><${action}Response xmlns="${NAMESPACE}">${result}${metadata}</${action}Response>`;
}

/** Throttling has an empty Type and `RequestID` with a capital D (facts: captures.md section 6). */
export function errorXml(code: string, message: string, requestId: string): string {
  const isThrottled = code === 'RequestThrottled';
  const type = isThrottled ? '<Type/>' : '<Type>Sender</Type>';
  const id = element(isThrottled || code === 'AccessDenied' ? 'RequestID' : 'RequestId', requestId);
  return `<?xml version="1.0"?><ErrorResponse xmlns="${NAMESPACE}"><Error>${type}${element('Code', code)}${element('Message', message)}</Error>${id}</ErrorResponse>`;
}
