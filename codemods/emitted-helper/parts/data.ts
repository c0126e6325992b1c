import type { Part } from '../part';

/** Values on their way from a legacy request to a v2 request: ids, keys, amounts, texts, flags. */
export const dataParts: readonly Part[] = [
  {
    name: 'refuse',
    needs: [],
    exported: false,
    source: String.raw`
function refuse(code⟦: string⟧, message⟦: string⟧)⟦: never⟧ {
  throw Object.assign(new TypeError(message), { code });
}`,
  },
  {
    name: 'toChargeId',
    needs: ['refuse'],
    exported: true,
    source: String.raw`
/**
 * The charge id of a legacy authorization: its 21st character, A, becomes C. Capture and charge ids
 * stay as they are; the rest is refused, since a guessed id could move the money of someone else.
 * https://developer.amazon.com/docs/amazon-pay-checkout/upgrading-to-v2-checkout.html
 */
function toChargeId(id⟦: unknown⟧)⟦: string⟧ {
  const [, order, kind, number] = /^([PS]\d{2}-\d{7}-\d{7})-([AC])(\d{6})$/.exec(String(id)) ?? [];
  if (!kind) refuse('AMAZON_PAY_NOT_A_CHARGE_ID', 'Not an authorization or charge id: ' + id);
  return order + '-C' + number;
}`,
  },
  {
    name: 'createHash',
    needs: [],
    exported: false,
    source: "import { createHash } from 'node:crypto';",
    commonjs: "const { createHash } = require('node:crypto');",
  },
  {
    name: 'idempotencyKey',
    needs: ['createHash', 'refuse'],
    exported: true,
    source: String.raw`
/**
 * The idempotency key of a request, from its legacy reference id. Amazon keeps keys for good, over
 * all POST requests of the account, and takes at most 32 characters; legacy references were unique
 * per operation only. Hence a hash of both, the same whenever operation and reference are.
 */
function idempotencyKey(operation⟦: string⟧, reference⟦: unknown⟧)⟦: string⟧ {
  const isText = reference !== '' && ['string', 'bigint'].includes(typeof reference);
  if (!isText && !Number.isFinite(reference)) {
    refuse('AMAZON_PAY_NO_REFERENCE', operation + ' has no reference id to make a key of');
  }
  const text = JSON.stringify([operation, String(reference)]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}`,
  },
  {
    name: 'Price',
    needs: [],
    exported: true,
    only: 'typescript',
    source: String.raw`
interface Price {
  amount: string;
  currencyCode: string;
}`,
  },
  {
    name: 'price',
    needs: ['refuse', 'Price'],
    exported: true,
    source: String.raw`
/**
 * An amount as v2 takes it: a string, and for JPY one without decimals. Nothing is rounded: what is
 * not a plain decimal number, or would be a fraction of a yen, is refused.
 */
function price(amount⟦: unknown⟧, currencyCode⟦: unknown⟧)⟦: Price⟧ {
  const [, whole, fraction = ''] = /^(\d+)(\.\d+)?$/.exec(String(amount).trim()) ?? [];
  const withoutDecimals = currencyCode === 'JPY';
  if (!whole || !currencyCode || (withoutDecimals && /[1-9]/.test(fraction))) {
    refuse('AMAZON_PAY_NOT_AN_AMOUNT', 'Not a payable amount: ' + amount + ' ' + currencyCode);
  }
  return { amount: withoutDecimals ? whole : whole + fraction, currencyCode: String(currencyCode) };
}`,
  },
  {
    name: 'toPrice',
    needs: ['price'],
    exported: true,
    source: String.raw`
/** The same for a legacy price, { Amount, CurrencyCode }; one of v2 is taken too. */
function toPrice(value⟦: { Amount?: unknown; CurrencyCode?: unknown } | Price | null | undefined⟧)⟦: Price⟧ {
  const { Amount, CurrencyCode, amount, currencyCode } = ⟦(⟧value ?? {}⟦) as Record<string, unknown>⟧;
  return price(amount ?? Amount, currencyCode ?? CurrencyCode);
}`,
  },
  {
    name: 'shorten',
    needs: [],
    exported: true,
    source: String.raw`
/** Cuts text to a limit of v2, lower than that of legacy for notes, and no character in half. */
function shorten⟦<T>⟧(text⟦: T⟧, maxLength⟦: number⟧)⟦: string | Extract<T, null | undefined>⟧ {
  if (text === undefined || text === null) return text⟦ as Extract<T, null | undefined>⟧;
  return Array.from(String(text)).slice(0, maxLength).join('');
}`,
  },
  {
    name: 'isTrue',
    needs: [],
    exported: true,
    source: String.raw`
/** Legacy took true and 'true'; v2 takes a boolean, and JavaScript takes the text 'false' for true. */
function isTrue(value⟦: unknown⟧)⟦: boolean⟧ {
  return String(value).toLowerCase() === 'true';
}`,
  },
  {
    name: 'isoTimestamp',
    needs: [],
    exported: true,
    source: String.raw`
/**
 * A time of Amazon Pay as legacy wrote it, 2019-07-14T15:53:00Z. That of v2 has neither dashes nor
 * colons (20190714T155300Z), which new Date() does not take, and may be a number of milliseconds.
 * Where v2 has none it answers null, and legacy left it out: undefined.
 */
function isoTimestamp⟦<T>⟧(time⟦: T⟧)⟦: string | ([Extract<T, null | undefined>] extends [never] ? never : undefined)⟧ {
  if (time === undefined || time === null) return undefined⟦ as never⟧;
  if (typeof time === 'number') return new Date(time).toISOString();
  return String(time).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6');
}`,
  },
  {
    name: 'BesideLegacy',
    needs: [],
    exported: true,
    only: 'typescript',
    source: String.raw`
type BesideLegacy<L, V> = L & { checkoutV2: V } & (L extends { offAmazonPayments: unknown }
    ? { offAmazonPayments: { checkoutV2: V } }
    : unknown);`,
  },
  {
    name: 'besideLegacy',
    needs: ['BesideLegacy'],
    exported: true,
    source: String.raw`
/**
 * Puts the v2 client beside a legacy client that still has calls to make, as its checkoutV2. The
 * property is hidden from loops and logs, since the v2 client holds the private key.
 */
function besideLegacy⟦<L extends { offAmazonPayments?: unknown }, V>⟧(⟦
  ⟧legacyClient⟦: L⟧,⟦
 ⟧ v2Client⟦: V,
⟧)⟦: BesideLegacy<L, V>⟧ {
  const hidden = { value: v2Client, configurable: true, writable: true };
  for (const client of [legacyClient, legacyClient.offAmazonPayments]) {
    if (client) Object.defineProperty(client, 'checkoutV2', hidden);
  }
  return legacyClient⟦ as BesideLegacy<L, V>⟧;
}`,
  },
];
