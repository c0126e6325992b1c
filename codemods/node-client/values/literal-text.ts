import { ts } from 'ts-morph';
import { isLegacySymbol } from '../../typed-program/brands';
import { constantText } from '../../typed-program/constant-text';
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
  return memberOfLegacyEnum(checker, expression) ?? constantText(checker, expression);
}
