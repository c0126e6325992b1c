import { ts } from 'ts-morph';
import { nodesOf } from '../../typed-program/nodes';
import { type FileContext, unwrap } from '../context';
import { isGet } from '../answers/rewrite-promise-gets';

/** `.spread(…)`, `.tap(…)`, `.catch(SomeError, …)`: what a promise of the language does not have. */
export function isForeignMethod(node: ts.PropertyAccessExpression): boolean {
  const { name, parent } = node;
  if (!ts.isCallExpression(parent) || parent.expression !== node) return false;
  if (name.text === 'catch') return parent.arguments.length > 1;
  return !/^(?:then|finally)$/.test(name.text);
}

/** What a function of the project returns; an async one returned a promise of the language before, too. */
function returnedBy(context: FileContext, call: ts.CallExpression): readonly ts.Expression[] {
  const declaration = context.checker.getResolvedSignature(call)?.getDeclaration();
  if (declaration === undefined || !('body' in declaration) || declaration.body === undefined) return [];
  const isAsync = declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  const body = declaration.body as ts.ConciseBody;
  if (isAsync) return [];
  if (!ts.isBlock(body)) return [body];
  return nodesOf(declaration.getSourceFile()).flatMap((node) =>
    ts.isReturnStatement(node) &&
    node.expression !== undefined &&
    ts.findAncestor(node, ts.isFunctionLike) === declaration
      ? [node.expression]
      : [],
  );
}

/**
 * The promise comes from a legacy call, by a chain or by a function of the project, and nothing on the way made it one of
 * a library: it becomes a promise of the language.
 */
export function becomesNative(context: FileContext, node: ts.Expression, seen = new Set<ts.Node>()): boolean {
  const promise = unwrap(node);
  if (seen.has(promise)) return false;
  seen.add(promise);
  if (ts.isIdentifier(promise)) {
    const declaration = context.checker.getSymbolAtLocation(promise)?.valueDeclaration;
    const value =
      declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return value === undefined ? context.typeOf(promise)?.kind === 'promise' : becomesNative(context, value, seen);
  }
  // `new Promise(…)`: the code around a rewritten call makes it, of the language or of a library, and goes on making it.
  if (ts.isNewExpression(promise)) return false;
  if (!ts.isCallExpression(promise)) return context.typeOf(promise)?.kind === 'promise';
  const { expression } = promise;
  if (ts.isPropertyAccessExpression(expression) && isPromise(context, expression.expression))
    return (
      (!isForeignMethod(expression) || isGet(context, promise)) && becomesNative(context, expression.expression, seen)
    );
  const returned = returnedBy(context, promise);
  if (returned.length === 0) return context.typeOf(promise)?.kind === 'promise';
  return returned.some((each) => becomesNative(context, each, seen));
}

const isPromise = (context: FileContext, node: ts.Expression): boolean =>
  context.checker.getTypeAtLocation(node).getSymbol()?.name === 'Promise';
