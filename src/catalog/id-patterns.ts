const DIGIT = String.raw`(?:\\{1,2}d|\[0-9\])`;
const FIRST = String.raw`(?:\[[PSBC|]+\]|\((?:\?:)?[PSBC](?:\|[PSBC])*\)|[PSBC])`;
const REGION = String.raw`(?:${DIGIT}\{2\}|${DIGIT}{2}|0${DIGIT}|0\[[\d-]+\]|0\d)`;
const DASH = String.raw`\\{0,2}-`;

/** Texts of which every pattern of ids of Amazon Pay holds one, whether it stands in a literal or in a string. */
export const idPatternMarkers: readonly string[] = [
  String.raw`\d{7}-\d{7}`,
  String.raw`d{7}-\\d{7}`,
  String.raw`[0-9]{7}-[0-9]{7}`,
];

/** A pattern of ids, `[PS]\d{2}-\d{7}-\d{7}` (facts: api-mapping.md, ids), and what it has behind the number of the order. */
export const idPattern = new RegExp(`${FIRST}${REGION}${DASH}${DIGIT}\\{7\\}${DASH}${DIGIT}\\{7\\}([^'"\`/\\s]{0,24})`);
