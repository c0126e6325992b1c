import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { type FileContext, walk } from '../context';
import { literalText } from '../values/literal-text';
import { originOf, reportUntyped, tablesOf } from './report-untyped';
import type { UntypedAnswers } from './untyped-answers';
import { ANSWERS_ELSEWHERE } from './untyped-shapes';
import { saysMore, testFor } from '../values/value-tests';
import { type WordTest, wordTestsIn } from '../values/word-tests';

/** `TABLE[state]`, `TABLE.get(state)`, `state in TABLE`: what a state is looked up by. */
function lookedUp(node: ts.Node): ts.Expression | undefined {
  if (ts.isElementAccessExpression(node)) return node.argumentExpression;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) return node.left;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  return /^(?:get|has)$/.test(node.expression.name.text) ? node.arguments[0] : undefined;
}

const namesOf = (tables: readonly ValueTable[]): string => tables.map(({ name }) => name).join(' or ');

function reportLookUp(context: FileContext, answers: UntypedAnswers, node: ts.Node): void {
  const value = lookedUp(node);
  const held = value === undefined ? undefined : answers.heldBy(value);
  const [table, ...others] = tablesOf(held);
  if (value === undefined || table === undefined) return;
  reportUntyped(context, node, held, {
    rule: 'node-client/state-comparison',
    legacy: { name: table.name },
    replacement: { name: `statusDetails.${table.field}` },
    message: `${context.text(node)} looks up what looks like a state or reason of legacy (${namesOf([table, ...others])}), and ${originOf(held)}; the v2 object of a rewritten call has other words.`,
  });
}

/**
 * Lists tests of states and reasons behind an answer whose origin no type tells. Where its call was rewritten, the words of
 * v2 arrive here, and a test for one of legacy fails without a word.
 */
export function reportUntypedTests(context: FileContext, answers: UntypedAnswers): void {
  if (ANSWERS_ELSEWHERE.test(context.file.unit.text)) return;
  walk(context.file.source, (node) => {
    reportLookUp(context, answers, node);
    for (const { node: place, value, word } of wordTestsIn(node))
      reportTest(context, answers, { node: place, value, word });
  });
}

function reportTest(context: FileContext, answers: UntypedAnswers, { node, value, word }: WordTest): void {
  const held = answers.heldBy(value);
  const legacy = literalText(context.checker, word);
  if (held === undefined || legacy === undefined) return;
  const tables = tablesOf(held).filter((table) => testFor(table, legacy).kind !== 'unknown');
  const tests = tables.map((table) => testFor(table, legacy));
  const words = [...new Set(tests.flatMap((test) => ('values' in test ? test.values : [])))];
  const isSame = tests.every(({ kind }) => kind === 'same-field') && words.length === 1 && words[0] === legacy;
  const isMore = tables.some((table) => saysMore(table, legacy));
  if (tests.length === 0 || (isSame && !isMore)) return;
  const said = `says ${words.map((each) => `'${each}'`).join(' or ')}${isSame ? ', and for others of legacy, too' : ''}`;
  const inV2 = words.length === 0 ? 'has no such word' : said;
  reportUntyped(context, node, held, {
    rule: 'node-client/state-comparison',
    legacy: { name: legacy },
    replacement: words.length === 0 ? null : { name: words.join(' or ') },
    message: `${context.text(value)} looks like a state or reason of legacy (${namesOf(tables)}), and ${originOf(held)}; for '${legacy}' the v2 object of a rewritten call ${inV2}.`,
  });
}
