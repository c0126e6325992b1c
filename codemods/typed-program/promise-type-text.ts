import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';

/**
 * What a promise made around a callback resolves to, as text: `new Promise((resolve, reject) => operation(params, (error, result)
 * => resolve(result)))`, and `load(id).then(resolve, reject)` in place of the operation.
 */
export function promiseTypeText(checker: ts.TypeChecker, expression: ts.NewExpression): string | undefined {
  const executor = expression.arguments?.[0];
  if (executor === undefined || expression.typeArguments !== undefined) return undefined;
  if (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor)) return undefined;
  const [resolve] = executor.parameters;
  if (resolve === undefined || !ts.isIdentifier(resolve.name)) return undefined;
  if (legacyTypeOf(checker, checker.getTypeAtLocation(expression)) !== undefined) return undefined;
  return resolvedTypeText(checker, executor.body, checker.getSymbolAtLocation(resolve.name));
}

/** `resolve(answer)`, `promise.then(resolve)` */
function resolvedType(
  checker: ts.TypeChecker,
  { expression, arguments: [value] }: ts.CallExpression,
  resolve: ts.Symbol | undefined,
): ts.Type | undefined {
  if (value === undefined) return undefined;
  if (checker.getSymbolAtLocation(expression) === resolve) return checker.getTypeAtLocation(value);
  const isThen = ts.isPropertyAccessExpression(expression) && expression.name.text === 'then';
  if (!isThen || !ts.isIdentifier(value) || checker.getSymbolAtLocation(value) !== resolve) return undefined;
  const promise = checker.getTypeAtLocation(expression.expression);
  return legacyTypeOf(checker, promise)?.kind === 'promise'
    ? checker.getTypeArguments(promise as ts.TypeReference)[0]
    : undefined;
}

function resolvedTypeText(checker: ts.TypeChecker, body: ts.Node, resolve: ts.Symbol | undefined): string | undefined {
  let text: string | undefined;
  const visit = (node: ts.Node): void => {
    const type = ts.isCallExpression(node) ? resolvedType(checker, node, resolve) : undefined;
    if (type !== undefined) text ??= legacyTypeText(checker, type);
    ts.forEachChild(node, visit);
  };
  if (resolve !== undefined) visit(body);
  return text;
}
