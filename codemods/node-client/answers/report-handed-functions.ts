import { ts } from 'ts-morph';
import { AMBIENT_FILE } from '../../typed-program/ambient';
import { callbackResult } from '../../typed-program/answered-callback';
import { legacyTypeOf } from '../../typed-program/brands';
import { outside } from '../../typed-program/outside';
import { type FileContext, walk } from '../context';
import { isAccess } from '../../rewriting/access';
import { isLog } from './value-flow';

/** What calls a function and leaves what it answers with alone, or is followed by its own rules. */
const KEEPS_NOTHING =
  /^(?:it|test|describe|before|after|beforeEach|afterEach|setTimeout|setInterval|setImmediate|queueMicrotask)\b|\.(?:then|catch|finally|nextTick|on|once|addListener|addEventListener|forEach|bind|call|apply)$/;

/** The object or the table of a state that a function answers with, promises, or gives to its callback. */
function answerOf({ checker }: FileContext, task: ts.Expression): { name: string; isWord: boolean } | undefined {
  const type = checker.getTypeAtLocation(task);
  const [signature, ...others] = type.getCallSignatures();
  if (signature === undefined || others.length > 0 || legacyTypeOf(checker, type) !== undefined) return undefined;
  // What one that is written in place gives to its callback goes to what calls it: `async.each(parcels, (parcel, next) => …)`.
  const called = ts.isFunctionLike(task) ? undefined : callbackResult(checker, signature);
  for (const answer of [signature.getReturnType(), called]) {
    const found = answer === undefined ? undefined : legacyTypeOf(checker, answer);
    const inner = found?.kind === 'promise' ? found.of : found;
    if (inner?.kind === 'element' && inner.element !== 'EmptyResult') return { name: inner.element, isWord: false };
    if ((inner?.kind === 'value' || inner?.kind === 'told') && /(?:State|Reason)$/.test(inner.table))
      return { name: inner.table, isWord: true };
  }
  return undefined;
}

/** The call, or its callback, says what comes out of it; the parameter says what the function that it takes answers with. */
function isFollowed(context: FileContext, call: ts.CallExpression, index: number): boolean {
  const { checker } = context;
  const isTyped = (type: ts.Type): boolean => {
    const brought = checker.getAwaitedType(type) ?? type;
    const parts = checker.isArrayType(brought) ? checker.getTypeArguments(brought as ts.TypeReference) : [brought];
    return parts.some((part) => {
      const answers = part.getCallSignatures().map((each) => each.getReturnType());
      return [part, ...answers].some((each) => legacyTypeOf(checker, each) !== undefined);
    });
  };
  if ([call, outside(call)].some((each) => isTyped(checker.getTypeAtLocation(each)))) return true;
  const handler = call.arguments.at(-1);
  const handled =
    handler !== undefined && (ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))
      ? handler.parameters.map((each) => checker.getTypeAtLocation(each))
      : [];
  if (handled.some(isTyped)) return true;
  const parameter = checker.getResolvedSignature(call)?.getParameters()[index];
  const declaration = parameter?.valueDeclaration;
  if (parameter === undefined || declaration === undefined) return false;
  const type = checker.getTypeOfSymbolAtLocation(parameter, call);
  if ((type.flags & ts.TypeFlags.Any) !== 0) return false;
  // A type of the library lets it through; one of the merchant may say `Promise<string>`.
  const isLibrary = !context.input.files.some(({ path }) => `/${path}` === declaration.getSourceFile().fileName);
  return isLibrary && declaration.getSourceFile().fileName !== AMBIENT_FILE ? true : isTyped(type);
}

/**
 * `limited(stateOf)`, `_.memoize(load)`: a function that is named, and not called, where it is handed over; and one that is
 * written there, `retry(() => stateOf(id))`, when something is done with what comes of it.
 */
const isHandedOver = (node: ts.Expression, call: ts.CallExpression): boolean =>
  ts.isIdentifier(node) ||
  isAccess(node) ||
  (ts.isFunctionLike(node) && !ts.isExpressionStatement(outside(call).parent));

/**
 * Lists functions of the project that are handed to something which cannot be followed, and that answer with a state or an
 * object of v2 from now on: whoever calls what is made of them has lost its type.
 */
export function reportHandedFunctions(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isCallExpression(node)) return;
    if (KEEPS_NOTHING.test(node.expression.getText()) || isLog(node.expression)) return;
    node.arguments.forEach((task, index) => {
      const answer = isHandedOver(task, node) ? answerOf(context, task) : undefined;
      // What is read of an object without a type is listed by its shape (report-untyped-reads.ts); a word has none.
      if (answer === undefined || (ts.isFunctionLike(task) && !answer.isWord) || isFollowed(context, node, index))
        return;
      context.leaveOpen(task, {
        rule: 'node-client/escape',
        legacy: { name: answer.name },
        replacement: null,
        message: `${ts.isFunctionLike(task) ? 'This function' : context.text(task)} is handed to ${context.text(node.expression)}, and what comes of it is not followed; it answers with ${answer.isWord ? 'a word' : 'the object'} of v2 from now on, so check what reads it.`,
      });
    });
  });
}
