import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import { isAccess } from '../rewriting/access';

const isPackage = (specifier: ts.Node | undefined): boolean =>
  specifier !== undefined && ts.isStringLiteralLike(specifier) && !/^[.~@]?\/|^\.|^#/.test(specifier.text);

/** `require('xml2js')`, with what is read of it at once. */
function isRequired(node: ts.Expression): boolean {
  if (isAccess(node)) return isRequired(node.expression);
  return ts.isCallExpression(node) && node.expression.getText() === 'require' && isPackage(node.arguments[0]);
}

/**
 * The value comes out of a package from the registry: `new XMLParser()`, `express()`, a namespace that was imported. Its
 * methods are not those of a class of the merchant, whatever they are called.
 */
export function isForeign(context: FileContext, value: ts.Expression, depth = 0): boolean {
  if (depth > 6) return false;
  if (isRequired(value)) return true;
  if (ts.isNewExpression(value) || ts.isCallExpression(value)) return isForeign(context, value.expression, depth + 1);
  if (ts.isAwaitExpression(value) || ts.isParenthesizedExpression(value))
    return isForeign(context, value.expression, depth + 1);
  const symbol = context.checker.getSymbolAtLocation(isAccess(value) ? lastName(value) : value);
  const declaration = symbol?.declarations?.[0];
  const next = (node: ts.Expression): boolean => isForeign(context, node, depth + 1);
  if (declaration === undefined) return isAccess(value) && next(value.expression);
  const imported = ts.findAncestor(declaration, ts.isImportDeclaration);
  if (imported !== undefined) return isPackage(imported.moduleSpecifier);
  const holder = ts.isBindingElement(declaration)
    ? ts.findAncestor(declaration, ts.isVariableDeclaration)
    : declaration;
  const isHolder = holder !== undefined && (ts.isVariableDeclaration(holder) || ts.isPropertyDeclaration(holder));
  return isHolder && holder.initializer !== undefined && next(holder.initializer);
}

const lastName = (node: ts.PropertyAccessExpression | ts.ElementAccessExpression): ts.Node =>
  ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
