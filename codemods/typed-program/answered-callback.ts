import { ts } from 'ts-morph';
import { isLegacySymbol, legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';
import type { Carried } from './promise-idioms';
import { wordType } from './word-types';

/** What a function hands to its callback, which is its last parameter: `(id, done) => … done(null, state)`. */
export function callbackResult(checker: ts.TypeChecker, signature: ts.Signature | undefined): ts.Type | undefined {
  const last = signature?.getParameters().at(-1);
  const callback = last === undefined ? undefined : checker.getTypeOfSymbol(last).getCallSignatures()[0];
  const result = callback?.getParameters()[1];
  return result === undefined ? undefined : checker.getTypeOfSymbol(result);
}

/** The type as text; of a state that it may be among other words, since a callback is called from several places. */
export function resultText(checker: ts.TypeChecker, type: ts.Type | undefined): string | undefined {
  const legacy = type === undefined ? undefined : legacyTypeOf(checker, type);
  if (type === undefined || legacy === undefined) return undefined;
  const isWord = (legacy.kind === 'value' || legacy.kind === 'told') && /(?:State|Reason)$/.test(legacy.table);
  return isWord ? wordType('Told', [legacy.table]) : legacyTypeText(checker, type);
}

/** `promisify(stateOf)` of a function of one's own: what it makes promises what the callback is given. */
export function carriedByPromisify(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const symbol = checker.getTypeAtLocation(node.expression).getSymbol();
  const [task] = node.arguments;
  if (task === undefined || symbol?.name !== 'PromisifyFunction' || !isLegacySymbol(symbol)) return undefined;
  if ((checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0) return undefined;
  const type = checker.getTypeAtLocation(task);
  if (legacyTypeOf(checker, type) !== undefined) return undefined;
  const text = resultText(checker, callbackResult(checker, type.getCallSignatures()[0]));
  return text === undefined ? undefined : { kind: 'around', node, text: `(...given: any[]) => Promise<${text}>` };
}

/** `find = (id, done) => stateOf(id, done)`: the callback that is passed on gets the state that the function hands to its own. */
export function carryForwarded(
  checker: ts.TypeChecker,
  node: ts.Node,
  annotate: (parameter: ts.ParameterDeclaration, text: string) => void,
): void {
  const done = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined;
  if (!ts.isCallExpression(node) || done === undefined || !ts.isIdentifier(done)) return;
  const parameter = checker.getSymbolAtLocation(done)?.valueDeclaration;
  if (parameter === undefined || !ts.isParameter(parameter)) return;
  if (legacyTypeOf(checker, checker.getTypeAtLocation(node.expression)) !== undefined) return;
  const signature = checker.getResolvedSignature(node);
  if (signature?.getParameters().length !== node.arguments.length) return;
  const text = resultText(checker, callbackResult(checker, signature));
  if (text?.includes('Told<') === true) annotate(parameter, `((error: any, result: ${text}, ...more: any[]) => any)`);
}
