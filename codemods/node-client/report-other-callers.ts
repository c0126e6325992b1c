import { ts } from 'ts-morph';
import { type FileContext, walk } from './context';

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

/**
 * Lists what else is handed to a function that is given an answer by other calls, and whose reads are rewritten for that: a
 * stored answer, a notification in the words of legacy, or the object of another service. It has none of the fields of v2.
 */
export function reportOtherCallers(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const given = node.arguments ?? [];
    if (!given.some((argument) => isUnknown(context, argument))) return;
    const declaration = context.checker.getResolvedSignature(node)?.getDeclaration();
    const body = declaration !== undefined && 'body' in declaration ? declaration.body : undefined;
    if (declaration === undefined || body === undefined) return;
    given.forEach((argument, index) => {
      const parameter = declaration.parameters[index];
      if (parameter === undefined || !isUnknown(context, argument)) return;
      const element = takenBy(context, parameter, body);
      if (element === undefined) return;
      context.leaveOpen(argument, {
        rule: 'node-client/escape',
        confidence: 'medium',
        legacy: { name: element },
        replacement: null,
        message: `${context.text(argument)} is handed to ${context.text(node.expression)}, which reads the v2 object from now on, as other calls hand it one; nothing tells what this is. An answer that was stored, a notification in the words of legacy, or the object of another service has none of the fields that are read there.`,
      });
    });
  });
}
