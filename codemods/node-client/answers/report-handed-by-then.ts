import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../../rewriting/access';
import { legacyTypeOf } from '../../typed-program/brands';
import { withoutBind } from './called-methods';
import { type FileContext, unwrap, walk } from '../context';
import { isLook } from './lookers';
import { elementWithin } from './report-containers';
import { isLog } from './value-flow';

/** What a promise brings: the object or the table of the value, or the object that a list or an object holds. */
function broughtBy(context: FileContext, promise: ts.Expression): string | undefined {
  const type = context.typeOf(promise);
  if (type?.kind === 'promise') {
    if (type.of.kind === 'element') return type.of.element === 'EmptyResult' ? undefined : type.of.element;
    return type.of.kind === 'value' && /(?:State|Reason)$/.test(type.of.table) ? type.of.table : undefined;
  }
  const brought = context.checker.getAwaitedType(context.checker.getTypeAtLocation(promise));
  return brought === undefined ? undefined : elementWithin(context, brought);
}

/** The parameter of a function that is handed to `then` has a type, by which what is done with the answer is followed. */
function isFollowed({ checker }: FileContext, listener: ts.Expression, callee: ts.Expression): boolean {
  const inner = unwrap(listener);
  const bound = ts.isCallExpression(inner) && inner !== callee ? Math.max(inner.arguments.length - 1, 0) : 0;
  const parameter = checker.getTypeAtLocation(callee).getCallSignatures()[0]?.getParameters()[bound];
  if (parameter === undefined) return false;
  const type = checker.getTypeOfSymbolAtLocation(parameter, callee);
  const parts = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [type];
  return parts.some((part) => legacyTypeOf(checker, part) !== undefined);
}

/** The function that `then` hands an answer to without a call of it being written: `res.json` of `.then(res.json.bind(res))`. */
export function handedByThen(
  context: FileContext,
  node: ts.Node,
): { readonly promise: ts.Expression; readonly listener: ts.Expression; readonly callee: ts.Expression } | undefined {
  if (!ts.isCallExpression(node) || !isAccess(node.expression)) return undefined;
  const [listener] = node.arguments;
  if (listener === undefined || accessedName(node.expression) !== 'then') return undefined;
  const callee = withoutBind(listener);
  const isWritten = ts.isArrowFunction(callee) || ts.isFunctionExpression(callee);
  if (isWritten || isLog(callee) || isLook(callee.getText()) || isFollowed(context, listener, callee)) return undefined;
  return { promise: node.expression.expression, listener, callee };
}

const OF_LISTS = /^(?:map|flatMap|forEach|filter|some|every|find|findIndex|findLast|reduce|reduceRight)$/;

/** `prices.map(cents)`: the list gives each of its answers to a function that is named, and of which nothing is known. */
function reportHandedByList(context: FileContext, node: ts.Node): void {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
  const { expression: list, name } = node.expression;
  const [listener] = node.arguments;
  if (listener === undefined || !OF_LISTS.test(name.text)) return;
  const callee = withoutBind(listener);
  if (!ts.isIdentifier(callee) && !isAccess(callee)) return;
  const type = context.checker.getTypeAtLocation(list);
  const element = context.checker.isArrayType(type) ? elementWithin(context, type) : undefined;
  const signatures = context.checker.getTypeAtLocation(callee).getCallSignatures();
  if (element === undefined || isLog(callee) || isLook(callee.getText()) || signatures.length > 1) return;
  if (isFollowed(context, listener, callee)) return;
  context.leaveOpen(listener, {
    rule: 'node-client/escape',
    legacy: { name: element },
    replacement: null,
    message: `${context.text(callee)} gets each ${element} of ${context.text(list)}, which is that of v2 from now on; check what it reads.`,
  });
}

/** Lists answers and states that a promise, or a list, hands to a function of which nothing is known. */
export function reportHandedByThen(context: FileContext): void {
  walk(context.file.source, (node) => {
    reportHandedByList(context, node);
    const handed = handedByThen(context, node);
    const name = handed === undefined ? undefined : broughtBy(context, handed.promise);
    if (handed === undefined || name === undefined) return;
    context.leaveOpen(handed.listener, {
      rule: 'node-client/escape',
      legacy: { name },
      replacement: null,
      message: `${context.text(handed.promise)} hands its answer to ${context.text(handed.callee)}, which now gets that of v2 instead of ${name}; check what reads it.`,
    });
  });
}
