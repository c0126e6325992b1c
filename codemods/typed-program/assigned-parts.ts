import { ts } from 'ts-morph';

/** What one part of a pattern gives to a variable of before. */
export interface AssignedPart {
  readonly target: ts.Declaration | undefined;
  readonly type: ts.Type;
}

/** The parts of `({ State, ReasonCode: reason } = status)`, and of what is nested in it. */
export function assignedParts(
  checker: ts.TypeChecker,
  pattern: ts.ObjectLiteralExpression,
  value: ts.Expression | ts.Type,
): AssignedPart[] {
  const type = 'kind' in value ? checker.getTypeAtLocation(value) : value;
  return pattern.properties.flatMap((property) => {
    const field = property.name === undefined ? undefined : type.getProperty(property.name.getText());
    if (field === undefined) return [];
    const part = checker.getTypeOfSymbol(field);
    if (ts.isShorthandPropertyAssignment(property))
      return [{ target: checker.getShorthandAssignmentValueSymbol(property)?.valueDeclaration, type: part }];
    if (!ts.isPropertyAssignment(property)) return [];
    if (ts.isObjectLiteralExpression(property.initializer)) return assignedParts(checker, property.initializer, part);
    const target = ts.isIdentifier(property.initializer)
      ? checker.getSymbolAtLocation(property.initializer)?.valueDeclaration
      : undefined;
    return [{ target, type: part }];
  });
}
