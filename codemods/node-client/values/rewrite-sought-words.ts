import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { isLogged } from '../answers/value-flow';
import { type FileContext, unwrap } from '../context';
import { distinctTypes } from '../../typed-program/brands';
import { isOnlyLegacy } from '../stored/stored-states';
import { literalText } from './literal-text';
import { onlyWord, tableOf, testFor } from './value-tests';

const RULE = 'node-client/state-comparison';

/** The table of the states that stand in a list or a Set: `captures.map((capture) => capture.CaptureStatus.State)`. */
function tableWithin({ checker }: FileContext, list: ts.Expression): ValueTable | undefined {
  const type = checker.getTypeAtLocation(list);
  if (!/^(?:ReadonlyArray|Array|Set|ReadonlySet)$/.test(type.getSymbol()?.name ?? '')) return undefined;
  const [item] = checker.getTypeArguments(type as ts.TypeReference);
  const [only, ...others] = item === undefined ? [] : distinctTypes(checker, item);
  return only?.kind === 'value' && others.length === 0 ? tableOf(only.table) : undefined;
}

/** What is wrong with the word for which is looked, where it is not one other word. */
function wrongWith(context: FileContext, table: ValueTable, sought: ts.Expression): string | undefined {
  const legacy = literalText(context.checker, sought);
  if (legacy === undefined)
    return context.typeOf(sought)?.kind === 'value' ? undefined : `${context.text(sought)} may hold a word of legacy`;
  if (!isOnlyLegacy(table, legacy)) return undefined;
  if (onlyWord(table, legacy) !== undefined) return undefined;
  const test = testFor(table, legacy);
  const because = test.kind === 'none' ? ` (${test.because})` : '';
  const words = 'values' in test ? test.values : [];
  return words.length === 0
    ? `'${legacy}' has no counterpart in v2${because}`
    : `'${legacy}' is ${words.map((word) => `'${word}'`).join(' or ')} in v2, which may say more: look for what is meant`;
}

/**
 * `states.includes('Pending')`, `new Set(states).has('Pending')`, where the states come from answers: the word for which is
 * looked is one of v2 from now on.
 */
export function rewriteSoughtWord(context: FileContext, node: ts.CallExpression): void {
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee)) return;
  const isSearch = /^(?:includes|indexOf|lastIndexOf|has)$/.test(callee.name.text);
  const isText = /^(?:join|toString)$/.test(callee.name.text);
  const table = isSearch || isText ? tableWithin(context, callee.expression) : undefined;
  if (table === undefined || table.name === 'errorCode') return;
  const [sought] = node.arguments;
  if (isText) {
    if (ts.findAncestor(node, (each) => ts.isCallExpression(each) && isLogged(each)) === undefined)
      leave(
        context,
        node,
        table,
        'makes one text of states: their words are those of v2 from now on, so check what reads it',
      );
  } else if (sought !== undefined) rewriteSought(context, node, table, sought);
}

function leave(context: FileContext, node: ts.CallExpression, table: ValueTable, because: string): void {
  context.leaveOpen(node, {
    rule: RULE,
    legacy: { name: table.name },
    replacement: { name: `statusDetails.${table.field}` },
    message: `${context.text(node)} ${because}.`,
  });
}

function rewriteSought(context: FileContext, node: ts.CallExpression, table: ValueTable, sought: ts.Expression): void {
  const wrong = wrongWith(context, table, sought);
  if (wrong !== undefined) {
    leave(context, node, table, `looks among states of answers, whose words are those of v2 from now on: ${wrong}`);
    return;
  }
  const legacy = literalText(context.checker, sought);
  const word = legacy === undefined ? undefined : onlyWord(table, legacy);
  if (legacy === undefined || word === undefined || word === legacy) return;
  context.report(node, {
    rule: RULE,
    automation: 'automatic',
    legacy: { name: legacy },
    replacement: { name: word },
    message: `'${legacy}' is '${word}' in v2.`,
    rewritten: true,
  });
  const { quote } = context.style;
  context.rewriter.replace(unwrap(sought), () => `${quote}${word}${quote}`);
}
