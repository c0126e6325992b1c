import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { nodesOf } from './nodes';

/** The value that is given to a field of an object: `{ code: err.type }`, `failure.code = err.type`. */
function givenField(node: ts.Node): { readonly name: string; readonly value: ts.Expression } | undefined {
  if (ts.isPropertyAssignment(node)) return { name: node.name.getText(), value: node.initializer };
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  return ts.isPropertyAccessExpression(node.left) ? { name: node.left.name.text, value: node.right } : undefined;
}

/**
 * Fields of errors of the project in which it keeps the code of an error of the client: `Object.assign(new Error(message),
 * { code: err.type })`. What is read under such a name may be that of an own error, which has no reasonCode.
 */
export function ownErrorFields(checker: ts.TypeChecker, sources: readonly ts.SourceFile[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const source of sources)
    for (const node of nodesOf(source)) {
      const given = givenField(node);
      if (given === undefined || !/^(?:type|name|code)$/.test(given.name)) continue;
      const type = legacyTypeOf(checker, checker.getTypeAtLocation(given.value));
      if (type?.kind === 'value' && type.table === 'errorCode') found.add(given.name);
    }
  return found;
}
