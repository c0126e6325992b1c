import { openVerdicts } from '../compare/verdict';
import { keysOfOrder, NUMBER_LENGTH } from './order-keys';
import { SWEEP_TOPIC } from './sweep-topic';

/** Both sides handled the order: what is known of one side only is no evidence that they agree. */
export const bothSides = `legacy IS NOT NULL AND migrated IS NOT NULL`;
/** A person has to look at it; the migrated handler has the order, maybe alone: one of v2, which it left otherwise than Amazon. */
export const differs = `migrated IS NOT NULL AND verdict IN (${openVerdicts.map((verdict) => `'${verdict}'`).join(', ')})`;
export const isCompared = `((${bothSides} AND verdict <> 'incomparable') OR (${differs}))`;
export const agrees = `verdict IN ('match', 'match-late', 'expected')`;

const isOfSomeone = (origin: 'v1' | 'v2', keys: string): string =>
  `EXISTS (SELECT 1 FROM order_side WHERE order_side.origin = '${origin}' AND order_side.order_key IN (${keys}))`;

const agreesWhere = (isBeyondLegacy: string): string =>
  `comparison.migrated IS NOT NULL AND comparison.${agrees} AND (comparison.legacy IS NOT NULL
  OR (comparison.amazon IS NOT NULL AND ${isBeyondLegacy}))`;

/**
 * Whether a comparison says that both sides agreed about what is kept under a key. The legacy handler never gets an order that v2
 * made, nor a payment that v2 made on an agreement: there the migrated one agrees with Amazon, and there is nobody else to ask.
 */
export const coversKey = (key: string): string => agreesWhere(isOfSomeone('v2', key));

/** The number that an object is of. */
export const numberOf = (objectId: string): string => `substr(${objectId}, 1, ${NUMBER_LENGTH})`;

const keys = keysOfOrder('comparison.order_key');
/** The same of all that is of its order: a payment that v2 made speaks for no legacy one on the same agreement. */
const covers = agreesWhere(`${isOfSomeone('v2', keys)} AND NOT ${isOfSomeone('v1', keys)}`);

/** Of an order, over its comparisons. 1: one of them could not tell. 2: and one told for sure; then the order counts as compared. */
export const incomparableRank = `MAX(CASE WHEN ${covers} THEN 2 WHEN verdict = 'incomparable' THEN 1 ELSE 0 END)`;

/** `v1:PaymentCapture`, `v2:CHARGE`: a legacy message is told by its type, one of v2 by the object that it is about. */
export const typeSql = (inbox: string): string =>
  `${inbox}.kind || ':' || COALESCE(CASE WHEN ${inbox}.kind = 'v1' THEN ${inbox}.notification_type
   ELSE ${inbox}.object_type END, 'unknown')`;

export const isGenuine = (inbox: string): string =>
  `${inbox}.verdict = 'verified' AND ${inbox}.quarantine IS NULL AND ${inbox}.is_sample = 0
   AND ${inbox}.kind IN ('v1', 'v2') AND ${inbox}.topic_arn <> '${SWEEP_TOPIC}'`;
