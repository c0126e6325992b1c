import { ts } from 'ts-morph';
import type { FileContext } from '../context';

const LEVEL = 'offAmazonPayments';

const textOf = (node: ts.TypeNode): string | undefined =>
  ts.isLiteralTypeNode(node) && ts.isStringLiteralLike(node.literal) ? node.literal.text : undefined;

/** The client in `Client['offAmazonPayments']`, `Pick<Client, 'offAmazonPayments'>` and `typeof client.offAmazonPayments`. */
function clientOf(context: FileContext, node: ts.Node): ts.Node | undefined {
  const isClient = (each: ts.Node | undefined): boolean =>
    each !== undefined && context.typeOf(each)?.kind === 'client';
  if (ts.isIndexedAccessTypeNode(node))
    return textOf(node.indexType) === LEVEL && isClient(node.objectType) ? node.objectType : undefined;
  if (ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Pick') {
    const [type, names] = node.typeArguments ?? [];
    return names !== undefined && textOf(names) === LEVEL && isClient(type) ? type : undefined;
  }
  const isQuery = ts.isTypeQueryNode(node) && ts.isQualifiedName(node.exprName) && node.exprName.right.text === LEVEL;
  if (!isQuery) return undefined;
  const { left } = node.exprName as ts.QualifiedName;
  return isClient(left) ? left : undefined;
}

/** `Client['offAmazonPayments']['capture']`, `keyof Client['offAmazonPayments']`: the operations have other names and types. */
function namesOperations({ parent }: ts.Node): boolean {
  if (ts.isParenthesizedTypeNode(parent)) return namesOperations(parent);
  return ts.isIndexedAccessTypeNode(parent) || ts.isTypeOperatorNode(parent) || ts.isMappedTypeNode(parent);
}

/** The operation in `typeof client.offAmazonPayments.capture`, and in `typeof pay.capture`. */
const isQueryOfOperation = (context: FileContext, node: ts.Node): boolean =>
  ts.isTypeQueryNode(node) &&
  ts.isQualifiedName(node.exprName) &&
  node.exprName.right.text !== LEVEL &&
  context.typeOf(node.exprName.left)?.kind === 'offAmazonPayments';

/** `(typeof pay)['capture']` */
const isMemberOfQuery = (context: FileContext, node: ts.Node): boolean =>
  ts.isIndexedAccessTypeNode(node) &&
  ts.isParenthesizedTypeNode(node.objectType) &&
  ts.isTypeQueryNode(node.objectType.type) &&
  clientOf(context, node.objectType.type) === undefined &&
  context.typeOf(node.objectType)?.kind === 'offAmazonPayments';

/** Types of the operations of a client: the v2 client has its methods itself. */
export function rewriteOperationTypes(context: FileContext, node: ts.Node): void {
  const client = clientOf(context, node);
  if (client === undefined && !isQueryOfOperation(context, node) && !isMemberOfQuery(context, node)) return;
  // What the analysis wrote is not the merchant's.
  if (context.rewriter.original(node) === '') return;
  const name = context.text(node);
  const place = { rule: 'node-client/type-reference', legacy: { name }, replacement: { name: 'WebStoreClient' } };
  if (client === undefined || namesOperations(node)) {
    context.leaveOpen(node, {
      ...place,
      message: `${name} is taken apart by the names of legacy operations, which the v2 client does not have; write down the type of the v2 method, or your own.`,
    });
    return;
  }
  const message = `${name} is the type of the client itself in v2, which has the methods at its first level.`;
  context.report(node, { ...place, automation: 'automatic', message, rewritten: true });
  context.rewriter.replace(node, (emit) => (ts.isTypeQueryNode(node) ? `typeof ${emit(client)}` : emit(client)));
}
