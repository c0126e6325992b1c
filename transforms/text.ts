/**
 * Counts characters as Unicode code points. Amazon publishes its limits in characters; how it counts characters outside
 * the Basic Multilingual Plane is not published.
 */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

/** Cuts text to at most `maxLength` characters and never through the middle of one (an emoji is two UTF-16 units). */
export function shorten(text: string, maxLength: number): string {
  if (!Number.isInteger(maxLength) || maxLength < 0) {
    throw new RangeError(
      `A text limit is a whole number from 0, but got ${maxLength}. Use maxLength of the catalog row.`,
    );
  }
  // As many UTF-16 units as characters allowed: nothing to count, and long texts are not walked to their end.
  if (text.length <= maxLength) return text;
  let end = 0;
  for (let count = 0; count < maxLength && end < text.length; count += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

/** Tells whether text keeps all its characters under a limit. */
export function fitsIn(text: string, maxLength: number): boolean {
  return shorten(text, maxLength).length === text.length;
}
