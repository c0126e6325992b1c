/**
 * Control characters and the bidirectional overrides. Merchant code, file names and messages end up on terminals and in
 * pull requests: an escape sequence in a file name must not clear the screen, and an override must not reorder a path.
 */

const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Makes every control character visible as `\xNN`, keeping tabs and line feeds. */
export function showControlCharacters(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** The same on one line: line breaks and tabs become single spaces, and what exceeds `maxLength` is cut. */
export function toOneLine(text: string, maxLength = 400): string {
  const line = showControlCharacters(text.replace(/\s+/g, ' ').trim());
  return line.length > maxLength ? `${cutAt(line, maxLength - 1)}…` : line;
}

/** Cuts at a number of UTF-16 units without leaving half a character behind. */
export function cutAt(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** Half a character (a lone surrogate) becomes a replacement character: no encoding can write it. */
export const toWellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');
