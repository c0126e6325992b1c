import { ts } from 'ts-morph';
import { type Asked, askedColumns, askedOf, wordsBehind } from './asked-columns';
import { COLUMN } from './state-column';
import type { FileContext } from '../context';
import { isOnlyLegacy, type StoredStates } from './stored-states';

const QUERY = /^(?:(?:and|or)?where\w*|find\w*|count\w*|update\w*|delete\w*|exists|distinct|match|having)$/i;
export const OF_PAYMENTS = /amazon|amz|mws|payment|captur|refund|authori[sz]ation|agreement|subscription|order/i;

/** `.where('state', 'Pending')`, `find({ state: 'Open' })`, `':s': 'Open'` */
function isQuery(node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node) && node.name.getText().startsWith("':")) return true;
  const call = ts.isPropertyAssignment(node) ? ts.findAncestor(node, ts.isCallExpression) : node;
  return (
    call !== undefined &&
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    QUERY.test(call.expression.name.text)
  );
}

/** `SELECT … WHERE pay_state = 'Completed'`, by a column whose name says nothing of Amazon Pay. */
function askedInText(node: ts.Node, states: StoredStates): Asked | undefined {
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return undefined;
  const text = node.getText();
  if (!/\b(?:select|update|delete|where)\b/i.test(text)) return undefined;
  return askedColumns(text).find(({ name, words }) => {
    const stored = states.get(name.replace(/^.*\./, ''));
    return stored !== undefined && words.some((word) => isOnlyLegacy(stored.table, word));
  });
}

/** Lists queries for states under a name that the project keeps them under: none of the rows written from now on is found. */
export function reportQuery(context: FileContext, states: StoredStates, node: ts.Node): void {
  const asked = askedOf(node) ?? askedInText(node, states);
  // `find({ 'amazon.state': 'Open' })`: kept under the last part of the path.
  const stored = asked === undefined ? undefined : states.get(asked.name.replace(/^.*\./, ''));
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  // `capture_state = 'Completed'` is listed with the columns that say by their name what they are.
  if (asked === undefined || stored === undefined || (isText ? COLUMN.test(asked.name) : !isQuery(node))) return;
  const named = ts.isCallExpression(node) ? node.arguments.filter(ts.isIdentifier) : [];
  const asks = [...asked.words, ...named.flatMap((list) => wordsBehind(context.checker, list))];
  const words = asks.filter((word) => isOnlyLegacy(stored.table, word));
  const statement = ts.findAncestor(node, ts.isStatement)?.getText() ?? '';
  // `state` is the name of many a column.
  if (words.length === 0 || !(COLUMN.test(asked.name) || OF_PAYMENTS.test(statement))) return;
  const begins = `${asked.name} is looked for or set as ${words.join(', ')} here, and `;
  const place = {
    rule: 'node-client/state-comparison',
    confidence: 'low',
    legacy: { name: stored.table.name },
    replacement: { name: `statusDetails.${stored.table.field}` },
    message: `${begins}${stored.paths[0] ?? ''} keeps states of Amazon Pay under that name: those of v2 from now on, those of legacy in what was stored before; know both.`,
  } as const;
  context.leaveOpen(node, place, { begins });
}
