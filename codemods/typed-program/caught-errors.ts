import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { hasBody } from './nodes';

/** Own functions between a `try` and the operation: `try { await refund(id) }`, which calls `send(id)`, which calls Amazon. */
const MAX_DEPTH = 2;

/** What a `.catch(…)`, or the second function of a `.then(…)`, was called on. */
export function rejectedBy(handler: ts.Node): ts.Expression | undefined {
  const call = handler.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const { name, expression } = call.expression;
  const position = name.text === 'catch' ? call.arguments.length - 1 : name.text === 'then' ? 1 : -1;
  return call.arguments[position] === handler ? expression : undefined;
}

/** Where the errors come from that this declaration takes: the block of a `try`, or what a promise was made by. */
export function triedFor(declaration: ts.Node): ts.Node | undefined {
  if (ts.isCatchClause(declaration.parent)) return declaration.parent.parent.tryBlock;
  if (!ts.isParameter(declaration) || declaration.parent.parameters[0] !== declaration) return undefined;
  return rejectedBy(declaration.parent);
}

/** An error that was caught where an operation of the old client was tried. */
export function isCaughtFromLegacy(checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const declaration = checker.getSymbolAtLocation(name)?.valueDeclaration;
  return declaration !== undefined && catchesLegacy(checker, declaration);
}

/** A variable of `catch`, or a parameter of `.catch(…)`, of what tries an operation of the old client. */
export function catchesLegacy(checker: ts.TypeChecker, declaration: ts.Node): boolean {
  const tried = triedFor(declaration);
  return tried !== undefined && triesLegacy(checker, tried);
}

/** What runs here calls an operation of the old client, or a function of the project that does. */
export const triesLegacy = (checker: ts.TypeChecker, tried: ts.Node): boolean =>
  callsLegacy(checker, tried, 0, new Set());

function callsLegacy(checker: ts.TypeChecker, scope: ts.Node, depth: number, seen: Set<ts.Node>): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    // What a call by a name answers with is written around it.
    if (ts.isCallExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) {
      const callee = legacyTypeOf(checker, checker.getTypeAtLocation(node.expression));
      const result = legacyTypeOf(checker, checker.getTypeAtLocation(node));
      found ||= callee?.kind === 'operation' || result?.kind === 'promise';
    }
    if (!found && ts.isCallExpression(node) && depth < MAX_DEPTH) found = runsLegacy(checker, node, depth, seen);
    if (!found) ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}

/** A function of the project is called that does so. */
function runsLegacy(checker: ts.TypeChecker, call: ts.CallExpression, depth: number, seen: Set<ts.Node>): boolean {
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  if (declaration === undefined || !hasBody(declaration) || seen.has(declaration)) return false;
  seen.add(declaration);
  return 'body' in declaration && callsLegacy(checker, declaration.body as ts.Node, depth + 1, seen);
}
