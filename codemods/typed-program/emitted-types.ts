import type { Annotation } from './annotated-file';

/** As `migrate` writes it into JavaScript; in TypeScript it has types. */
const BESIDE_LEGACY = /\bfunction besideLegacy\(legacyClient, v2Client\)/;

/**
 * The types of the emitted helper, known without a look at who calls it: `besideLegacy` answers the client that it was given. Carried
 * from its callers they would cost one more program whenever rewritten files are read.
 */
export function emittedTypes(text: string): readonly Annotation[] {
  const at = BESIDE_LEGACY.exec(text);
  if (at === null) return [];
  const end = at.index + at[0].length;
  const open = text.indexOf('(', at.index);
  return [
    { at: open, text: '<L>' },
    { at: text.indexOf(',', open), text: ': L & { offAmazonPayments?: unknown }' },
    { at: end, text: ': L' },
  ];
}
