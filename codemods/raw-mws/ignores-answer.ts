import { ts } from 'ts-morph';
import { outside } from '../typed-program/outside';

/**
 * True when nothing looks at the answer, so that nothing noticed when MWS answered with an error document. The v2 call
 * rejects then, and the code around it has to want that.
 */
export function ignoresAnswer(call: ts.CallExpression): boolean {
  const { parent } = outside(call);
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent))
    return ts.isExpressionStatement(parent);
  const [handler] = parent.parent.arguments;
  return handler === undefined || (ts.isFunctionLike(handler) && handler.parameters.length === 0);
}
