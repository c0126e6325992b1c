/** Both sides handled the order: what is known of one side only is no evidence that they agree. */
export const bothSides = `legacy IS NOT NULL AND migrated IS NOT NULL`;
export const agrees = `verdict IN ('match', 'match-late', 'expected')`;

/** `v1:PaymentCapture`, `v2:CHARGE`: a legacy message is told by its type, one of v2 by the object that it is about. */
export const typeSql = (inbox: string): string =>
  `${inbox}.kind || ':' || COALESCE(CASE WHEN ${inbox}.kind = 'v1' THEN ${inbox}.notification_type
   ELSE ${inbox}.object_type END, 'unknown')`;

export const isGenuine = (inbox: string): string =>
  `${inbox}.verdict = 'verified' AND ${inbox}.quarantine IS NULL AND ${inbox}.is_sample = 0
   AND ${inbox}.kind IN ('v1', 'v2') AND ${inbox}.topic_arn <> 'sweep'`;
