import { ts } from 'ts-morph';
import type { FileContext } from '../context';
import { memberOfClient, noneInV2, type Remain } from '../remain';

function takenApart(context: FileContext, node: ts.Node): Remain {
  const message = `${context.text(node)} takes the legacy client apart, and the v2 client has none of these members; the legacy client stays for this. Call the operations on the client itself.`;
  return noneInV2(node, 'node-client/computed-operation', { name: context.text(node) }, message);
}

/** `const { offAmazonPayments, api } = client`: only a pattern for nothing but the operations is rewritten. */
function inPattern(context: FileContext, pattern: ts.ObjectBindingPattern): Remain[] {
  const keys = pattern.elements.map(({ dotDotDotToken, propertyName, name }) =>
    dotDotDotToken === undefined ? (propertyName ?? name).getText() : undefined,
  );
  const others = pattern.elements.filter((_, index) => !/^(?:offAmazonPayments|checkoutV2)$/.test(keys[index] ?? ''));
  if (pattern.elements.length === 0 || (others.length === 0 && keys.length === 1)) return [];
  const named = others.map((element) =>
    memberOfClient(context, element, (element.propertyName ?? element.name).getText()),
  );
  const known = named.flatMap((remain) => remain ?? []);
  return known.length > 0 && known.length === others.length ? known : [...known, takenApart(context, pattern)];
}

/** `({ offAmazonPayments, config }, id) => …`: the client is told by its members alone, or by the unmistakable name. */
function takesUnnamedClient(context: FileContext, pattern: ts.ObjectBindingPattern): boolean {
  const isClient = context.checker.getTypeAtLocation(pattern).getProperty(' client') !== undefined;
  return pattern.elements.some(
    (element) =>
      (element.propertyName ?? element.name).getText() === 'offAmazonPayments' &&
      (isClient || (context.checker.getTypeAtLocation(element).flags & ts.TypeFlags.Any) !== 0),
  );
}

/** `({ offAmazonPayments } = client)`: an assignment cannot be given another name for the client. */
const isAssignedApart = (context: FileContext, node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  ts.isObjectLiteralExpression(node.left) &&
  context.typeAround(node.right)?.kind === 'client';

/** The legacy clients that a pattern takes members off; empty for a node that is no such pattern. */
export function findClientsTakenApart(context: FileContext, node: ts.Node): readonly Remain[] {
  if (isAssignedApart(context, node)) return [takenApart(context, node.left)];
  if (!ts.isObjectBindingPattern(node)) return [];
  if (context.typeOf(node)?.kind === 'client') return inPattern(context, node);
  return takesUnnamedClient(context, node) ? [takenApart(context, node)] : [];
}
