import { ts } from 'ts-morph';
import { isHelperFile } from '../../emitted-helper/emitted-files';
import { legacyTypeOf } from '../../typed-program/brands';
import { innermost, returnedType } from '../../typed-program/own-declarations';
import { type TypedPlace, typedPlaces } from '../../typed-program/typed-places';
import { type FileContext, walk } from '../context';
import type { OperationCall } from '../calls/find-operations';

/** `enum State { Open = 'Open' }`, `type State = 'Open' | 'Closed'`: words that are written down, unlike any `string`. */
const isListOfWords = (type: ts.Type): boolean =>
  (type.flags & ts.TypeFlags.EnumLike) !== 0 ||
  (type.isUnion() && type.types.every((part) => part.isStringLiteral() || (part.flags & ts.TypeFlags.EnumLike) !== 0));

/** Characters of a value that a comment repeats. */
const MAX_TEXT = 60;

const SAYS_NOTHING = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Void | ts.TypeFlags.TypeParameter;

/** The text of a type, which may stand in another file. */
const textOf = (context: FileContext, type: ts.TypeNode): string =>
  type.getSourceFile() === context.file.source ? context.text(type) : type.getText();

/** The merchant wrote the type, it is none of legacy, and it says something. */
function isOwn(context: FileContext, type: ts.TypeNode): boolean {
  const path = type.getSourceFile().fileName.slice(1);
  if (isHelperFile(path) || !context.input.files.some((file) => file.path === path)) return false;
  if (textOf(context, type) === '') return false;
  const own = context.checker.getTypeFromTypeNode(innermost(type));
  return legacyTypeOf(context.checker, own) === undefined && (own.flags & SAYS_NOTHING) === 0;
}

/** Of any `Error`; all else is in an error of v2 only where Amazon answered, and body and statusCode not even there. */
const OF_ERRORS = new Set(['name', 'message', 'stack', 'cause']);

/** Fields that the merchant's type of an error says are always there, so that an error of v2 does not compile for it. */
function demandedOfErrors({ checker, isTypeScript }: FileContext, type: ts.Type): string[] {
  const own = checker.getNonNullableType(type);
  if (!isTypeScript || own.isUnion()) return [];
  return own
    .getProperties()
    .filter(({ flags, name }) => (flags & ts.SymbolFlags.Optional) === 0 && !OF_ERRORS.has(name))
    .map(({ name }) => name);
}

const alwaysThere = (demanded: readonly string[]): string =>
  `in which ${demanded.join(' and ')} ${demanded.length === 1 ? 'is' : 'are'} always there; an error of v2 has type and reasonCode where Amazon answered, and neither without a connection: let the type say so.`;

/** `cb` of `type Cb<T> = (err: MwsError | null, res: T) => void`, and `(err: MwsError) => …`: what its error is typed by. */
function errorTypedBy(context: FileContext, callback: ts.Expression): ts.Type | undefined {
  const { checker, input } = context;
  const [signature] = checker.getNonNullableType(checker.getTypeAtLocation(callback)).getCallSignatures();
  const [error] = signature?.getParameters() ?? [];
  const type = error === undefined ? undefined : checker.getNonNullableType(checker.getTypeOfSymbol(error));
  const path = type?.getSymbol()?.declarations?.[0]?.getSourceFile().fileName.slice(1);
  return input.files.some((file) => file.path === path) && !isHelperFile(path ?? '') ? type : undefined;
}

/** A callback that is handed to a rewritten call, whose own type of an error demands more than an error of v2 has. */
function reportCallback(context: FileContext, callback: ts.Expression): void {
  const type = context.isTypeScript ? errorTypedBy(context, callback) : undefined;
  const demanded = type === undefined ? [] : demandedOfErrors(context, type);
  if (type === undefined || demanded.length === 0) return;
  const name = context.checker.typeToString(type);
  const text = context.text(callback);
  context.leaveOpen(callback, {
    rule: 'node-client/escape',
    legacy: { name },
    replacement: null,
    message: `${text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text} takes its error as ${name}, ${alwaysThere(demanded)}`,
  });
}

/** What the merchant's type makes of a legacy value, as a decision; undefined when the value is followed through it. */
function decisionFor(context: FileContext, { value, type }: TypedPlace): string | undefined {
  const found = context.typeOf(value);
  const returned = found?.kind === 'operation' && found.style === 'promise' ? returnedType(type) : undefined;
  if (!isOwn(context, returned ?? type)) return undefined;
  if (returned !== undefined)
    return `what ${context.text(value)} answers with is typed by your own declaration ${textOf(context, returned)}; the v2 object has other fields, so change the type and what reads it.`;
  const legacy = found?.kind === 'promise' ? found.of : found;
  const text = context.text(value);
  const typed = `${text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text} is typed by your own declaration ${textOf(context, type)}`;
  if (legacy?.kind === 'element')
    return `${typed}; the v2 object has other fields, so change the type and what reads it.`;
  if (legacy?.kind === 'client' || legacy?.kind === 'offAmazonPayments')
    return `${typed}; the v2 client has other methods, so change the type and what calls it.`;
  const demanded =
    legacy?.kind === 'error' ? demandedOfErrors(context, context.checker.getTypeFromTypeNode(innermost(type))) : [];
  if (demanded.length > 0) return `${typed}, ${alwaysThere(demanded)}`;
  if (legacy?.kind === 'value' && isListOfWords(context.checker.getTypeFromTypeNode(innermost(type))))
    return `${typed}, which lists legacy words; the value is one of v2 from now on, so change the type, its tables and its switches.`;
  return undefined;
}

/**
 * Lists legacy values that go into a type of the merchant's own, behind which they cannot be followed: answers, clients,
 * and states that an enum or a union spells out.
 */
export function reportOwnTypes(context: FileContext, calls: readonly OperationCall[]): void {
  const report = (place: ts.Node, type: ts.TypeNode, message: string): void =>
    context.leaveOpen(place, {
      rule: 'node-client/escape',
      legacy: { name: textOf(context, type) },
      replacement: null,
      message,
    });
  for (const { callback } of calls) {
    if (callback !== undefined) reportCallback(context, callback);
    if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) continue;
    const [, result] = callback.parameters;
    if (result?.type === undefined || !isOwn(context, result.type)) continue;
    const message = `${context.text(result)} is typed by your own declaration ${textOf(context, result.type)}; the v2 object has other fields, so change the type and what reads it.`;
    report(result, result.type, message);
  }
  walk(context.file.source, (node) => {
    // Of `x as unknown as Answer` the outer one counts.
    if (ts.isAsExpression(node) && ts.isAsExpression(node.parent)) return;
    for (const place of typedPlaces(context.checker, node)) {
      const message = decisionFor(context, place);
      if (message !== undefined) report(ts.isVariableDeclaration(node) ? node.name : node, place.type, message);
    }
  });
}
