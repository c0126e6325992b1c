import { ts } from 'ts-morph';
import { nodesOf } from '../typed-program/nodes';
import { isHelperSpecifier } from './packages/find-helper-functions';

/** `const { price } = require('./amazon-pay-v2')`, `import { price } from './amazon-pay-v2'` */
function isOfHelper(declaration: ts.Node): boolean {
  const statement = ts.findAncestor(
    declaration,
    (node): node is ts.ImportDeclaration | ts.VariableDeclaration =>
      ts.isImportDeclaration(node) || ts.isVariableDeclaration(node),
  );
  if (statement === undefined) return false;
  if (ts.isImportDeclaration(statement)) return isHelperSpecifier(statement.moduleSpecifier);
  let value = statement.initializer;
  while (value !== undefined && ts.isPropertyAccessExpression(value)) value = value.expression;
  return value !== undefined && ts.isCallExpression(value) && isHelperSpecifier(value.arguments[0]);
}

const declares = (node: ts.Node): node is ts.NamedDeclaration =>
  ts.isVariableDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isBindingElement(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isClassLike(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isModuleDeclaration(node) ||
  ts.isImportSpecifier(node) ||
  ts.isImportClause(node) ||
  ts.isNamespaceImport(node) ||
  ts.isImportEqualsDeclaration(node);

/**
 * Every name that a file declares, in whatever scope, but for what it loads from the emitted helper: a parameter `price`
 * hides a function of that name from all code below it.
 */
export function declaredNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodesOf(source))
    if (declares(node) && node.name !== undefined && ts.isIdentifier(node.name) && !isOfHelper(node))
      names.add(node.name.text);
  return names;
}
