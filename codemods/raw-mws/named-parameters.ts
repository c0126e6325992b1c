import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { References } from './references';

/** An object that names the operation, and the variable that holds it. */
export interface NamedParameters {
  readonly operation: string;
  /** Where the operation is named. */
  readonly at: ts.Node;
  readonly variable: ts.Identifier | undefined;
}

const operationIn = (value: ts.Expression | undefined): string | undefined =>
  value !== undefined && ts.isStringLiteralLike(value) && operations[value.text] !== undefined ? value.text : undefined;

const isAction = (name: ts.Node): boolean => /^['"]?Action['"]?$/.test(name.getText());

type Named = Omit<NamedParameters, 'variable'>;

/** `{ Action: 'Capture', … }` */
export function namedBy(object: ts.ObjectLiteralExpression): Named | undefined {
  for (const at of object.properties) {
    const operation = ts.isPropertyAssignment(at) && isAction(at.name) ? operationIn(at.initializer) : undefined;
    if (operation !== undefined) return { operation, at };
  }
  return undefined;
}

/** `params.Action = 'Capture'`, `params['Action'] = 'Capture'` */
function namedByAssignment(node: ts.Node, variable: string): Named | undefined {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const { left } = node;
  const key = ts.isPropertyAccessExpression(left)
    ? left.name
    : ts.isElementAccessExpression(left)
      ? left.argumentExpression
      : undefined;
  const isOwn =
    key !== undefined && isAction(key) && (left as ts.PropertyAccessExpression).expression.getText() === variable;
  const operation = isOwn ? operationIn(node.right) : undefined;
  return operation === undefined ? undefined : { operation, at: node };
}

/** What a variable of a function names as its operation, in its object or by an assignment. */
export function namedByVariable(
  references: References,
  { name, initializer }: ts.VariableDeclaration,
): (NamedParameters & { readonly variable: ts.Identifier }) | undefined {
  const symbol = references.symbolOf(name);
  if (!ts.isIdentifier(name) || symbol === undefined || initializer === undefined) return undefined;
  if (!ts.isObjectLiteralExpression(initializer) || ts.findAncestor(name, ts.isFunctionLike) === undefined)
    return undefined;
  const assigned = references.of(symbol).map((use) => namedByAssignment(use.parent.parent, name.text));
  const named = namedBy(initializer) ?? assigned.find((each) => each !== undefined);
  return named === undefined ? undefined : { ...named, variable: name };
}
