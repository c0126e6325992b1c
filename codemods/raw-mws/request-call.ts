import type { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { Operation } from '../../src/catalog/types';
import { collectLiteral } from '../node-client/collect-values';
import type { FileContext } from '../node-client/context';
import { indentAt } from '../rewriting/style';
import { buildV2Call } from '../v2-request/build-v2-call';
import type { LegacyValue, V2Call } from '../v2-request/types';
import type { KnownExecutor } from './read-executor';

/** A call of a function that sends any MWS operation, with the operation written out. */
export interface RequestCall {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly operation: string;
  readonly executor: KnownExecutor;
}

/** A request with its place in the tree that the checker has typed. */
export interface Located {
  readonly call: RequestCall;
  readonly node: ts.CallExpression;
  readonly context: FileContext;
}

/** Parameters of the protocol, which the v2 SDK takes care of. */
const PROTOCOL = /^(?:Action|Version|SellerId|AWSAccessKeyId|SignatureMethod|SignatureVersion|Timestamp|MWSAuthToken)$/;

/** The merchant is another one for each call; the v2 client is one merchant's. */
const namesMerchant = (values: ReadonlyMap<string, LegacyValue>): boolean =>
  values.has('MWSAuthToken') ||
  [...values].some(
    ([name, { literal, text }]) => name === 'SellerId' && literal === undefined && !/^process\.env\b/.test(text),
  );

/** The function itself names a parameter of the operation, so that what is sent is not what the call says. */
const addsParameters = ({ executor }: RequestCall, { request }: Operation): boolean =>
  [...Object.keys(request), 'MWSAuthToken'].some((name) =>
    new RegExp(`\\b${name.replace(/\..*/, '')}\\b`).test(executor.code),
  );

/** The v2 call of a request, or the reason why there is none that is certain. */
export function toV2Call({ call, node, context }: Located, client: string): V2Call | string {
  const operation = operations[call.operation];
  const parameters = node.arguments[1];
  if (operation?.v2 == null) return 'v2 has no counterpart';
  if (operation.automation !== 'automatic') return 'it is a step of the checkout or needs a decision';
  const collected = parameters === undefined ? undefined : collectLiteral(context, operation, parameters);
  if (collected === undefined || collected.kind === 'opaque') return 'its parameters are not written out in the call';
  if (namesMerchant(collected.values)) return 'it acts for a merchant that the call names';
  if (addsParameters(call, operation)) return `${call.executor.name} adds parameters of its own`;
  const values = new Map([...collected.values].filter(([name]) => !PROTOCOL.test(name)));
  const indent = indentAt(context.file.unit.text, call.start);
  const { quote, unit, eol } = context.style;
  const { isEs5, nameOf } = context;
  const built = buildV2Call({ operation, client, values, indent, unit, quote, eol, isEs5, nameOf });
  const [note] = built.notes;
  return note === undefined ? built : note.message;
}
