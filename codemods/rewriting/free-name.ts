const isTaken = (name: string, text: string): boolean =>
  new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(text);

/** The first of the names that means nothing yet in any of the texts; the last of them is counted up, if need be. */
export function firstFreeName(names: readonly [string, ...string[]], ...within: readonly string[]): string {
  const isFree = (name: string): boolean => !within.some((text) => isTaken(name, text));
  const found = names.find(isFree);
  if (found !== undefined) return found;
  const last = names.at(-1) ?? names[0];
  for (let count = 2; ; count += 1) if (isFree(`${last}${count}`)) return `${last}${count}`;
}

/**
 * A name for a parameter of a new function: another one where the code that the function is put around means something
 * by this one already.
 *
 * @param within what of the merchant stands in the function, as source text
 */
export const freeName = (name: string, ...within: readonly string[]): string =>
  firstFreeName([name, `amazonPay${name.charAt(0).toUpperCase()}${name.slice(1)}`], ...within);
