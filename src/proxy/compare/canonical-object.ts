import { createHash } from 'node:crypto';
import { z } from 'zod';
import { notifiedObjects, type NotifiedObject } from '../../catalog/notifications';
import { toAmount } from '../../../transforms/amounts';
import { findState } from './object-states';
import { outcomeStates } from './outcome';

const objectTypes = Object.keys(notifiedObjects) as [NotifiedObject, ...NotifiedObject[]];

/** Why an object tells nothing certain. */
export const objectProblems = [
  /** A state, a reason or a shape that this version does not know. */
  'unknown-state',
  /** Amazon has no such object, for this merchant. */
  'not-found',
  /** Amazon refused to tell, or was not asked since the key is of the other environment. */
  'refused',
  /** Amazon offers no GET for it: the chargeback of a legacy order (facts: ipn.md section 4). Look in Seller Central. */
  'no-get',
] as const;
export type ObjectProblem = (typeof objectProblems)[number];

/** What is kept of an object of Amazon: how it is, and no word about the buyer. */
export const canonicalObjectSchema = z.object({
  objectType: z.enum(objectTypes),
  objectId: z.string(),
  /** The order that it belongs to, where Amazon said so. */
  chargePermissionId: z.string().nullable(),
  /** Of a refund and of a dispute. */
  chargeId: z.string().nullable(),
  state: z.enum(outcomeStates),
  isFinal: z.boolean(),
  problem: z.enum(objectProblems).nullable(),
  /** In Amazon's words, whatever they are. */
  amazonState: z.string().nullable(),
  amazonReasons: z.array(z.string()),
  authorized: z.string(),
  captured: z.string(),
  refunded: z.string(),
  currency: z.string().nullable(),
  createdAt: z.number().nullable(),
  /** When its state changed last, by Amazon's clock. */
  updatedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
});
export type CanonicalObject = z.infer<typeof canonicalObjectSchema>;

const price = z.looseObject({
  amount: z.union([z.string(), z.number()]),
  currencyCode: z.string().regex(/^[A-Z]{3}$/),
});
/** The basic form, the extended one, and milliseconds as a number were all seen (facts: captures.md section 2.0). */
const time = z.union([z.string(), z.number()]).nullish().transform(readTime);

const amazonObject = z.looseObject({
  chargePermissionId: z.string().max(60).nullish(),
  chargeId: z.string().max(60).nullish(),
  chargeAmount: price.nullish(),
  captureAmount: price.nullish(),
  refundedAmount: price.nullish(),
  refundAmount: price.nullish(),
  presentmentCurrency: z.string().nullish(),
  limits: z.looseObject({ amountLimit: price.nullish() }).nullish(),
  creationTimestamp: time,
  expirationTimestamp: time,
  statusDetails: z.looseObject({
    state: z.string(),
    reasonCode: z.string().nullish(),
    // null, not [], while there is none (facts: captures.md section 2.3).
    reasons: z.array(z.looseObject({ reasonCode: z.string() })).nullish(),
    resolution: z.string().nullish(),
    lastUpdatedTimestamp: time,
  }),
});
type AmazonObject = z.infer<typeof amazonObject>;

function readTime(given: string | number | null | undefined): number | null {
  if (given == null) return null;
  if (typeof given === 'number') return given;
  const extended = given.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6');
  const instant = Date.parse(extended);
  return Number.isNaN(instant) ? null : instant;
}

const word = (text: string): string => text.slice(0, 60);
const amountOf = (given: z.infer<typeof price> | null | undefined): string =>
  given == null ? '0' : toAmount(given.amount, given.currencyCode);

function reasonsOf(objectType: NotifiedObject, { statusDetails }: AmazonObject): readonly string[] {
  if (objectType === 'CHARGEBACK') return statusDetails.resolution == null ? [] : [statusDetails.resolution];
  const one = statusDetails.reasonCode == null ? [] : [statusDetails.reasonCode];
  return [...(statusDetails.reasons ?? []).map(({ reasonCode }) => reasonCode), ...one].slice(0, 10);
}

type Money = Pick<CanonicalObject, 'authorized' | 'captured' | 'refunded' | 'currency'>;
const none = { authorized: '0', captured: '0', refunded: '0' } as const;
/** Money of a charge that was authorized, and neither canceled nor refused since. */
const holdsMoney = new Set(['Authorized', 'CaptureInitiated', 'Captured']);

function moneyOf(objectType: NotifiedObject, object: AmazonObject): Money {
  const { state } = object.statusDetails;
  switch (objectType) {
    case 'CHARGE':
      return {
        authorized: holdsMoney.has(state) ? amountOf(object.chargeAmount) : '0',
        captured: state === 'Captured' ? amountOf(object.captureAmount ?? object.chargeAmount) : '0',
        refunded: amountOf(object.refundedAmount),
        currency: object.chargeAmount?.currencyCode ?? null,
      };
    case 'REFUND':
      return { ...none, refunded: amountOf(object.refundAmount), currency: object.refundAmount?.currencyCode ?? null };
    case 'CHARGE_PERMISSION':
      return { ...none, currency: object.presentmentCurrency ?? object.limits?.amountLimit?.currencyCode ?? null };
    case 'CHARGEBACK':
      return { ...none, currency: null };
  }
}

/** An object of which no more is known than its name. */
export const unknownObject = (
  objectType: NotifiedObject,
  objectId: string,
  problem: ObjectProblem,
): CanonicalObject => ({
  objectType,
  objectId,
  chargePermissionId: null,
  chargeId: null,
  state: 'unknown',
  // What was refused may be told another time.
  isFinal: problem === 'not-found' || problem === 'no-get',
  problem,
  amazonState: null,
  amazonReasons: [],
  ...none,
  currency: null,
  createdAt: null,
  updatedAt: null,
  expiresAt: null,
});

/** Whether no more is known of an object than its name. */
export const isUntold = ({ problem }: CanonicalObject): boolean => problem !== null && problem !== 'unknown-state';

function readMoney(objectType: NotifiedObject, object: AmazonObject): Money | null {
  try {
    return moneyOf(objectType, object);
  } catch {
    // An amount that is none.
    return null;
  }
}

/** Reduces what a GET answered. What this version does not know stays in Amazon's words, and its state is `unknown`. */
export function toCanonicalObject(objectType: NotifiedObject, objectId: string, body: unknown): CanonicalObject {
  const parsed = amazonObject.safeParse(body);
  if (!parsed.success) return unknownObject(objectType, objectId, 'unknown-state');
  const object = parsed.data;
  const reasons = reasonsOf(objectType, object);
  const row = findState(objectType, object.statusDetails.state, reasons);
  const money = readMoney(objectType, object);
  const state = money === null ? 'unknown' : row.state;
  return {
    objectType,
    objectId,
    chargePermissionId: objectType === 'CHARGE_PERMISSION' ? objectId : (object.chargePermissionId ?? null),
    chargeId: objectType === 'CHARGE' ? objectId : (object.chargeId ?? null),
    state,
    isFinal: row.isFinal && state !== 'unknown',
    problem: state === 'unknown' ? 'unknown-state' : null,
    amazonState: word(object.statusDetails.state),
    amazonReasons: reasons.map(word),
    ...(money ?? { ...none, currency: null }),
    createdAt: object.creationTimestamp,
    updatedAt: object.statusDetails.lastUpdatedTimestamp,
    expiresAt: object.expirationTimestamp,
  };
}

/** Equal for what Amazon said twice, and only for that. */
export const fingerprintOf = (object: CanonicalObject): string =>
  createHash('sha256')
    .update(JSON.stringify(canonicalObjectSchema.parse(object)))
    .digest('hex');
