import { createHash } from 'node:crypto';
import type { Side } from '../observer';

/**
 * The side that a share of the orders gives an order that is on none yet. By a hash of its key: every instance says the same,
 * and a larger share has all the orders of a smaller one.
 */
export function sideByShare(orderKey: string, sharePercent: number): Side {
  const place = createHash('sha256').update(orderKey).digest().readUInt32BE(0) / 2 ** 32;
  return place * 100 < sharePercent ? 'migrated' : 'legacy';
}
