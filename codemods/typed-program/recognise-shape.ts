import { ts } from 'ts-morph';
import type { AnnotationWriter } from './annotation-writer';
import { outside } from './outside';

/** `await x.offAmazonPayments.capture(params)`, and the same with `.then`: such a client answers with promises. */
function isAwaited(operations: ts.Expression): boolean {
  // What an earlier round wrote around it is seen through, or it would be another shape in the next one.
  const { parent: operation } = outside(operations);
  // `captureAsync`: bluebird's promisifyAll gave the name to a client with callbacks.
  if (ts.isPropertyAccessExpression(operation) && operation.name.text.endsWith('Async')) return false;
  const call = operation.parent;
  if (!ts.isCallExpression(call) || call.expression !== operation || call.arguments.length > 1) return false;
  const { parent } = call;
  return (
    ts.isAwaitExpression(parent) ||
    (ts.isPropertyAccessExpression(parent) && /^(?:then|catch|finally)$/.test(parent.name.text))
  );
}

/** `anything.offAmazonPayments` where no type reaches: the name is unmistakable, so it counts by its shape. */
export function recogniseShape(
  checker: ts.TypeChecker,
  writer: AnnotationWriter,
  node: ts.PropertyAccessExpression,
): void {
  if (node.name.text !== 'offAmazonPayments') return;
  if ((checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0) return;
  if (ts.isBinaryExpression(node.parent) && node.parent.left === node) return;
  writer.cast(node, `AmazonPayLegacy.OffAmazonPayments${isAwaited(node) ? 'Async' : ''}`);
}
