import { ts } from 'ts-morph';
import { unwrap } from './context';

/** The expression without what stands around it and without `await`. */
export const awaited = (node: ts.Expression): ts.Expression => {
  const inner = unwrap(node);
  return ts.isAwaitExpression(inner) ? unwrap(inner.expression) : inner;
};
