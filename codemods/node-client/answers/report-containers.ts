import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import { legacyTypeOf } from '../../typed-program/brands';
import { type FileContext, unwrap, walk } from '../context';
import { merelyLooks } from './lookers';
import { callTaking, flowOf, isLogged, placeKeeping } from './value-flow';

/** Kinds of things that answers are kept in, one level deep: `[details]`, `{ id, capture: details }`. */
export function elementWithin({ checker }: FileContext, type: ts.Type): string | undefined {
  const isList = checker.isArrayType(type) || checker.isTupleType(type);
  // What has a declaration of its own tells its readers what is in it; what a parameter was found to get has none.
  const name = type.getSymbol()?.name;
  const isLiteral = name === '__object' || (name === '__type' && type.getStringIndexType() !== undefined);
  if (!isList && !isLiteral) return undefined;
  const parts = isList
    ? checker.getTypeArguments(type as ts.TypeReference)
    : type.getProperties().map((property) => checker.getTypeOfSymbol(property));
  const found = parts.map((part) => legacyTypeOf(checker, part)).find((part) => part?.kind === 'element');
  return found?.kind === 'element' && found.element !== 'EmptyResult' ? found.element : undefined;
}

/** The call takes anything, or nothing is known of it. */
function takesAnything({ checker }: FileContext, call: ts.CallExpression | ts.NewExpression, given: ts.Node): boolean {
  const parameters = checker.getResolvedSignature(call)?.getParameters() ?? [];
  const parameter = parameters[call.arguments?.indexOf(given as ts.Expression) ?? -1];
  return parameter === undefined || (checker.getTypeOfSymbolAtLocation(parameter, call).flags & ts.TypeFlags.Any) !== 0;
}

/** `pay[name](params)`: an operation, of which no type tells which. */
function isOfClient(context: FileContext, call: ts.CallExpression | ts.NewExpression): boolean {
  const callee = unwrap(call.expression);
  return isAccess(callee) && context.typeAround(callee.expression)?.kind === 'offAmazonPayments';
}

/** Where it goes so that nobody sees what is done with it. */
function awayTo(context: FileContext, node: ts.Expression): string | undefined {
  const { carrier } = flowOf(node);
  const call = callTaking(carrier);
  if (call !== undefined)
    return isLogged(call) ||
      isOfClient(context, call) ||
      merelyLooks(call, carrier) ||
      !takesAnything(context, call, carrier)
      ? undefined
      : `is handed to ${context.text(call.expression)}`;
  const place = placeKeeping(carrier);
  const isUntyped = place !== undefined && (context.checker.getTypeAtLocation(place).flags & ts.TypeFlags.Any) !== 0;
  return isUntyped ? `is kept in ${context.text(place)}` : undefined;
}

/** Lists answers that leave the code within a list or an object that has a name: `res.json(view)`. */
export function reportContainers(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) && !ts.isAwaitExpression(node)) return;
    if (isAccess(node.parent) || context.typeOf(node) !== undefined) return;
    const away = awayTo(context, node);
    const element = away === undefined ? undefined : elementWithin(context, context.checker.getTypeAtLocation(node));
    if (away === undefined || element === undefined) return;
    context.leaveOpen(node, {
      rule: 'node-client/escape',
      legacy: { name: element },
      replacement: null,
      message: `${context.text(node)} ${away}, and within it the v2 object goes where ${element} went; check what reads it.`,
    });
  });
}
