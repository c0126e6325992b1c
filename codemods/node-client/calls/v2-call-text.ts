import type { Operation, V2Operation } from '../../../src/catalog/types';
import { buildV2Call } from '../../v2-request/build-v2-call';
import type { LegacyValue, V2Call } from '../../v2-request/types';
import type { FileContext } from '../context';
import { functionText } from '../wording';

interface Build {
  readonly context: FileContext;
  readonly operation: Operation;
  readonly v2: V2Operation;
  readonly client: string;
  readonly indent: string;
  readonly values: ReadonlyMap<string, LegacyValue>;
}

export function build({ context, operation, v2, client, indent, values }: Build): V2Call {
  const { quote, unit, eol } = context.style;
  const { nameOf, isEs5 } = context;
  const call = buildV2Call({ operation, client, values, indent, unit, quote, eol, isEs5, nameOf }, v2);
  context.need(...call.helpers);
  return call;
}

/** `send(() => …)`: a decline comes back as a declined charge where legacy answered one. */
export function sending(context: FileContext, operation: Operation, expression: string, isAsync: boolean): string {
  const helper =
    operation.declines === true && /\.(?:createCharge|captureCharge)\(/.test(expression) ? 'sendCharge' : 'send';
  const call = isAsync ? `async () => ${expression}` : functionText(context, '', expression);
  return `${context.helper(helper)}(${call})`;
}
