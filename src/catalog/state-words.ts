import { valueTables } from './states';

/** Those of a checkout session have words of their own. */
const SESSION = /^draft/;

function wordsOf(kind: 'State' | 'Reason'): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const { name, values } of Object.values(valueTables)) {
    if (!name.endsWith(kind) || SESSION.test(name)) continue;
    for (const [word, { anyOf }] of Object.entries(values))
      found.set(word, new Set([...(found.get(word) ?? []), ...anyOf]));
  }
  return found;
}

const onlyLegacy = (words: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] =>
  [...words].flatMap(([word, inV2]) => (inV2.has(word) ? [] : [word]));

/** Every state of legacy, whatever it is one of, and what it is in v2. */
export const legacyStateWords = wordsOf('State');
/** `Open`, `Pending`: v2 has no such state. */
export const onlyLegacyStates = onlyLegacy(legacyStateWords);
/** Those, and `Closed`, which v2 says of other objects: a test for one of them means something else in v2, or nothing. */
export const changedStates: readonly string[] = [...legacyStateWords].flatMap(([word, inV2]) =>
  inV2.size === 1 && inV2.has(word) ? [] : [word],
);
/** Every reason of a state of legacy, and what it is in v2. */
export const legacyReasonWords = wordsOf('Reason');
/** `MaxCapturesProcessed`: v2 has no such reason. */
export const onlyLegacyReasons = onlyLegacy(legacyReasonWords);
