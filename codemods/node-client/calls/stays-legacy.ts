import { operations } from '../../../src/catalog';
import type { CodemodInput } from '../../codemod';
import { staysForDrafts } from './consent-token';

/** The answers of what is not rewritten are read as before; an operation that v2 lacks is listed with its reads. */
export const staysLegacy = (name: string, readsDraft: boolean, input: CodemodInput): boolean => {
  const isCheckout = operations[name]?.phase === 'checkout' || readsDraft;
  return (
    name === 'CreateOrderReferenceForId' || (isCheckout && input.strategy === 'beside') || staysForDrafts(input, name)
  );
};
