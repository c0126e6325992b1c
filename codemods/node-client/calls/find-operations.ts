import { ts } from 'ts-morph';
import { isLegacySymbol } from '../../typed-program/brands';
import { type FileContext, unwrap } from '../context';

/** A call that reaches a legacy operation. */
export interface OperationCall {
  readonly node: ts.CallExpression;
  readonly operation: string;
  readonly style: 'callback' | 'promise';
  /**
   * direct: on the client itself. alias: through a function of the merchant that stands for the operation. named: through one
   * that is given its name.
   */
  readonly reach: 'direct' | 'alias' | 'named';
  /** The object that has the method: `client.offAmazonPayments`. Undefined for aliases. */
  readonly receiver: ts.Expression | undefined;
  readonly parameters: ts.Expression | undefined;
  readonly callback: ts.Expression | undefined;
  /** The client is known by the shape of the code alone. */
  readonly byShape: boolean;
  /** The file of the function that is given its name. */
  readonly rewrittenIn?: string;
}

/** An operation that is handed on instead of called: `promisify(pay.capture).bind(pay)`. */
export interface OperationReference {
  readonly node: ts.Expression;
  readonly operation: string;
  readonly style: 'callback' | 'promise';
  readonly receiver: ts.Expression;
  readonly byShape: boolean;
}

/** `client.offAmazonPayments[name]`, `callMwsMethod`: the operation is not in the code. */
export interface ComputedOperation {
  readonly node: ts.Node;
  readonly name: string;
}

const accessed = (node: ts.Expression): ts.Expression | undefined =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) ? node.expression : undefined;

/** `x.capture` where x is the client's operations object and not something of the merchant that carries one. */
export function legacyReceiver(context: FileContext, node: ts.Expression): ts.Expression | undefined {
  const object = accessed(node);
  if (object === undefined) return undefined;
  const type = context.typeAround(object);
  if (type?.kind !== 'offAmazonPayments' && !(type?.kind === 'client' && type.style === 'flat')) return undefined;
  return object;
}

/** An untyped receiver got its type from its shape, which the analysis copy shows as a cast. */
const isByShape = (context: FileContext, receiver: ts.Expression): boolean => {
  let byShape = false;
  const visit = (node: ts.Node): void => {
    if (ts.isParenthesizedExpression(node) && context.file.annotated.isAnnotatedAt(context.rewriter.start(node))) {
      byShape ||= context.rewriter.start(node) === context.rewriter.start(node.expression);
    }
    ts.forEachChild(node, visit);
  };
  visit(receiver);
  return byShape;
};

const ninvokeNames = new Set(['ninvoke', 'nsend']);

/** `Q.ninvoke(pay, 'capture', params)` */
function asNinvoke(context: FileContext, node: ts.CallExpression): OperationCall | undefined {
  const [target, name, parameters] = node.arguments;
  const method = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : '';
  if (!ninvokeNames.has(method) || target === undefined || name === undefined || !ts.isStringLiteralLike(name))
    return undefined;
  if (context.typeOf(target)?.kind !== 'offAmazonPayments') return undefined;
  const property = context.checker.getTypeAtLocation(target).getProperty(name.text);
  const operation = property === undefined ? undefined : operationOfSymbol(context, property);
  if (operation === undefined) return undefined;
  return {
    node,
    operation,
    style: 'promise',
    reach: 'direct',
    receiver: target,
    parameters,
    callback: undefined,
    byShape: false,
  };
}

function operationOfSymbol(context: FileContext, symbol: ts.Symbol): string | undefined {
  if (!isLegacySymbol(symbol)) return undefined;
  const type = context.checker.getTypeOfSymbol(symbol);
  const marker = type.getProperty(' operation');
  const literal = marker === undefined ? undefined : context.checker.getTypeOfSymbol(marker);
  return literal?.isStringLiteral() === true ? literal.value : undefined;
}

/** `pay.capture.call(pay, params, done)` calls what it is a property of; its first argument is the receiver. */
function callTarget(node: ts.CallExpression): { callee: ts.Expression; arguments: readonly ts.Expression[] } {
  const callee = unwrap(node.expression);
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'call') {
    return { callee: unwrap(callee.expression), arguments: node.arguments.slice(1) };
  }
  return { callee, arguments: node.arguments };
}

/** `promisify(pay.capture)(params)` and `promisify(pay.capture.bind(pay))(params)` call the method itself. */
function innermostMethod(context: FileContext, callee: ts.Expression): ts.Expression | undefined {
  let current: ts.Expression | undefined = callee;
  while (current !== undefined && legacyReceiver(context, current) === undefined) {
    if (!ts.isCallExpression(current)) return undefined;
    const inner: ts.Expression = current.expression;
    const bound = ts.isPropertyAccessExpression(inner) && inner.name.text === 'bind';
    current = unwrap(bound ? inner.expression : (current.arguments[0] ?? inner));
  }
  return current;
}

/** Returns the operation that a call makes, or undefined when it makes none. */
export function asOperationCall(context: FileContext, node: ts.CallExpression): OperationCall | undefined {
  const invoked = context.namedCalls.get(node) ?? asNinvoke(context, node);
  if (invoked !== undefined) return invoked;
  const { callee, arguments: given } = callTarget(node);
  const type = context.typeOf(callee);
  if (type?.kind !== 'operation') return undefined;
  const method = innermostMethod(context, callee);
  const receiver = method === undefined ? undefined : legacyReceiver(context, method);
  return {
    node,
    operation: type.operation,
    style: type.style,
    reach: receiver === undefined ? 'alias' : 'direct',
    receiver,
    parameters: given[0],
    callback: type.style === 'callback' ? given[1] : undefined,
    byShape: receiver !== undefined && isByShape(context, receiver),
  };
}

/** `promisify(X)`, `Q.nbind(X, pay)`, `X.bind(pay)`: still the same operation, one level further out. */
function outermostReference(context: FileContext, node: ts.Expression): ts.Expression {
  let current = node;
  for (;;) {
    let parent: ts.Node = current.parent;
    if (ts.isParenthesizedExpression(parent)) {
      current = parent;
      continue;
    }
    if (ts.isPropertyAccessExpression(parent) && parent.expression === current && parent.name.text === 'bind') {
      parent = parent.parent;
      // Arguments that are bound with the receiver stay bound.
      if (ts.isCallExpression(parent) && parent.arguments.length > 1) return current;
    }
    if (!ts.isCallExpression(parent) || context.typeOf(parent)?.kind !== 'operation') return current;
    const isCallee = parent.expression === current;
    if (isCallee) return current;
    current = parent;
  }
}

/** The function that stands for the operation is called where it is made, so the call is what is rewritten. */
function isCalledAtOnce(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return parent.expression === node;
  const isCall = ts.isPropertyAccessExpression(parent) && parent.expression === node && parent.name.text === 'call';
  return isCall && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
}

/** `pay.capture = stub`, `pay.capture.restore()`: a test puts something in the place of the operation, or asks what it did. */
export function isStoodInFor(node: ts.Expression): boolean {
  const { parent } = node;
  const isAssigned =
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const isMember =
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    !/^(?:bind|call|apply)$/.test(parent.name.text);
  return isAssigned || isMember || ts.isDeleteExpression(parent);
}

/** Returns the outermost expression that still is the operation, when a method is taken off the client without a call. */
export function asOperationReference(context: FileContext, node: ts.Expression): OperationReference | undefined {
  const receiver = legacyReceiver(context, node);
  if (receiver === undefined || context.typeOf(node)?.kind !== 'operation') return undefined;
  if (ts.isCallExpression(node.parent) && node.parent.expression === node) return undefined;
  const { parent } = node;
  const method = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : undefined;
  if (method === 'call' || method === 'apply' || isStoodInFor(node)) return undefined;
  const outermost = outermostReference(context, node);
  if (isCalledAtOnce(outermost)) return undefined;
  const type = context.typeOf(outermost);
  if (type?.kind !== 'operation') return undefined;
  return {
    node: outermost,
    operation: type.operation,
    style: type.style,
    receiver,
    byShape: isByShape(context, receiver),
  };
}
