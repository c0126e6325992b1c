import { ts } from 'ts-morph';
import { aroundOf, type Use } from './find-uses';
import { optionOf, readOptions, type OptionNode, type Options } from './object-options';

/** A value, and the code that reads it where it is not written in the call. */
export type Value = Pick<OptionNode, 'from'> & { readonly value: ts.Expression };

export const valueOf = (options: Options, name: string): Value | undefined => {
  const option = optionOf(options, name);
  if (option?.value === undefined) return undefined;
  return { value: option.value, ...(option.from === undefined ? {} : { from: option.from }) };
};

export interface ButtonCall {
  /** What the new code takes the place of. */
  readonly node: ts.Node;
  readonly container: ts.Expression;
  readonly seller: Value | undefined;
  readonly options: Options;
}

/** `OffAmazonPayments.Button(id, seller, options)`, with or without `new`, and the older `new …Widgets.Button(options).bind(id)`. */
export function readCall({ node, symbol }: Use): ButtonCall | undefined {
  const { parent } = aroundOf(node);
  if (!ts.isCallOrNewExpression(parent)) return undefined;
  const [first, second, third] = parent.arguments ?? [];
  if (symbol === 'OffAmazonPayments.Button') {
    const options = readOptions(third);
    return first === undefined || options === undefined
      ? undefined
      : { node: parent, container: first, seller: second && { value: second }, options };
  }
  const bind = aroundOf(parent).parent;
  const call = ts.isPropertyAccessExpression(bind) && bind.name.text === 'bind' ? bind.parent : undefined;
  const options = readOptions(first);
  const container = call !== undefined && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  if (call === undefined || container === undefined || options === undefined) return undefined;
  return { node: call, container, seller: valueOf(options, 'sellerId'), options };
}
