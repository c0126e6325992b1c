import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import { literalText } from '../node-client/values/literal-text';
import { valueTableAt } from '../node-client/values/value-places';
import { testFor } from '../node-client/values/value-tests';

/** A state that is compared with a legacy word which means exactly one set of v2 words. */
export function isCertainComparison(context: FileContext, node: ts.Expression): boolean {
  const { parent } = node;
  const table = valueTableAt(context, node);
  if (table === undefined || !ts.isBinaryExpression(parent)) return false;
  const legacy = literalText(context.checker, parent.left === node ? parent.right : parent.left);
  const test = legacy === undefined ? undefined : testFor(table, legacy);
  return test?.kind === 'same-field' && (test.mapping.precision === 'exact' || legacy === 'Completed');
}
