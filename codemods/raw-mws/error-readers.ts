import { ts } from 'ts-morph';
import { isLogged } from '../node-client/answers/value-flow';
import { nodesOf } from '../typed-program/nodes';
import { outside } from '../typed-program/outside';
import { type Doubt, doubt } from './doubt';
import { isFunction } from './find-executors';
import type { Project } from './project';

/** What any error has. */
const USUAL = /^(?:message|stack|toString)$/;
/** Hands an error on as it is. */
const HANDS_ON = /^(?:next|reject|done|cb|callback)$/;

/** `log(error)`, `throw error`, `next(error)`, `new Error(error.message)`: whoever wrote it did not look into it. */
function isUnread(reference: ts.Node): boolean {
  const { parent } = outside(reference);
  const around = ts.findAncestor(
    parent,
    (node) => ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isBlock(node),
  );
  if (around !== undefined && isLogged(around)) return true;
  if (ts.isThrowStatement(parent)) return true;
  if (ts.isCallExpression(parent) && parent.expression !== outside(reference))
    return HANDS_ON.test(parent.expression.getText());
  return false;
}

/** The place where a handler looks into the error that it is given. */
function readIn(project: Project, name: ts.BindingName | undefined): Doubt | undefined {
  if (name === undefined) return undefined;
  const context = project.contextOf(name);
  if (!ts.isIdentifier(name)) return doubt(context, name, 'takes the error of the request apart');
  const symbol = project.references.symbolOf(name);
  const read =
    symbol === undefined ? undefined : project.references.of(symbol).find((node) => node !== name && !isUnread(node));
  if (read === undefined) return undefined;
  // A type that was carried here stands around it.
  const { parent } = outside(read);
  const isUsual = ts.isPropertyAccessExpression(parent) && USUAL.test(parent.name.text);
  const isTested = isUsual && /^(?:match|includes|indexOf|test|startsWith|search)$/.test(afterOf(parent));
  return isUsual && !isTested ? undefined : doubt(context, parent, 'looks into the error of the request');
}

const afterOf = (node: ts.Node): string =>
  ts.isPropertyAccessExpression(node.parent) ? node.parent.name.text : ts.isCallExpression(node.parent) ? 'test' : '';

/** The parameter of `.catch(…)` or of the second handler of `.then(…)` that this promise is given. */
function handlerOf(node: ts.Node): ts.Expression | undefined {
  const access = node.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== node || !ts.isCallExpression(access.parent))
    return undefined;
  const [first, second] = access.parent.arguments;
  return access.name.text === 'catch' ? first : access.name.text === 'then' ? second : undefined;
}

/**
 * The place where somebody looks into the error of a request. Errors of the v2 client are others: where one is only logged,
 * thrown on or answered, it is the same to the code.
 */
export function errorReader(project: Project, call: ts.Node, seen = new Set<ts.Node>()): Doubt | undefined {
  if (seen.has(call)) return undefined;
  seen.add(call);
  for (let node = call; !ts.isSourceFile(node); node = node.parent) {
    const handler = handlerOf(node);
    const behind = handler === undefined ? undefined : project.finder.behind(handler);
    if (handler !== undefined && !(typeof behind === 'object' && project.has(behind))) {
      if (!HANDS_ON.test(handler.getText()))
        return doubt(project.contextOf(handler), handler, 'is given the error of the request');
    }
    const name =
      typeof behind === 'object'
        ? behind.parameters[0]?.name
        : ts.isTryStatement(node) && contains(node.tryBlock, call)
          ? node.catchClause?.variableDeclaration?.name
          : undefined;
    const found = readIn(project, name);
    if (found !== undefined) return found;
    if (isFunction(node) && !isHandler(node)) return callersOf(project, node, seen) ?? takerOf(project, node, seen);
  }
  return undefined;
}

const contains = (outer: ts.Node, inner: ts.Node): boolean => outer.pos <= inner.pos && inner.end <= outer.end;

/** `.then(() => mws(…))`: its error is one of the promise around it. */
const isHandler = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) &&
  ts.isPropertyAccessExpression(node.parent.expression) &&
  /^(?:then|catch|finally|map|forEach|all)$/.test(node.parent.expression.name.text);

function callersOf(project: Project, target: ts.Node, seen: Set<ts.Node>): Doubt | undefined {
  for (const call of callsOf(project, target)) {
    const found = errorReader(project, call, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `retry(() => mws(…))`: what is handed the function calls it, and gets its error. */
function takerOf(project: Project, handed: ts.Node, seen: Set<ts.Node>): Doubt | undefined {
  const place = outside(handed);
  const call = place.parent;
  if (!ts.isCallExpression(call) || !ts.isExpression(place) || seen.has(place)) return undefined;
  seen.add(place);
  const behind = project.finder.behind(call.expression);
  const parameter = typeof behind === 'object' ? behind.parameters[call.arguments.indexOf(place)] : undefined;
  const symbol =
    parameter !== undefined && ts.isIdentifier(parameter.name)
      ? project.references.symbolOf(parameter.name)
      : undefined;
  if (symbol === undefined) return undefined;
  for (const use of project.references.of(symbol)) {
    const { parent } = outside(use);
    const isCalled = ts.isCallExpression(parent) && parent.expression === outside(use);
    const found = isCalled ? errorReader(project, parent, seen) : takerOf(project, use, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

const calls = new WeakMap<Project, Map<ts.Node, ts.Node[]>>();

/** Every call of a function, as far as the checker sees it. */
function callsOf(project: Project, target: ts.Node): readonly ts.Node[] {
  const known = calls.get(project) ?? new Map<ts.Node, ts.Node[]>();
  if (!calls.has(project)) {
    calls.set(project, known);
    for (const { file } of project.contexts)
      for (const node of nodesOf(file.source)) {
        const behind = ts.isCallExpression(node) ? project.finder.behind(node.expression) : undefined;
        if (typeof behind === 'object') known.set(behind, [...(known.get(behind) ?? []), node]);
      }
  }
  return known.get(target) ?? [];
}
