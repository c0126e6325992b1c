import type { Posting } from './posting';
import type { Environment } from './rows';

/** facts: api-mapping.md, "ID shapes". P and B are live, S and C sandbox. */
const letters = { OneTime: { live: 'P', sandbox: 'S' }, agreement: { live: 'B', sandbox: 'C' } } as const;

/** A new id of an order reference, or of a billing agreement. */
export function newOrderId({ store, ids, settings }: Posting, kind: keyof typeof letters, environment: Environment) {
  for (;;) {
    const id = `${letters[kind][environment]}${settings.regionDigits}-${ids.digits(7)}-${ids.digits(7)}`;
    if (store.get('orders', id) === undefined) return id;
  }
}

const table = { C: 'charges', R: 'refunds', B: 'disputes', P: 'credits', Q: 'creditReversals' } as const;

/** A new id that hangs on an order: `S01-1234567-1234567-C123456`. */
export function newChildId({ store, ids }: Posting, orderId: string, letter: keyof typeof table): string {
  for (;;) {
    const id = `${orderId}-${letter}${ids.digits(6)}`;
    if (store.get(table[letter], id) === undefined) return id;
  }
}

/** The authorization of a charge: same digits, another letter (facts: managing-v1-objects.md, id rules). */
export const toAuthorizationId = (chargeId: string): string => chargeId.replace(/-C(\d{6})$/, '-A$1');
