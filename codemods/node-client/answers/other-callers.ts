import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import { isLegacySymbol } from '../../typed-program/brands';
import { nodesOf } from '../../typed-program/nodes';
import { type FileContext, walk } from '../context';

/** What is handed to a parameter of the project that other calls hand an answer, and is none, or may be none. */
export interface HandedToOther {
  readonly argument: ts.Expression;
  readonly call: ts.CallExpression | ts.NewExpression;
  readonly parameter: ts.ParameterDeclaration;
  /** The object of legacy that the other calls hand in. */
  readonly element: string;
  readonly body: ts.Node;
  /** Handed itself, or the function that a library calls with what it has. */
  readonly by: 'argument' | 'function';
}

const isUnknown = ({ checker }: FileContext, node: ts.Node): boolean =>
  (checker.getTypeAtLocation(node).flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;

/** `{ Amount: '60.00', CurrencyCode: 'EUR' }`: the shop writes amounts of its own as legacy did. */
function isOwnAmount(context: FileContext, node: ts.Node): boolean {
  const type = context.checker.getTypeAtLocation(node);
  const amount = type.isUnionOrIntersection() ? undefined : type.getProperty('Amount');
  return amount !== undefined && !isLegacySymbol(amount) && context.typeOf(node) === undefined;
}

const isOther = (context: FileContext, node: ts.Node): boolean =>
  isUnknown(context, node) || isOwnAmount(context, node);

/** The body of the function reads a field of the parameter, or hands it on. */
function uses({ checker }: FileContext, { name }: ts.ParameterDeclaration, body: ts.Node): boolean {
  if (!ts.isIdentifier(name)) return true;
  const symbol = checker.getSymbolAtLocation(name);
  let isUsed = false;
  walk(body, (node) => {
    isUsed ||= ts.isIdentifier(node) && node.text === name.text && checker.getSymbolAtLocation(node) === symbol;
  });
  return isUsed;
}

/** A parameter of a function of the project that is given an object of legacy somewhere. */
function takenBy(
  context: FileContext,
  parameter: ts.ParameterDeclaration | ts.JSDocParameterTag | undefined,
  body: ts.Node,
): { readonly parameter: ts.ParameterDeclaration; readonly element: string; readonly body: ts.Node } | undefined {
  if (parameter === undefined || !ts.isParameter(parameter) || parameter.dotDotDotToken !== undefined) return undefined;
  const type = context.typeOf(parameter);
  const isObject = type?.kind === 'element' && type.element !== 'EmptyResult';
  return isObject && uses(context, parameter, body) ? { parameter, element: type.element, body } : undefined;
}

/** The function of the project that a signature is of, and its parameters. */
function ownFunction(signature: ts.Signature | undefined) {
  const declaration = signature?.getDeclaration();
  return declaration !== undefined && 'body' in declaration && declaration.body !== undefined
    ? { parameters: declaration.parameters, body: declaration.body }
    : undefined;
}

function handedInCall(context: FileContext, call: ts.CallExpression | ts.NewExpression): HandedToOther[] {
  const given = call.arguments ?? [];
  if (!given.some((argument) => isOther(context, argument))) return [];
  const called = ownFunction(context.checker.getResolvedSignature(call));
  if (called === undefined) return [];
  return given.flatMap((argument, index): HandedToOther[] => {
    if (!isOther(context, argument)) return [];
    const taken = takenBy(context, called.parameters[index], called.body);
    const isOwn = !isUnknown(context, argument);
    return taken === undefined || (isOwn && taken.element !== 'Price')
      ? []
      : [{ ...taken, argument, call, by: 'argument' }];
  });
}

/** `rows.map(toLine)`, `async.map(rows, toLine)`: a library calls the function with whatever `rows` holds. */
function handedFunctions(context: FileContext, call: ts.CallExpression): HandedToOther[] {
  if (!isAccess(call.expression) || !isUnknown(context, call.expression.expression)) return [];
  return call.arguments.flatMap((argument): HandedToOther[] => {
    if (!ts.isIdentifier(argument) && !isAccess(argument)) return [];
    const others = call.arguments.filter((each) => each !== argument && !ts.isFunctionLike(each));
    const handed = ownFunction(context.checker.getTypeAtLocation(argument).getCallSignatures()[0]);
    if (handed === undefined || !others.every((each) => isUnknown(context, each))) return [];
    const taken = takenBy(context, handed.parameters[0], handed.body);
    return taken === undefined ? [] : [{ ...taken, argument, call, by: 'function' }];
  });
}

/** What else is handed to functions that are given an answer by other calls, and whose reads are rewritten for that. */
export const handedToOthers = (context: FileContext): HandedToOther[] =>
  nodesOf(context.file.source).flatMap((node) => {
    if (ts.isNewExpression(node)) return handedInCall(context, node);
    return ts.isCallExpression(node) ? [...handedInCall(context, node), ...handedFunctions(context, node)] : [];
  });
