import { elements } from './elements';

const LEVEL = /^(?:Authorization|Capture|Refund|OrderReference|BillingAgreement)(?:Details|Status)$/;
const levels = Object.keys(elements).filter((name) => LEVEL.test(name));
/** Amounts of an answer. Requests have those of the first three kinds as well, but write them: only who reads one reads a part of it. */
export const answerAmounts: readonly string[] = [
  'AuthorizationAmount',
  'CaptureAmount',
  'RefundAmount',
  'AuthorizationFee',
  'CaptureFee',
  'CapturedAmount',
  'RefundedAmount',
];
const PRICE = ['Amount', 'CurrencyCode'];
const fields = new Set(levels.flatMap((name) => Object.keys(elements[name]?.fields ?? {})));

/**
 * Levels of a legacy answer. A file that reads one may hold nothing else of legacy: a table of labels, a mapper, a worker that
 * is handed answers by a queue. Others have types of such names, so they count only where a field of theirs is read.
 */
export const answerMarkers: readonly string[] = [...levels, ...answerAmounts];

/** Fields of an answer whose names say what they are of: who is handed an answer reads them of it and names nothing else of legacy. */
export const answerFields: readonly string[] = [...fields].filter((name) =>
  /Captur|Refund|Authori[sz]ation|OrderReference|BillingAgreement/.test(name),
);

const between = [
  String.raw`['"]?\]?[?!:.\s{['"]{1,12}`,
  String.raw`['"],\s*['"]`,
  ',',
  // What a database takes out of an answer that it keeps.
  String.raw`['"]\s*->>?\s*['"]`,
].join('|');

/** `CaptureDetails.CaptureStatus`, `{ AuthorizationStatus: { State } }`, `['RefundStatus']['State']`, `path(['CaptureStatus', 'State'])` */
export const answerRead = new RegExp(
  [
    `\\b(?:${levels.join('|')})(?:${between})(?:${[...fields].join('|')})\\b`,
    `\\b(?:${answerAmounts.join('|')})(?:${between})(?:${PRICE.join('|')})\\b`,
  ].join('|'),
);
