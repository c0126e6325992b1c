import type { Operation, V2Operation } from '../../../src/catalog/types';
import { freeName } from '../../rewriting/free-name';
import { mayReadDraft } from './consent-token';
import type { FileContext } from '../context';
import { collectFromObject } from './read-off-object';
import { build, sending } from './v2-call-text';
import { functionText } from '../wording';

/** `(params) => send(() => client.captureCharge(…))` */
export function adapterText(
  context: FileContext,
  operation: Operation,
  v2: V2Operation,
  client: string,
  style: 'callback' | 'promise',
  indent: string,
): string {
  const [params, callback] = [freeName('params', client), freeName('callback', client)] as const;
  const values = collectFromObject(context, operation, params);
  const sent = (row: V2Operation): string => {
    const { expression } = build({ context, operation, v2: row, client, indent, values });
    const text = sending(context, operation, expression, /\bawait\b/.test(client));
    return style === 'promise' ? text : `${context.helper('toCallback')}(${text}, ${callback})`;
  };
  const names = style === 'promise' ? [params] : [params, callback];
  const draft = operation.draftV2;
  const line = `${context.style.eol}${indent}${context.style.unit}`;
  const tellsDraft = draft !== undefined && mayReadDraft(context.input, operation.name);
  const body = tellsDraft
    ? `(${params}.AddressConsentToken || ${params}.AccessToken${line}? ${sent(draft)}${line}: ${sent(v2)})`
    : sent(v2);
  return functionText(context, parameterList(context, ...names), body);
}

/** Under `strict` a parameter needs a type; what reaches it is known to the callers only. */
export const parameterList = (context: FileContext, ...names: readonly string[]): string =>
  names.map((name) => (context.isTypeScript ? `${name}: any` : name)).join(', ');
