import type { FindingDraft } from '../codemod';
import type { Held } from './held';
import type { FileNames, Span } from './names';

/** A call of a legacy client, or a method of it that somebody calls later. */
export interface LegacyCall {
  readonly file: FileNames;
  readonly node: Span;
  /** The method; undefined when it is computed. */
  readonly method: string | undefined;
  /** The operation of MWS that does the work; null for a helper of the SDK. */
  readonly operation: string | null;
  readonly confidence: FindingDraft['confidence'];
  /** The legacy SDK, where its class is known. */
  readonly sdk: string | undefined;
  /** What is certain about it, for the message. */
  readonly because: string;
}

/** How certain it is that a client is legacy, in words and as a confidence. */
export function certaintyOf({ certainty }: Held, sdk: string): Pick<LegacyCall, 'sdk' | 'confidence' | 'because'> {
  return certainty === 'typed'
    ? { sdk, confidence: 'high', because: `its client is of ${sdk}` }
    : { sdk, confidence: 'medium', because: `a member of this name holds a client of ${sdk} elsewhere` };
}
