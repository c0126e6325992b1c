import { ts } from 'ts-morph';
import { distinctTypes } from './brands';
import { legacyTypeText } from './legacy-type-text';
import type { Carried } from './promise-idioms';

const isOr = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;

/** The object that stands in for a part of an answer, and what it stands in for. */
function fallbackIn(node: ts.Node): { readonly object: ts.Expression; readonly of: ts.Expression } | undefined {
  if (ts.isBinaryExpression(node) && isOr(node)) return { object: node.right, of: node.left };
  if (!ts.isConditionalExpression(node)) return undefined;
  return ts.isObjectLiteralExpression(innermost(node.whenTrue))
    ? { object: node.whenTrue, of: node.whenFalse }
    : { object: node.whenFalse, of: node.whenTrue };
}

const innermost = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) ? innermost(node.expression) : node;

/** The part of an answer that an expression holds, undefined and false left out. */
function elementText(checker: ts.TypeChecker, node: ts.Expression): string | undefined {
  const type = checker.getTypeAtLocation(node);
  const [only, ...others] = distinctTypes(checker, type);
  if (only?.kind !== 'element' || others.length > 0) return undefined;
  return legacyTypeText(checker, checker.getNonNullableType(type));
}

/**
 * `const buyer = order.Buyer || {}`, `order.Buyer ? order.Buyer : { Name: 'Guest' }`: an object that stands in for a part of an
 * answer has the members of that, or nothing that reads the two would be followed.
 */
export function carriedToFallback(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  const found = fallbackIn(node);
  const object = found === undefined ? undefined : innermost(found.object);
  if (found === undefined || object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  const text = elementText(checker, found.of);
  const known = checker.getNonNullableType(checker.getTypeAtLocation(found.of));
  const own = object.properties.flatMap(({ name }) =>
    name !== undefined && ts.isIdentifier(name) && known.getProperty(name.text) === undefined
      ? [`${name.text}: any`]
      : [],
  );
  if (text === undefined) return undefined;
  return { kind: 'around', node: object, text: own.length === 0 ? text : `${text} & { ${own.join('; ')} }` };
}
