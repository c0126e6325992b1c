import { ts } from 'ts-morph';

/** Looks into an expression, and not into functions that it makes: these wait for themselves. */
function contains(node: ts.Node | undefined, is: (node: ts.Node) => boolean): boolean {
  if (node === undefined || ts.isFunctionLike(node)) return false;
  return is(node) || ts.forEachChild(node, (child) => contains(child, is)) === true;
}

export const awaits = (node: ts.Node | undefined): boolean => contains(node, ts.isAwaitExpression);

/** No function within another can yield for it. */
export const yields = (node: ts.Node | undefined): boolean => contains(node, ts.isYieldExpression);
