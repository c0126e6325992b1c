import type { FindingDraft, NewFile } from '../codemod';
import { rules } from '../../src/catalog';

const DECISION = /\/\/ TODO\(amazon-pay-v2\) (scaffold\/[\w-]+): ([^\n\r]*)/g;

/** The MWS operation whose work the place now does. */
const LEGACY: Readonly<Record<string, string>> = {
  'scaffold/amount': 'SetOrderReferenceDetails',
  'scaffold/current-order': 'SetOrderReferenceDetails',
  'scaffold/session-store': 'ConfirmOrderReference',
  'scaffold/payment-state': 'Authorize',
  'scaffold/payment-intent': 'Authorize',
  'scaffold/sweep': 'GetOrderReferenceDetails',
  'scaffold/frequency': 'SetBillingAgreementDetails',
};

/** One finding for each decision that the scaffold leaves to the merchant. */
export function listDecisions({ path, text }: NewFile): FindingDraft[] {
  return [...text.matchAll(DECISION)].map((match): FindingDraft => {
    const [whole, rule = '', decision = ''] = match;
    const operation = LEGACY[rule];
    return {
      rule,
      codemod: 'scaffold',
      surface: 'browser',
      automation: rules[rule]?.automation ?? 'assisted',
      confidence: 'high',
      path,
      start: match.index,
      end: match.index + whole.length,
      legacy: { name: 'OffAmazonPayments', ...(operation === undefined ? {} : { operation }) },
      replacement: null,
      message: `To decide: ${decision}`,
      rewritten: true,
    };
  });
}
