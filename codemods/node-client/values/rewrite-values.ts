import { ts } from 'ts-morph';
import { rewriteAmountTest } from '../answers/rewrite-amount-tests';
import { type FileContext, walk } from '../context';
import { reportMixed } from './report-value-tests';
import { mergeErrorTests } from './merge-error-tests';
import { reportAbsenceTests, rewriteAbsenceTest } from './rewrite-absence-tests';
import { rewriteComparison } from './rewrite-comparisons';
import { rewriteStandInWord } from './rewrite-stand-in-words';
import { rewriteSoughtWord } from './rewrite-sought-words';
import { rewriteSwitch } from './rewrite-switches';
import { rewriteMembership } from './rewrite-value-lists';
import { rewriteIn, rewriteTable } from './rewrite-value-tables';

/** Rewrites every test of a legacy state, reason or error code: comparisons, switches, tables and lists. */
export function rewriteValues(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (ts.isBinaryExpression(node)) {
      rewriteComparison(context, node);
      rewriteIn(context, node);
      rewriteAbsenceTest(context, node);
      rewriteAmountTest(context, node);
      mergeErrorTests(context, node);
    } else if (ts.isSwitchStatement(node)) rewriteSwitch(context, node);
    else if (ts.isCallExpression(node)) {
      rewriteMembership(context, node);
      rewriteSoughtWord(context, node);
    } else if (ts.isElementAccessExpression(node)) rewriteTable(context, node);
    rewriteStandInWord(context, node);
    reportMixed(context, node);
    reportAbsenceTests(context, node);
  });
}
