import { ts } from 'ts-morph';
import { onlyLegacyReasons } from '../../src/catalog';
import { accessedName, isAccess } from '../rewriting/access';
import { type FileContext, walk } from './context';
import { isDistinctive } from './untyped-shapes';
import { inV2, isOnlyLegacyWord } from './state-words';
import { EQUALITY } from './value-places';

/** Names under which shops keep the state of something of Amazon Pay: `capture_state`, `authorizationStatus`. */
const COLUMN =
  /^(?:\w+\.)?\w*(?:amazon|amz|authori[sz]ation|capture|refund|order_?reference|billing_?agreement)\w*(?:state|status)$/i;

/** Reasons that nobody but legacy Amazon Pay gives: others call something expired, or closed by the seller, as well. */
const REASONS = new RegExp(
  `\\b(?:${onlyLegacyReasons.filter((reason) => /^(?:Max|OrderReference|StopShipment)/.test(reason)).join('|')})\\b`,
);

/** `authorization_state = 'Open'`, `capture_state IN ('Pending', 'Completed')` in the text of a query. */
const IN_QUERY = /\b((?:\w+\.)?["`]?\w+["`]?)\s*(?:=|<>|!=|\bnot\s+in\b\s*\(|\bin\b\s*\()\s*((?:'\w+'\s*,?\s*)+)/gi;

const wordsIn = (node: ts.Node): string[] => {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(wordsIn);
  return ts.isObjectLiteralExpression(node)
    ? node.properties.flatMap((each) => (ts.isPropertyAssignment(each) ? wordsIn(each.initializer) : []))
    : [];
};

const nameOf = (node: ts.Node | undefined): string | undefined =>
  node === undefined ? undefined : ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : undefined;

/** What is asked of a column, and the words it is asked for. */
function askedOf(node: ts.Node): { readonly name: string; readonly words: readonly string[] } | undefined {
  if (ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind)) {
    const [column, word] = ts.isStringLiteralLike(node.left) ? [node.right, node.left] : [node.left, node.right];
    if (!isAccess(column) || !ts.isStringLiteralLike(word)) return undefined;
    const name = accessedName(column);
    return name === undefined ? undefined : { name, words: [word.text] };
  }
  if (ts.isPropertyAssignment(node)) {
    const name = nameOf(node.name);
    return name === undefined ? undefined : { name, words: wordsIn(node.initializer) };
  }
  if (ts.isCallExpression(node)) {
    const [column, ...rest] = node.arguments;
    const name = column !== undefined && ts.isStringLiteralLike(column) ? column.text : undefined;
    return name === undefined ? undefined : { name, words: rest.flatMap(wordsIn) };
  }
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return undefined;
  const text = node.getText();
  for (const [, column = '', list = ''] of text.matchAll(IN_QUERY)) {
    const words = [...list.matchAll(/\w+/g)].map(([word]) => word);
    const name = column.replace(/["`]/g, '');
    if (COLUMN.test(name) && words.some(isOnlyLegacyWord)) return { name, words };
  }
  const reason = /\s/.test(text) && /\b(?:select|update|where)\b/i.test(text) ? REASONS.exec(text)?.[0] : undefined;
  return reason === undefined ? undefined : { name: 'amazon_status', words: [reason] };
}

/**
 * Lists queries and records that name a state of legacy in a column of Amazon Pay: rows that are written from now on have
 * words of v2, and a query for the others finds none of them.
 */
export function reportStateColumns(context: FileContext): void {
  walk(context.file.source, (node) => {
    const asked = askedOf(node);
    if (asked === undefined || !COLUMN.test(asked.name) || isDistinctive(asked.name)) return;
    const words = asked.words.filter((word) => isOnlyLegacyWord(word) || REASONS.test(word));
    const [start, end] = [context.rewriter.start(node), context.rewriter.end(node)];
    if (words.length === 0 || context.findings.some((found) => found.start >= start && found.start < end)) return;
    if (context.commentAbove(node).includes('TODO(amazon-pay-v2) node-client/state-comparison')) return;
    const now = inV2(words);
    context.report(node, {
      rule: 'node-client/state-comparison',
      automation: 'manual',
      confidence: 'low',
      legacy: { name: words.join(', ') },
      replacement: { name: 'statusDetails.state' },
      message: `${asked.name === 'amazon_status' ? 'This query' : asked.name} knows ${words.join(', ')} of legacy Amazon Pay; what is stored from now on has words of v2${now === '' ? '' : ` (${now})`}, and what was stored before those of legacy: ask for both.`,
      rewritten: false,
    });
  });
}
