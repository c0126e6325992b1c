import { ts } from 'ts-morph';
import { nodesOf } from '../../typed-program/nodes';
import type { FileContext } from '../context';
import { EQUALITY } from '../values/value-places';

export const tellsOutcome = (context: FileContext, node: ts.Node): boolean => {
  const type = context.typeOf(node);
  return type?.kind === 'value' && /(?:State|Reason)$/.test(type.table);
};

/** `state === 'Declined'`: it leaves in what waits as well as what is paid. */
const asksForDecline = ({ left, right }: ts.BinaryExpression): boolean =>
  [left, right].some((side) => ts.isStringLiteralLike(side) && side.text === 'Declined');

/** A look at the state before the place that tells what is paid from what still waits. */
export const isTestedForPaid = (context: FileContext, node: ts.Node): boolean =>
  isTested(context, node, 'before', asksForDecline);

/**
 * A state, or its reason, is looked at before the place, or anywhere in the function around it.
 *
 * @param isNone comparisons that do not count
 */
export function isTested(
  context: FileContext,
  node: ts.Node,
  where: 'before' | 'anywhere' = 'before',
  isNone: (comparison: ts.BinaryExpression) => boolean = () => false,
): boolean {
  const around = ts.findAncestor(node, ts.isFunctionLike);
  if (around === undefined) return false;
  const isInside = (each: ts.Node): boolean => each.pos >= around.pos && each.end <= around.end;
  return nodesOf(context.file.source).some((each) => {
    if (!isInside(each) || (where === 'before' && each.getStart() >= node.getStart())) return false;
    if (ts.isSwitchStatement(each)) return tellsOutcome(context, each.expression);
    if (ts.isBinaryExpression(each) && EQUALITY.has(each.operatorToken.kind) && !isNone(each))
      return tellsOutcome(context, each.left) || tellsOutcome(context, each.right);
    const isArgument = ts.isCallExpression(each) && ts.findAncestor(each, ts.isIfStatement) !== undefined;
    return isArgument && each.arguments.some((one) => context.typeOf(one)?.kind === 'element');
  });
}
