import { ts } from 'ts-morph';
import { isLegacySymbol } from '../../typed-program/brands';
import { unwrap } from '../context';

/** `AuthorizationStates.Open` of amazon-pay-async: its enums are named after the values they hold. */
function memberOfLegacyEnum(checker: ts.TypeChecker, node: ts.Expression): string | undefined {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const declaration = checker.getSymbolAtLocation(node.expression)?.declarations?.[0];
  const statement = declaration === undefined ? undefined : ts.findAncestor(declaration, ts.isImportDeclaration);
  const isLegacy =
    statement !== undefined &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    isLegacySymbol(checker.getSymbolAtLocation(statement.moduleSpecifier));
  return isLegacy && /(?:States|Reasons|ReasonCodes)$/.test(node.expression.text) ? node.name.text : undefined;
}

/** The text of a string literal, or of a constant that holds one. */
export function literalText(checker: ts.TypeChecker, node: ts.Expression): string | undefined {
  const expression = unwrap(node);
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (!ts.isIdentifier(expression) && !ts.isPropertyAccessExpression(expression)) return undefined;
  const member = memberOfLegacyEnum(checker, expression);
  if (member !== undefined) return member;
  const symbol = checker.getSymbolAtLocation(ts.isIdentifier(expression) ? expression : expression.name);
  const target =
    symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target?.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isEnumMember(declaration)) {
    const { initializer } = declaration;
    return initializer !== undefined && ts.isStringLiteralLike(initializer) ? initializer.text : undefined;
  }
  if (ts.isPropertyAssignment(declaration) && ts.isStringLiteralLike(declaration.initializer))
    return declaration.initializer.text;
  const constant =
    ts.isVariableDeclaration(declaration) && (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const value = constant ? declaration.initializer : undefined;
  return value !== undefined && ts.isStringLiteralLike(value) ? value.text : undefined;
}
