import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';

/** What a promise made around a callback resolves to, as text: `new Promise((resolve, reject) => operation(params, (error, result) => resolve(result)))`. */
export function promiseTypeText(checker: ts.TypeChecker, expression: ts.NewExpression): string | undefined {
  const executor = expression.arguments?.[0];
  if (executor === undefined || expression.typeArguments !== undefined) return undefined;
  if (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor)) return undefined;
  const [resolve] = executor.parameters;
  if (resolve === undefined || !ts.isIdentifier(resolve.name)) return undefined;
  if (legacyTypeOf(checker, checker.getTypeAtLocation(expression)) !== undefined) return undefined;
  return resolvedTypeText(checker, executor.body, checker.getSymbolAtLocation(resolve.name));
}

function resolvedTypeText(checker: ts.TypeChecker, body: ts.Node, resolve: ts.Symbol | undefined): string | undefined {
  let text: string | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && checker.getSymbolAtLocation(node.expression) === resolve) {
      const [value] = node.arguments;
      if (value !== undefined) text ??= legacyTypeText(checker, checker.getTypeAtLocation(value));
    }
    ts.forEachChild(node, visit);
  };
  if (resolve !== undefined) visit(body);
  return text;
}
