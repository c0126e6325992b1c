import { operations } from '../../src/catalog';
import { collectLiteral } from './collect-values';
import type { FileContext } from './context';
import type { OperationCall } from './find-operations';

const NAME = 'AuthorizationAmount';

/** Legacy confirmed an order by its id alone; what stands for it in v2 must be told the amount as well. */
export const CALLERS_PASS_AMOUNT = `Its callers have to pass ${NAME} (Amount, CurrencyCode), equal to the amount of the session, which legacy did not ask for; without it every call is refused.`;

const PASS_AMOUNT = `Pass ${NAME} (Amount, CurrencyCode) as well, equal to the amount of the session: the function that stands for ConfirmOrderReference refuses calls without it.`;

/** What a call of a function that stands for ConfirmOrderReference leaves out, though v2 wants it. */
export function missingAmount(context: FileContext, call: OperationCall): string | undefined {
  const operation = operations[call.operation];
  if (call.operation !== 'ConfirmOrderReference' || call.reach === 'direct' || operation === undefined)
    return undefined;
  if (call.parameters === undefined) return PASS_AMOUNT;
  const collected = collectLiteral(context, operation, call.parameters);
  const isPassed = collected.kind === 'values' && [...collected.values.keys()].some((key) => key.startsWith(NAME));
  return isPassed ? undefined : PASS_AMOUNT;
}
