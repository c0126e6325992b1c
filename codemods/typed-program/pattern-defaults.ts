import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import type { Carried } from './promise-idioms';

/**
 * `{ ReasonCode = options.reason } = details.AuthorizationStatus`: a default of another type takes that of the field away,
 * and `{ AuthorizationDetails = {} } = result` its members. As `never` it adds nothing to the type of the field.
 */
export function carriedPastDefault(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  if (!ts.isBindingElement(node) || node.initializer === undefined || !ts.isObjectBindingPattern(node.parent))
    return undefined;
  const key = node.propertyName ?? node.name;
  if (!ts.isIdentifier(key) && !ts.isStringLiteral(key)) return undefined;
  const pattern = checker.getTypeAtLocation(node.parent);
  const property = legacyTypeOf(checker, pattern) === undefined ? undefined : pattern.getProperty(key.text);
  if (property === undefined || legacyTypeOf(checker, checker.getTypeOfSymbol(property)) === undefined)
    return undefined;
  const isKept = legacyTypeOf(checker, checker.getTypeAtLocation(node)) !== undefined;
  return isKept && !ts.isObjectLiteralExpression(node.initializer)
    ? undefined
    : { kind: 'around', node: node.initializer, text: 'never' };
}
