import { ts } from 'ts-morph';

const nameIn = (specifier: ts.Node | undefined): string | undefined =>
  specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;

/** `require('async')`, `require('async').waterfall` */
function required(node: ts.Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isPropertyAccessExpression(node)) return required(node.expression);
  return ts.isCallExpression(node) && node.expression.getText() === 'require' ? nameIn(node.arguments[0]) : undefined;
}

/** The module that a name was loaded from, as it is written: `import pRetry from 'p-retry'`, `const { map } = require('async')`. */
export function loadedFrom(checker: ts.TypeChecker, node: ts.Node): string | undefined {
  if (!ts.isIdentifier(node)) return required(node);
  for (const declared of checker.getSymbolAtLocation(node)?.declarations ?? []) {
    const imported = ts.findAncestor(declared, ts.isImportDeclaration);
    if (imported !== undefined) return nameIn(imported.moduleSpecifier);
    const variable = ts.findAncestor(declared, ts.isVariableDeclaration);
    if (variable !== undefined) return required(variable.initializer);
  }
  return undefined;
}
