/**
 * A name for a parameter of a new function: another one where the code that the function is put around means something
 * by this one already.
 *
 * @param within what of the merchant stands in the function, as source text
 */
export const freeName = (name: string, ...within: readonly string[]): string =>
  within.some((text) => new RegExp(String.raw`(?<![\w$])${name}(?![\w$])`).test(text))
    ? `amazonPay${name.charAt(0).toUpperCase()}${name.slice(1)}`
    : name;
