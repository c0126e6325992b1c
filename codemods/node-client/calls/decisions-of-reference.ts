import { operations } from '../../../src/catalog';
import type { FileContext } from '../context';
import { confirmsOrders, FIRST_AUTHORIZATION } from './first-authorization';
import { CALLERS_PASS_AMOUNT } from './session-amount';

/** What somebody has to decide about the function that stands for an operation. */
export function decisionsOf({ input }: FileContext, operation: string): string[] {
  const row = operations[operation];
  const decisions = row?.automation === 'assisted' ? [row.guidance] : [];
  if (operation === 'ConfirmOrderReference') decisions.push(CALLERS_PASS_AMOUNT);
  const isFirst = operation === 'Authorize' && input.strategy !== 'beside' && confirmsOrders(input);
  return isFirst ? [...decisions, FIRST_AUTHORIZATION] : decisions;
}
