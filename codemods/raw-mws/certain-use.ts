import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';
import { literalText } from '../node-client/literal-text';
import { asRead } from '../node-client/answer-read';
import { valueTableAt } from '../node-client/value-places';
import { testFor } from '../node-client/value-tests';

/** The node without the parentheses and casts around it, some of which only stand in the analysis copy. */
function outside(node: ts.Node): ts.Node {
  let current = node;
  while (ts.isParenthesizedExpression(current.parent) || ts.isAsExpression(current.parent)) current = current.parent;
  return current;
}

/** A state that is compared with a legacy word which means exactly one set of v2 words. */
function isCertainComparison(context: FileContext, node: ts.Expression): boolean {
  const { parent } = node;
  const table = valueTableAt(context, node);
  if (table === undefined || !ts.isBinaryExpression(parent)) return false;
  const legacy = literalText(context.checker, parent.left === node ? parent.right : parent.left);
  const test = legacy === undefined ? undefined : testFor(table, legacy);
  return test?.kind === 'same-field' && (test.mapping.precision === 'exact' || legacy === 'Completed');
}

/** Follows a chain of reads from its head; every level must have a v2 form, and a plain value must come out. */
function isCertainChain(context: FileContext, head: ts.Node): boolean {
  let current = outside(head);
  let levels = 0;
  for (;;) {
    const { parent } = current;
    if (
      !(ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) ||
      parent.expression !== current
    )
      break;
    const read = asRead(context, parent);
    if (read === undefined) break;
    if (read.field === undefined || read.field.to === null) return false;
    current = parent;
    levels += 1;
  }
  const type = context.typeOf(current);
  if (levels === 0 || type?.kind === 'element') return false;
  // An index or a member behind it belongs to a reader of XML that gives lists.
  const goesOn = ts.isElementAccessExpression(current.parent) && current.parent.expression === current;
  if (goesOn) return false;
  return type?.kind === 'value' ? isCertainComparison(context, current as ts.Expression) : true;
}

function isCertainName(context: FileContext, name: ts.Identifier): boolean {
  const symbol = context.checker.getSymbolAtLocation(name);
  let certain = symbol !== undefined;
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) || node === name || context.checker.getSymbolAtLocation(node) !== symbol) return;
    certain &&= isCertainChain(context, node);
  });
  return certain;
}

/**
 * True when everything that happens to the answer of a request is known and has a v2 form: it is not used at all, or only
 * fields are read that v2 has too. An answer that is returned or handed on is not certain.
 */
export function isCertainUse(context: FileContext, call: ts.CallExpression): boolean {
  const node = outside(call);
  const { parent } = node;
  if (ts.isAwaitExpression(parent)) {
    const awaited = outside(parent);
    if (ts.isExpressionStatement(awaited.parent)) return true;
    if (ts.isVariableDeclaration(awaited.parent) && ts.isIdentifier(awaited.parent.name))
      return isCertainName(context, awaited.parent.name);
    return isCertainChain(context, parent);
  }
  if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== 'then' || !ts.isCallExpression(parent.parent))
    return false;
  const [handler] = parent.parent.arguments;
  if (handler === undefined || !(ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))) return false;
  const name = handler.parameters[0]?.name;
  return name === undefined || (ts.isIdentifier(name) && isCertainName(context, name));
}

/**
 * True when nothing looks at the answer, so that nothing noticed when MWS answered with an error document. The v2 call
 * rejects then, and the code around it has to want that.
 */
export function ignoresAnswer(call: ts.CallExpression): boolean {
  const { parent } = outside(call);
  if (ts.isAwaitExpression(parent)) return ts.isExpressionStatement(outside(parent).parent);
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) return true;
  const [handler] = parent.parent.arguments;
  return handler === undefined || !ts.isFunctionLike(handler) || handler.parameters.length === 0;
}
