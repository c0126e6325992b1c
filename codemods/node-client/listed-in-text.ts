import type { FindingDraft } from '../codemod';
import { CODEMOD } from './context';

/** What is said of a place in a text, and what differs from the usual. */
type Said = Pick<FindingDraft, 'rule' | 'legacy' | 'replacement' | 'message'> &
  Partial<Pick<FindingDraft, 'confidence'>>;

/** A place in a text that no type leads to: somebody has to look whether it is of Amazon Pay, and nothing is rewritten. */
export const listedInText = (
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
  said: Said,
): FindingDraft => ({
  codemod: CODEMOD,
  surface: 'node-client',
  automation: 'manual',
  confidence: 'low',
  path,
  start,
  end,
  rewritten: false,
  ...said,
});
