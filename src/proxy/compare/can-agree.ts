import { findLegacyType } from '../../../transforms/ipn/translate-v1';

/** It is about the merchant's account. */
const withoutOrder = new Set(['SolutionProviderEvent']);

/**
 * Whether an order with a message of a type can ever be said to agree. None can where the message names no order, or where
 * Amazon shows nothing of what it is about: a legacy chargeback leaves its order incomparable (facts: ipn.md section 4).
 * A gate that wanted such types would never open again after the first of them.
 */
export function canAgree(type: string): boolean {
  if (!type.startsWith('v1:')) return true;
  const row = findLegacyType(type.slice('v1:'.length));
  return row !== undefined && row.objectType !== 'CHARGEBACK' && !withoutOrder.has(row.type);
}
