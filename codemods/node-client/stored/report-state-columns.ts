import { type FileContext, walk } from '../context';
import { askedOf, REASONS } from './asked-columns';
import { COLUMN } from './state-column';
import { isDistinctive } from '../untyped/untyped-shapes';
import { inV2, isOnlyLegacyWord } from '../values/state-words';

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
