import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';
import { nodesOf } from './nodes';
import type { Carried } from './promise-idioms';
import { toldText } from './word-types';

/** `Promise.race([…])`, `Bluebird.any([…])`, and what competes there. */
function competitors(node: ts.Node): readonly ts.Expression[] | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [list] = node.arguments;
  const isRace = /^(?:race|any)$/.test(node.expression.name.text);
  return isRace && list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : undefined;
}

/** `new Promise((_, reject) => setTimeout(reject, 5000))`: it never comes in first with a value. */
function onlyRejects(checker: ts.TypeChecker, node: ts.Expression): boolean {
  const [executor] = ts.isNewExpression(node) ? (node.arguments ?? []) : [];
  if (executor === undefined || !(ts.isArrowFunction(executor) || ts.isFunctionExpression(executor))) return false;
  const [resolve] = executor.parameters;
  const symbol = resolve === undefined ? undefined : checker.getSymbolAtLocation(resolve.name);
  return (
    symbol !== undefined &&
    nodesOf(node.getSourceFile()).every(
      (each) =>
        !ts.isIdentifier(each) ||
        each === resolve?.name ||
        each.text !== symbol.name ||
        checker.getSymbolAtLocation(each) !== symbol,
    )
  );
}

/** Among what a race is between stands something of which nothing is known, so that the checker knows nothing of what wins. */
function openRace(checker: ts.TypeChecker, node: ts.Node): readonly ts.Expression[] | undefined {
  const all = competitors(node);
  if (all === undefined || legacyTypeOf(checker, checker.getTypeAtLocation(node)) !== undefined) return undefined;
  return all.filter((each) => !onlyRejects(checker, each));
}

/** A race against a timeout that fails: what it brings is what the others promise, where that is one thing. */
export function carriedByRace(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  const texts = openRace(checker, node)?.map((each) => {
    const type = checker.getTypeAtLocation(each);
    return legacyTypeOf(checker, type)?.kind === 'promise' ? legacyTypeText(checker, type) : undefined;
  });
  const [text] = texts ?? [];
  const isOne = text !== undefined && texts?.every((each) => each === text) === true;
  return isOne ? { kind: 'around', node: node as ts.CallExpression, text } : undefined;
}

/** A state competes with words of somebody else: `Promise.race([stateOf(id), after(5000, 'Pending')])`. */
export function toldByRace(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  const texts = openRace(checker, node)?.flatMap((each) => toldText(checker, each)?.split(' | ') ?? []) ?? [];
  if (texts.length === 0) return undefined;
  return {
    kind: 'around',
    node: node as ts.CallExpression,
    text: `Promise<${[...new Set(texts)].sort().join(' | ')}>`,
  };
}
