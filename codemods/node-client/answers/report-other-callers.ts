import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import { type FileContext, walk } from '../context';

const isUnknown = ({ checker }: FileContext, node: ts.Node): boolean =>
  (checker.getTypeAtLocation(node).flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;

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

/** The object of legacy that a parameter of a function of the project is given somewhere. */
function takenBy(
  context: FileContext,
  parameter: ts.ParameterDeclaration | ts.JSDocParameterTag,
  body: ts.Node,
): string | undefined {
  if (!ts.isParameter(parameter) || parameter.dotDotDotToken !== undefined) return undefined;
  const type = context.typeOf(parameter);
  const isObject = type?.kind === 'element' && type.element !== 'EmptyResult';
  return isObject && uses(context, parameter, body) ? type.element : undefined;
}

const NOT_V2 =
  'nothing tells what this is. An answer that was stored, a notification in the words of legacy, or the object of another service has none of the fields that are read there.';

function report(context: FileContext, node: ts.Expression, element: string, does: string): void {
  context.leaveOpen(node, {
    rule: 'node-client/escape',
    confidence: 'medium',
    legacy: { name: element },
    replacement: null,
    message: `${context.text(node)} ${does}; ${NOT_V2}`,
  });
}

/** The function of the project that a signature is of, and its parameters. */
function ownFunction(signature: ts.Signature | undefined) {
  const declaration = signature?.getDeclaration();
  return declaration !== undefined && 'body' in declaration && declaration.body !== undefined
    ? { parameters: declaration.parameters, body: declaration.body }
    : undefined;
}

function reportCall(context: FileContext, call: ts.CallExpression | ts.NewExpression): void {
  const given = call.arguments ?? [];
  if (!given.some((argument) => isUnknown(context, argument))) return;
  const called = ownFunction(context.checker.getResolvedSignature(call));
  if (called === undefined) return;
  given.forEach((argument, index) => {
    const parameter = called.parameters[index];
    if (parameter === undefined || !isUnknown(context, argument)) return;
    const element = takenBy(context, parameter, called.body);
    const does = `is handed to ${context.text(call.expression)}, which reads the v2 object from now on, as other calls hand it one`;
    if (element !== undefined) report(context, argument, element, does);
  });
}

/** `rows.map(toLine)`, `async.map(rows, toLine)`: a library calls the function with whatever `rows` holds. */
function reportHandedFunction(context: FileContext, call: ts.CallExpression): void {
  if (!isAccess(call.expression) || !isUnknown(context, call.expression.expression)) return;
  for (const argument of call.arguments) {
    if (!ts.isIdentifier(argument) && !isAccess(argument)) continue;
    const others = call.arguments.filter((each) => each !== argument && !ts.isFunctionLike(each));
    const handed = ownFunction(context.checker.getTypeAtLocation(argument).getCallSignatures()[0]);
    const [parameter] = handed?.parameters ?? [];
    if (handed === undefined || parameter === undefined || !others.every((each) => isUnknown(context, each))) continue;
    const element = takenBy(context, parameter, handed.body);
    const does = `reads the v2 object from now on, and ${context.text(call.expression)} calls it with what it has`;
    if (element !== undefined) report(context, argument, element, does);
  }
}

/**
 * Lists what else is handed to a function that is given an answer by other calls, and whose reads are rewritten for that: a
 * stored answer, a notification in the words of legacy, or the object of another service. It has none of the fields of v2.
 */
export function reportOtherCallers(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) reportCall(context, node);
    if (ts.isCallExpression(node)) reportHandedFunction(context, node);
  });
}
