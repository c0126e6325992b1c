import { operations } from '../../../src/catalog';
import type { Operation } from '../../../src/catalog/types';
import { valuesOf } from './call-values';
import { collectLiteral } from './collect-values';
import type { FileContext } from '../context';
import type { OperationCall } from './find-operations';

const NAME = 'AuthorizationAmount';

/** Legacy confirmed an order by its id alone; what stands for it in v2 must be told the amount as well. */
export const CALLERS_PASS_AMOUNT = `Its callers have to pass ${NAME} (Amount, CurrencyCode), equal to the amount of the session, which legacy did not ask for; without it every call is refused.`;

const PASS_AMOUNT = `Pass ${NAME} (Amount, CurrencyCode) as well, equal to the amount of the session: the function that stands for ConfirmOrderReference refuses calls without it.`;

const READ_AMOUNT = `Put ${NAME} (Amount, CurrencyCode) into the parameters, equal to the amount of the session: legacy did not ask for it, and chargeAmount is read off them.`;

const ADD_AMOUNT =
  'Add chargeAmount: { amount, currencyCode } to the second argument, which legacy did not ask for: the call cannot complete the order without the amount of the session.';

const namesAmount = (values: ReadonlyMap<string, unknown>): boolean =>
  [...values.keys()].some((key) => key.startsWith(NAME));

/** The amount stands in the call itself, or a Set call beside it says it. */
function missingFromCall(context: FileContext, call: OperationCall, operation: Operation): string | undefined {
  const { values, nodes } = valuesOf(context, call, operation);
  if (!namesAmount(values)) return ADD_AMOUNT;
  return nodes.size === 0 ? READ_AMOUNT : undefined;
}

/** What a call that confirms an order leaves out, though v2 wants it. */
export function missingAmount(context: FileContext, call: OperationCall): string | undefined {
  const operation = operations[call.operation];
  if (call.operation !== 'ConfirmOrderReference' || operation === undefined) return undefined;
  if (call.reach === 'direct') return missingFromCall(context, call, operation);
  if (call.parameters === undefined) return PASS_AMOUNT;
  const collected = collectLiteral(context, operation, call.parameters);
  return collected.kind === 'values' && namesAmount(collected.values) ? undefined : PASS_AMOUNT;
}
