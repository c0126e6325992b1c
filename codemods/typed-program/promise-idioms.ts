import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';

/** A type that an idiom gives to a place, as the text of the type. */
export interface Carried {
  /** around: a cast of the expression. variable: the type of the declaration. */
  readonly kind: 'around' | 'variable';
  readonly node: ts.Expression | ts.VariableDeclaration;
  readonly text: string;
}

type TypeText = (type: ts.Type) => string | undefined;

const isAny = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Any) !== 0;

const methodOf = (node: ts.CallExpression): string | undefined =>
  ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : undefined;

/** What an operation with a callback answers: the type of the second parameter of its callback. */
function answerOf(checker: ts.TypeChecker, call: ts.CallExpression): ts.Type | undefined {
  const callee = legacyTypeOf(checker, checker.getTypeAtLocation(call.expression));
  if (callee?.kind !== 'operation' || callee.style !== 'callback') return undefined;
  const callback = checker.getResolvedSignature(call)?.getParameters()[1];
  const signature =
    callback === undefined ? undefined : checker.getTypeOfSymbol(callback).getNonNullableType().getCallSignatures()[0];
  const result = signature?.getParameters()[1];
  return result === undefined ? undefined : checker.getTypeOfSymbol(result);
}

/** `Bluebird.fromCallback((done) => pay.capture(params, done))` */
function fromCallback(checker: ts.TypeChecker, typeText: TypeText, node: ts.CallExpression): Carried | undefined {
  const [resolver] = node.arguments;
  if (!/^(?:fromCallback|fromNode)$/.test(methodOf(node) ?? '') || resolver === undefined) return undefined;
  if (!ts.isArrowFunction(resolver) && !ts.isFunctionExpression(resolver)) return undefined;
  const done = resolver.parameters[0]?.name;
  if (done === undefined || legacyTypeOf(checker, checker.getTypeAtLocation(node)) !== undefined) return undefined;
  const symbol = checker.getSymbolAtLocation(done);
  let text: string | undefined;
  const visit = (child: ts.Node): void => {
    const callback = ts.isCallExpression(child) ? child.arguments[1] : undefined;
    if (callback !== undefined && ts.isIdentifier(callback) && checker.getSymbolAtLocation(callback) === symbol) {
      const answer = answerOf(checker, child as ts.CallExpression);
      text ??= answer === undefined ? undefined : typeText(answer);
    }
    ts.forEachChild(child, visit);
  };
  visit(resolver.body);
  return text === undefined ? undefined : { kind: 'around', node, text: `Promise<${text}>` };
}

/** `.then(JSON.parse)` of a client that answers with JSON text. */
function parsed(checker: ts.TypeChecker, typeText: TypeText, node: ts.CallExpression): Carried | undefined {
  const { expression } = node;
  if (node.arguments[0]?.getText() !== 'JSON.parse' || !ts.isPropertyAccessExpression(expression)) return undefined;
  if (expression.name.text !== 'then' || legacyTypeOf(checker, checker.getTypeAtLocation(node)) !== undefined)
    return undefined;
  const [text] = checker.getTypeArguments(checker.getTypeAtLocation(expression.expression) as ts.TypeReference);
  if (text === undefined || legacyTypeOf(checker, text)?.kind !== 'jsonText') return undefined;
  const [answer] = checker.getTypeArguments(text as ts.TypeReference);
  const answerText = answer === undefined ? undefined : typeText(answer);
  return answerText === undefined ? undefined : { kind: 'around', node, text: `Promise<${answerText}>` };
}

/** `const answer = yield promise` in a coroutine: what comes back is what the promise resolves to. */
function yielded(checker: ts.TypeChecker, typeText: TypeText, node: ts.YieldExpression): Carried | undefined {
  if (node.expression === undefined || node.asteriskToken !== undefined) return undefined;
  if (!isAny(checker.getTypeAtLocation(node)) || ts.isExpressionStatement(node.parent)) return undefined;
  const promise = checker.getTypeAtLocation(node.expression);
  if (legacyTypeOf(checker, promise)?.kind !== 'promise') return undefined;
  const [answer] = checker.getTypeArguments(promise as ts.TypeReference);
  const text = answer === undefined ? undefined : typeText(answer);
  return text === undefined ? undefined : { kind: 'around', node, text };
}

/** The variable that holds a deferred: `var d = Q.defer()`. */
function deferred(checker: ts.TypeChecker, node: ts.Expression): ts.VariableDeclaration | undefined {
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.type !== undefined)
    return undefined;
  const made = declaration.initializer;
  const isDeferred =
    made !== undefined && ts.isCallExpression(made) && /(?:^|\.)defer$/.test(made.expression.getText());
  return isDeferred && isAny(checker.getTypeAtLocation(declaration)) ? declaration : undefined;
}

/** `d.resolve(answer)`, and `pay.capture(params, d.makeNodeResolver())` */
function settled(checker: ts.TypeChecker, typeText: TypeText, node: ts.CallExpression): Carried | undefined {
  const isResolve = methodOf(node) === 'resolve';
  const resolver = isResolve ? node : node.arguments[1];
  if (resolver === undefined || !ts.isCallExpression(resolver) || !ts.isPropertyAccessExpression(resolver.expression))
    return undefined;
  if (!isResolve && methodOf(resolver) !== 'makeNodeResolver') return undefined;
  const variable = deferred(checker, resolver.expression.expression);
  const [value] = node.arguments;
  if (variable === undefined) return undefined;
  const answer = isResolve ? value && checker.getTypeAtLocation(value) : answerOf(checker, node);
  const text = answer === undefined ? undefined : typeText(answer);
  if (text === undefined) return undefined;
  const members = `promise: Promise<${text}>; resolve(value: ${text}): void; [name: string]: any`;
  return { kind: 'variable', node: variable, text: `{ ${members} }` };
}

/** `await` or `.then` of it: a promise of a library was mapped, and not a list. */
const isSettledBehind = (node: ts.Node): boolean =>
  ts.isAwaitExpression(node.parent) || (ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node);

/** `Promise.all(ids.map(load))` of ids that came from anywhere: a list of what `load` answers with. */
function mapped(checker: ts.TypeChecker, typeText: TypeText, node: ts.CallExpression): Carried | undefined {
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'map' || isSettledBehind(node))
    return undefined;
  const isLodash = /^(?:_|lodash)$/.test(expression.expression.getText());
  const load = node.arguments[isLodash ? 1 : 0];
  if (load === undefined || !isAny(checker.getTypeAtLocation(expression.expression))) return undefined;
  const answer = checker.getTypeAtLocation(load).getCallSignatures()[0]?.getReturnType();
  if (answer === undefined || legacyTypeOf(checker, answer)?.kind !== 'promise') return undefined;
  const text = typeText(answer);
  return text === undefined ? undefined : { kind: 'around', node, text: `Array<${text}>` };
}

/** What the promise libraries of their time do to the type of an answer that the checker does not see. */
export function carriedByIdiom(checker: ts.TypeChecker, typeText: TypeText, node: ts.Node): Carried | undefined {
  if (ts.isYieldExpression(node)) return yielded(checker, typeText, node);
  if (!ts.isCallExpression(node)) return undefined;
  return (
    fromCallback(checker, typeText, node) ??
    parsed(checker, typeText, node) ??
    settled(checker, typeText, node) ??
    mapped(checker, typeText, node)
  );
}
