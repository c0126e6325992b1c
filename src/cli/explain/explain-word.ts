import { errorCodes } from '../../catalog/errors';
import { operations } from '../../catalog/operations';
import { valueTables } from '../../catalog/states';
import type { Operation } from '../../catalog/types';

/** `captureCharge` is what takes the place of `Capture`; several operations can become one method. */
export const findByMethod = (method: string): readonly Operation[] =>
  Object.values(operations).filter(({ v2, draftV2 }) => v2?.sdkMethod === method || draftV2?.sdkMethod === method);

const describe = (values: readonly string[], because: string | undefined): string =>
  `${values.length === 0 ? 'no counterpart' : values.join(' or ')}${because === undefined ? '' : `. ${because}`}`;

/** `PaymentAuthorize`-style names of our tables in words: authorizationState, captureReason. */
const inWords = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/**
 * A legacy state, reason or error code in words: what it is in v2, for each object that has it. Undefined for a word that
 * legacy never used.
 */
export function explainWord(word: string): string | undefined {
  const lines = Object.values(valueTables).flatMap(({ name, values }) => {
    const mapping = values[word];
    if (mapping === undefined) return [];
    return [`   ${inWords(name)}: statusDetails.${mapping.field} ${describe(mapping.anyOf, mapping.because)}`];
  });
  const error = errorCodes[word];
  if (error !== undefined) lines.push(`   error: reasonCode ${describe(error.v2, error.because)}`);
  return lines.length === 0 ? undefined : [`${word} (legacy) in v2`, '', ...lines, ''].join('\n');
}
