import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';
import { hasBody } from './nodes';
import { isWritten, returnsOf } from './wrapper-idioms';

export type MadeCallback = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** Factories that hand on what another factory makes. */
const MAX_DEPTH = 3;

/** What a callback that stands at this place is called with, where that is of legacy. Undefined: nothing of it is. */
export interface GivenToCallback {
  readonly error: string | undefined;
  readonly answer: string | undefined;
}

/** The error and the answer that a call gives to the callback that it takes as this argument. */
export function givenToCallback(checker: ts.TypeChecker, argument: ts.Expression): GivenToCallback | undefined {
  const signature = checker.getContextualType(argument)?.getNonNullableType().getCallSignatures()[0];
  const [error, answer] = (signature?.getParameters() ?? []).map((each) => checker.getTypeOfSymbol(each));
  if (error === undefined || legacyTypeOf(checker, error)?.kind !== 'error') return undefined;
  return {
    error: legacyTypeText(checker, error),
    answer: answer === undefined ? undefined : legacyTypeText(checker, answer),
  };
}

/** The function of the project that a call runs. */
export function factoryOf(checker: ts.TypeChecker, call: ts.CallExpression): ts.SignatureDeclaration | undefined {
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  return declaration !== undefined && hasBody(declaration) ? (declaration as ts.SignatureDeclaration) : undefined;
}

/** `onClosed`, `handlers.onClosed`: a function of the project that stands elsewhere. */
function namedFunction(checker: ts.TypeChecker, node: ts.Expression): ts.SignatureDeclaration | undefined {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const declaration = checker.getTypeAtLocation(node).getCallSignatures()[0]?.getDeclaration();
  return declaration !== undefined && hasBody(declaration) ? (declaration as ts.SignatureDeclaration) : undefined;
}

/** A callback that is not written where it is asked for: `failing(cb)`, `onClosed`, `function (err) { … }.bind(this)`. */
export interface CallbackElsewhere {
  readonly by: 'call' | 'name';
  /** What others may use as well: the factory, or the function itself. */
  readonly origin: ts.SignatureDeclaration | undefined;
  /** The functions that it may be. Undefined: not all of them are seen. */
  readonly functions: readonly ts.SignatureDeclaration[] | undefined;
}

export function callbackElsewhere(checker: ts.TypeChecker, argument: ts.Expression): CallbackElsewhere | undefined {
  if (!ts.isCallExpression(argument.parent) || argument.parent.expression === argument) return undefined;
  if (ts.isCallExpression(argument)) {
    const bound = boundFunction(argument);
    if (bound === undefined) {
      const origin = factoryOf(checker, argument);
      return { by: 'call', origin, functions: madeBy(checker, origin) };
    }
    if (isWritten(bound)) return { by: 'call', origin: bound, functions: [bound] };
    const origin = namedFunction(checker, bound);
    return { by: 'call', origin, functions: origin === undefined ? undefined : [origin] };
  }
  const origin = namedFunction(checker, argument);
  return origin === undefined ? undefined : { by: 'name', origin, functions: [origin] };
}

/** `function (err, res) { … }.bind(this)` */
const boundFunction = ({ expression, arguments: given }: ts.CallExpression): ts.Expression | undefined =>
  ts.isPropertyAccessExpression(expression) && expression.name.text === 'bind' && given.length === 1
    ? expression.expression
    : undefined;

/** What an expression is, where it is a function of the project that can be seen. */
function functionBehind(checker: ts.TypeChecker, node: ts.Expression, depth: number): MadeCallback[] | undefined {
  if (isWritten(node)) return [node];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
    return functionBehind(checker, node.expression, depth);
  if (ts.isConditionalExpression(node)) {
    const parts = [node.whenTrue, node.whenFalse].map((each) => functionBehind(checker, each, depth));
    return parts.every((each) => each !== undefined) ? parts.flat() : undefined;
  }
  if (ts.isIdentifier(node)) {
    const declared = checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (declared !== undefined && ts.isFunctionDeclaration(declared)) return [declared];
    const value = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    return isWritten(value) ? [value] : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const bound = boundFunction(node);
  if (bound !== undefined) return functionBehind(checker, bound, depth);
  return madeBy(checker, factoryOf(checker, node), depth + 1);
}

/** The functions that a factory returns. Undefined: not all of them are seen, or they take what they get by `arguments`. */
function madeBy(
  checker: ts.TypeChecker,
  factory: ts.SignatureDeclaration | undefined,
  depth = 0,
): MadeCallback[] | undefined {
  if (factory === undefined || depth > MAX_DEPTH) return undefined;
  const returns = returnsOf(factory).map((each) => functionBehind(checker, each, depth));
  const made = returns.every((each) => each !== undefined) ? returns.flat() : [];
  const isSeen = made.length > 0 && made.every((each) => !takesUnseen(each));
  return isSeen ? made : undefined;
}

/** `function () { return cb.apply(this, arguments); }`, `(...given) => cb(...given)` */
function takesUnseen(made: MadeCallback): boolean {
  if (made.parameters.some((each) => each.dotDotDotToken !== undefined)) return true;
  const usesArguments = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === 'arguments') ||
    ts.forEachChild(node, (child) =>
      ts.isArrowFunction(child) || !ts.isFunctionLike(child) ? usesArguments(child) || undefined : undefined,
    ) === true;
  return made.body !== undefined && usesArguments(made.body);
}
