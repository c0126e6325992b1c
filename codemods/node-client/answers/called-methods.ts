import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../../rewriting/access';
import { awaited } from '../awaited';
import { type FileContext, unwrap } from '../context';
import { keyOf } from './pattern-parts';

/** A method that is called on something of which no type tells anything. */
export interface CalledMethod {
  readonly method: string;
  /** The name of what it is called on: `payments` of `this.payments.stateOf()` and of `container.resolve('payments')`. */
  readonly receiver: string;
}

const isUntyped = ({ checker }: FileContext, node: ts.Node): boolean =>
  (checker.getTypeAtLocation(node).flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;

function nameOf(node: ts.Expression): string {
  const object = awaited(node);
  if (ts.isIdentifier(object)) return object.text;
  if (isAccess(object)) return accessedName(object) ?? '';
  if (!ts.isCallExpression(object) && !ts.isNewExpression(object)) return '';
  const named = object.arguments?.find(ts.isStringLiteralLike);
  return named?.text ?? nameOf(object.expression);
}

/** `const { stateOf } = payments`, `({ payments: { stateOf } }) => …`, `({ stateOf }) => …` */
function takenFrom(context: FileContext, part: ts.BindingElement): CalledMethod | undefined {
  const method = keyOf(part);
  const { parent } = part.parent;
  if (method === undefined) return undefined;
  if (ts.isBindingElement(parent)) return { method, receiver: keyOf(parent) ?? '' };
  if (ts.isParameter(parent)) return { method, receiver: ts.isIdentifier(parent.name) ? parent.name.text : '' };
  const { initializer } = parent;
  return initializer !== undefined && isUntyped(context, initializer)
    ? { method, receiver: nameOf(initializer) }
    : undefined;
}

/** `payments.stateOf` of `payments.stateOf.bind(payments)` */
export function withoutBind(node: ts.Expression): ts.Expression {
  const inner = unwrap(node);
  const callee = ts.isCallExpression(inner) ? inner.expression : undefined;
  return callee !== undefined && ts.isPropertyAccessExpression(callee) && callee.name.text === 'bind'
    ? unwrap(callee.expression)
    : inner;
}

/** Names the method that a call calls; undefined where a type tells what it is, or nothing does. */
export function calledMethod(context: FileContext, callee: ts.Expression): CalledMethod | undefined {
  const called = unwrap(callee);
  if (isAccess(called)) {
    const method = accessedName(called);
    return method !== undefined && isUntyped(context, called.expression)
      ? { method, receiver: nameOf(called.expression) }
      : undefined;
  }
  if (!ts.isIdentifier(called) || !isUntyped(context, called)) return undefined;
  const declaration = context.checker.getSymbolAtLocation(called)?.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isBindingElement(declaration)) return takenFrom(context, declaration);
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const taken = value === undefined ? undefined : withoutBind(value);
  return taken !== undefined && isAccess(taken) ? calledMethod(context, taken) : undefined;
}
