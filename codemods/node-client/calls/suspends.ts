import { ts } from 'ts-morph';

/** Looks into an expression, and not into functions that it makes: these wait for themselves. */
function contains(node: ts.Node | undefined, is: (node: ts.Node) => boolean): boolean {
  if (node === undefined || ts.isFunctionLike(node)) return false;
  return is(node) || ts.forEachChild(node, (child) => contains(child, is)) === true;
}

export const awaits = (node: ts.Node | undefined): boolean => contains(node, ts.isAwaitExpression);

/** No function within another can yield for it. */
export const yields = (node: ts.Node | undefined): boolean => contains(node, ts.isYieldExpression);

/** What a `return` hands on is not waited for by the `try` around it: its `catch` and `finally` are for what came before. */
const isWithinTry = (node: ts.Node): boolean =>
  ts.isTryStatement(ts.findAncestor(node, (each) => ts.isTryStatement(each) || ts.isFunctionLike(each)) ?? node);

/** `await pay.refund(…)`, `return pay.refund(…)`: nothing else goes on in between, wherever the waiting is done. */
function isWaitedFor(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isWaitedFor(parent);
  if (ts.isReturnStatement(parent)) return !isWithinTry(parent);
  return ts.isAwaitExpression(parent) || ts.isArrowFunction(parent);
}

/** `pay.refund({ Amount: await total() }, done)`: the code behind the call goes on when that is there, and not before. */
export const holdsUp = (part: ts.Node | undefined, call: ts.Node): boolean => awaits(part) && !isWaitedFor(call);
