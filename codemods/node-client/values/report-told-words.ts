import { ts } from 'ts-morph';
import { distinctTypes } from '../../typed-program/brands';
import { type FileContext, walk } from '../context';
import { testOf } from '../stored/report-stored-values';
import { isOnlyLegacy } from '../stored/stored-states';
import { saysMore, tableOf } from './value-tests';

/** `state!`, `(state)`: what is inside is looked at itself, unless a type was written around it in the analysis copy. */
const isAround = (context: FileContext, node: ts.Expression): boolean =>
  (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node)) &&
  context.typeOf(node.expression)?.kind === 'told';

/** The list or table in which it is looked up was listed with it. */
function isListed(context: FileContext, node: ts.Node): boolean {
  const [start, end] = [context.rewriter.start(node), context.rewriter.end(node)];
  return context.findings.some(
    (each) => each.rule.endsWith('state-comparison') && each.start <= start && end <= each.end,
  );
}

/**
 * Lists tests of text that may be a state of Amazon Pay among other things: what an interface with several implementations
 * answers with, a parameter that anybody may fill. Its type says no more than `string`, so which words arrive is not certain.
 */
export function reportToldWords(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isExpression(node) || isAround(context, node) || context.typeOf(node)?.kind !== 'told') return;
    const tables = distinctTypes(context.checker, context.checker.getTypeAtLocation(node)).flatMap((type) =>
      type.kind === 'told' ? (tableOf(type.table) ?? []) : [],
    );
    const table = tables.find(
      (each) => testOf(context, node, (word) => isOnlyLegacy(each, word) || saysMore(each, word)) !== undefined,
    );
    if (table === undefined || isListed(context, node)) return;
    context.leaveOpen(node, {
      rule: 'node-client/state-comparison',
      confidence: 'medium',
      legacy: { name: table.name },
      replacement: { name: `statusDetails.${table.field}` },
      message: `${context.text(node)} may be a state of Amazon Pay, which passes here as plain text (${table.name}): it is one of v2 from now on, and one of legacy where it was stored before; test for both.`,
    });
  });
}
