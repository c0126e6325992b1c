import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import { indentAt } from '../../rewriting/style';
import { type FileContext, walk } from '../context';
import type { NamedTable } from './find-named-tables';
import type { ClientMode } from '../plan-clients';
import type { Remain } from '../remain';
import { adapterText } from './adapter-text';
import { v2ClientText } from '../client/v2-client-text';

/** A table, where it stands. */
export interface PlacedTable {
  readonly table: NamedTable;
  readonly node: ts.ElementAccessExpression;
}

const isAt = (
  context: FileContext,
  node: ts.Node,
  { path, start, end }: Omit<NamedTable, 'style' | 'sites'>,
): boolean =>
  path === context.file.unit.path && start === context.rewriter.start(node) && end === context.rewriter.end(node);

/** Finds the tables of a file, and tells the file of its calls of them. */
export function placeNamedTables(context: FileContext, all: readonly NamedTable[]): PlacedTable[] {
  const { path } = context.file.unit;
  const placed: PlacedTable[] = [];
  if (!all.some((table) => [table, ...table.sites].some((span) => span.path === path))) return placed;
  walk(context.file.source, (node) => {
    const table = ts.isElementAccessExpression(node) ? all.find((one) => isAt(context, node, one)) : undefined;
    if (table !== undefined) placed.push({ table, node: node as ts.ElementAccessExpression });
    if (!ts.isCallExpression(node)) return;
    for (const { style, sites, path: rewrittenIn } of all) {
      const site = sites.find((one) => isAt(context, node, one));
      const others = node.arguments.filter((argument, index) => index !== site?.index && !ts.isFunctionLike(argument));
      if (site === undefined) continue;
      context.namedCalls.set(node, {
        node,
        operation: site.operation,
        style,
        reach: 'named',
        receiver: undefined,
        parameters: others[0],
        callback: undefined,
        byShape: false,
        rewrittenIn,
      });
    }
  });
  return placed;
}

/** `const REFUND = 'refund'` is named where it is called with. */
function isNameOfCall({ namedCalls, checker }: FileContext, node: ts.Node): boolean {
  return [...namedCalls.values()].some(({ node: call }) =>
    call.arguments.some((argument) => {
      const declaration = ts.isIdentifier(argument)
        ? checker.getSymbolAtLocation(argument)?.valueDeclaration
        : undefined;
      return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer === node;
    }),
  );
}

/** What is rewritten does not remain. */
export const withoutNamed = (
  context: FileContext,
  remains: readonly Remain[],
  tables: readonly PlacedTable[],
): Remain[] =>
  remains.filter(
    ({ node }) =>
      !tables.some((table) => table.node === node) && !context.namedCalls.has(node) && !isNameOfCall(context, node),
  );

/** `client.offAmazonPayments[name]` becomes a look-up among functions that make the v2 calls. */
export function rewriteNamedTable(context: FileContext, { table, node }: PlacedTable, mode: ClientMode): void {
  const names = new Map(table.sites.map(({ method, operation }) => [method, operation]));
  const rows = [...names].flatMap(([method, name]) => {
    const operation = operations[name];
    return operation?.v2 == null ? [] : [{ method, operation, v2: operation.v2 }];
  });
  const { unit, eol } = context.style;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  const text = (emit: (node: ts.Node) => string): string => {
    const client = v2ClientText(context, node.expression, mode, emit);
    const lines = rows.map(({ method, operation, v2 }) => {
      const adapter = adapterText(context, operation, v2, client, table.style, indent + unit);
      return `${indent}${unit}${method}: ${adapter},${eol}`;
    });
    const object = `{${eol}${lines.join('')}${indent}}`;
    return `(${object}${context.isTypeScript ? ' as Record<string, any>' : ''})[${emit(node.argumentExpression)}]`;
  };
  context.report(node, {
    rule: 'node-client/operation-reference',
    automation: 'automatic',
    legacy: { name: context.text(node) },
    replacement: { name: rows.map(({ v2 }) => v2.sdkMethod).join(', ') },
    message: `${context.text(node)} becomes a table of the v2 calls for the names that it is given: ${[...names.keys()].join(', ')}. Any other name throws.`,
    rewritten: true,
  });
  text((part) => context.rewriter.original(part));
  context.rewriter.replace(node, text);
}
