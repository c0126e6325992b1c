import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { distinctTypes } from '../../typed-program/brands';
import { outside } from '../../typed-program/outside';
import type { FileContext } from '../context';
import { isOnlyLegacy } from '../stored/stored-states';
import { onlyWord, tableOf, testFor } from './value-tests';

/** The table of the states or reasons that a type holds, or promises, among other things; of one kind only. */
function tableIn({ checker }: FileContext, type: ts.Type | undefined): ValueTable | undefined {
  const held = type === undefined ? undefined : (checker.getAwaitedType(type) ?? type);
  const [only, ...others] = held === undefined ? [] : distinctTypes(checker, held);
  const isState = only?.kind === 'value' && others.length === 0 && /(?:State|Reason)$/.test(only.table);
  return isState ? tableOf(only.table) : undefined;
}

/** `get(id).then(stateOf).catch(() => 'Pending')`: what else the promise may bring. */
function besidePromised(context: FileContext, handler: ts.Node): ts.Type | undefined {
  const call = outside(handler).parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const { name, expression: promise } = call.expression;
  const [first, second] = call.arguments;
  if (name.text === 'catch' && first === handler) return context.checker.getTypeAtLocation(promise);
  return name.text === 'then' && second === handler ? context.checker.getTypeAtLocation(call) : undefined;
}

/** What else a function answers with that gives the word back. */
function besideReturned(context: FileContext, node: ts.Node): ts.Type | undefined {
  const { parent } = node;
  const isReturned = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node);
  const around = isReturned ? ts.findAncestor(parent, ts.isFunctionLike) : undefined;
  if (around === undefined) return undefined;
  const promised = besidePromised(context, around);
  return promised ?? context.checker.getSignatureFromDeclaration(around)?.getReturnType();
}

/** What stands beside the word where it goes: in the other branch, in another way out, in another call of the callback. */
function typeBeside(context: FileContext, word: ts.Expression): ts.Type | undefined {
  const node = outside(word);
  const { parent } = node;
  if (ts.isConditionalExpression(parent) && parent.condition !== node) {
    const other = parent.whenTrue === node ? parent.whenFalse : parent.whenTrue;
    const type = context.checker.getTypeAtLocation(other);
    return tableIn(context, type) === undefined ? typeBeside(context, parent) : type;
  }
  if (!ts.isCallExpression(parent)) return besideReturned(context, node);
  const parameters = context.checker.getResolvedSignature(parent)?.getParameters() ?? [];
  const parameter = parameters[parent.arguments.indexOf(node as ts.Expression)];
  return parameter === undefined ? undefined : context.checker.getTypeOfSymbolAtLocation(parameter, parent);
}

/**
 * A word of legacy that the shop says itself where a state would come: `.catch(() => 'Pending')`, `return 'Pending'` beside the
 * state of an answer. Whoever tests for it tests for the word of v2 from now on, so it has to be said.
 */
export function rewriteStandInWord(context: FileContext, node: ts.Node): void {
  if (!ts.isStringLiteralLike(node) || !/^[A-Z]\w+$/.test(node.text)) return;
  const table = tableIn(context, typeBeside(context, node));
  if (table === undefined || !isOnlyLegacy(table, node.text)) return;
  const test = testFor(table, node.text);
  const words = test.kind === 'same-field' ? test.values : [];
  const word = onlyWord(table, node.text);
  const place = { rule: 'node-client/state-comparison', legacy: { name: node.text } };
  if (word === undefined) {
    const now = words.length === 0 ? 'has no such word' : `says ${words.join(' or ')}`;
    context.leaveOpen(node, {
      ...place,
      replacement: words.length === 0 ? null : { name: words.join(' or ') },
      message: `'${node.text}' stands in for a state of Amazon Pay here, and v2 ${now}: say what is meant, in the words for which is tested.`,
    });
    return;
  }
  context.report(node, {
    ...place,
    automation: 'automatic',
    replacement: { name: word },
    message: `'${node.text}' stands in for a state of Amazon Pay here, which is '${word}' in v2.`,
    rewritten: true,
  });
  const { quote } = context.style;
  context.rewriter.replace(node, () => `${quote}${word}${quote}`);
}
