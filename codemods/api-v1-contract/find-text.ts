/** A place that only a search of the text finds: in another language, or in a script that does not parse. */
export interface TextUse {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

const NAMES =
  /\bwebCheckoutDetail\b|\bchargeAmountLimit\b|\bextractAmazonCheckoutSessionId\b|\bpay-api\.amazon\.(?:com|eu|jp)(?:\/(?:sandbox|live))?\/v1\b/g;

/** Names that no other program uses, outside the ranges that were parsed. */
export function findText(text: string, parsed: readonly { readonly start: number; readonly end: number }[]): TextUse[] {
  return [...text.matchAll(NAMES)]
    .map(({ index, 0: name }) => ({ start: index, end: index + name.length, name }))
    .filter(({ start }) => !parsed.some((range) => range.start <= start && start < range.end));
}
