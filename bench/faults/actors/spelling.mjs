/** Ways to write an amount: the same in other digits, ten thousand million times as much, and less than nothing. */
const zeros = (amount, more) => (amount.includes('.') ? amount + more : `${amount}.${more}`);

export const spellings = {
  plain: (amount) => amount,
  /** v2 has been seen to answer '100.00' for yen. */
  long: (amount) => zeros(amount, '00'),
  short: (amount) => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount),
  number: (amount) => Number(amount),
  negative: (amount) => `-${amount}`,
  huge: (amount) => amount.replace(/^\d+/, (whole) => (whole === '0' ? whole : `${whole}0000000000`)),
};

const AMOUNT = /"amount":"([0-9.]+)"/g;

/** Writes the amounts of an answer as is said for its order. */
export function spell(byOrder, url, body) {
  const [, spelling] = [...byOrder].find(([order]) => url.includes(order)) ?? [];
  if (spelling === undefined) return body;
  const write = (_, amount) => `"amount":${JSON.stringify(spellings[spelling](amount))}`;
  return Buffer.from(body.toString('utf8').replace(AMOUNT, write));
}
