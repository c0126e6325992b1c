/**
 * Control characters, and those that turn the direction of a text: in a name or an id they would make it look like another one.
 * As in report/plain-text.ts, which pages cannot load.
 */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Makes them visible as `\xNN` and `\uNNNN`; tabs and line feeds stay. */
export const visibleText = (text: string): string =>
  text.replace(unsafe, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
