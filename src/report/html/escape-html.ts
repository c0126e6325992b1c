import { showControlCharacters } from '../plain-text';

/** Text as the content of an element or of a quoted attribute, whatever a shop is made of. */
export const escapeHtml = (text: string): string =>
  showControlCharacters(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A link to documentation; nothing for what is no plain https address. */
export const isPlainLink = (address: string): boolean => /^https:\/\/[\w.-]+(?:\/[\w.~%/#?=&+-]*)?$/.test(address);
