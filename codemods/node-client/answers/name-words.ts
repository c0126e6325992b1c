/** What a name says of its kind and nothing of what it is about. */
const KINDS =
  /^(?:a?sync|service|client|gateway|provider|repository|repo|store|manager|handler|controller|helper|adapter|module|factory|facade|impl|api|port|instance|index|main|the|my)$/;

const singular = (word: string): string => word.replace(/(?<=[^s]{2})s$/, '');

/** What a name is about, in words: of `amazonPayments`, `PaymentService` and `payments.service` that it is `payment`. */
export function subjectOf(name: string): readonly string[] {
  const words = name
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  const told = words.filter((word) => !KINDS.test(word));
  return (told.length === 0 ? words : told).map(singular);
}

/** One is about what the other is about, perhaps said more closely: `payments` and `AmazonPayments`. */
export function areAlike(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const isAt = (offset: number): boolean => short.every((word, index) => long[index + offset] === word);
  return short.length > 0 && (isAt(0) || isAt(long.length - short.length));
}
