import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import { indentAt } from '../../rewriting/style';
import type { FileContext } from '../context';
import { decisionsOf } from './decisions-of-reference';
import type { ClientMode } from '../plan-clients';
import { adapterText } from './adapter-text';
import { v2ClientText } from '../client/v2-client-text';

/** `const { capture, refund } = client.offAmazonPayments` */
export interface DestructuredOperations {
  readonly list: ts.VariableDeclarationList;
  readonly object: ts.Expression;
  readonly elements: readonly {
    readonly name: string;
    readonly operation: string;
    readonly style: 'callback' | 'promise';
  }[];
}

/** What is wrong with a pattern that takes operations off the client, or the operations themselves. */
export type Destructuring =
  | { readonly kind: 'operations'; readonly operations: DestructuredOperations }
  | { readonly kind: 'left'; readonly node: ts.ObjectBindingPattern };

function elementOf(
  context: FileContext,
  element: ts.BindingElement,
): DestructuredOperations['elements'][number] | undefined {
  const type = context.typeOf(element);
  const row = type?.kind === 'operation' ? operations[type.operation] : undefined;
  const stays =
    row === undefined || row.v2 === null || (row.phase === 'checkout' && context.input.strategy === 'beside');
  if (type?.kind !== 'operation' || stays || !ts.isIdentifier(element.name) || element.initializer !== undefined)
    return undefined;
  return { name: element.name.text, operation: type.operation, style: type.style };
}

/** Returns the operations that a pattern takes off the client; undefined when it takes none. */
export function asDestructuring(context: FileContext, node: ts.Node): Destructuring | undefined {
  if (!ts.isObjectBindingPattern(node) || context.typeOf(node)?.kind !== 'offAmazonPayments') return undefined;
  const declaration = node.parent;
  const list = declaration.parent;
  const elements = node.elements.map((element) => elementOf(context, element));
  const complete = elements.flatMap((element) => element ?? []);
  const alone = ts.isVariableDeclarationList(list) && list.declarations.length === 1;
  if (
    !ts.isVariableDeclaration(declaration) ||
    !alone ||
    declaration.initializer === undefined ||
    complete.length < elements.length
  ) {
    return { kind: 'left', node };
  }
  return { kind: 'operations', operations: { list, object: declaration.initializer, elements: complete } };
}

/** Gives each name a function with the same parameters that makes the v2 call. */
export function rewriteDestructuring(context: FileContext, found: DestructuredOperations, mode: ClientMode): void {
  const indent = indentAt(context.file.unit.text, context.rewriter.start(found.list));
  const keyword = context.rewriter.original(found.list).split(/\s/)[0] ?? 'const';
  const text = (emit: (node: ts.Node) => string): string => {
    const client = v2ClientText(context, found.object, mode, emit);
    const names = found.elements.flatMap(({ name, operation, style }) => {
      const row = operations[operation];
      return row === undefined || row.v2 === null
        ? []
        : [`${name} = ${adapterText(context, row, row.v2, client, style, indent)}`];
    });
    return `${keyword} ${names.join(`,${context.style.eol}${indent}${context.style.unit}`)}`;
  };
  text((node) => context.rewriter.original(node));
  context.rewriter.replace(found.list, text);
  for (const { operation } of found.elements) {
    const v2 = operations[operation]?.v2;
    const decisions = decisionsOf(context, operation);
    if (decisions.length > 0)
      context.todo(found.list, 'node-client/operation-reference', `${operation}: ${decisions.join(' ')}`);
    context.report(found.list, {
      rule: 'node-client/operation-reference',
      automation: decisions.length > 0 ? 'assisted' : (operations[operation]?.automation ?? 'manual'),
      legacy: { name: context.text(found.list), operation },
      replacement: v2 == null ? null : { name: v2.sdkMethod, operation: v2.http },
      message: `${operation} is taken off the client here; a function with the same parameters makes the v2 call.`,
      rewritten: true,
    });
  }
}
