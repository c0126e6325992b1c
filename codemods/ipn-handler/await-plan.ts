import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';

/** How a place can come to wait for a promise; `apply` makes the edits. */
export interface AwaitPlan {
  apply(): void;
}

type Function = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

const isFunction = (node: ts.Node): node is Function =>
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node);

const REGISTERS =
  /(?:^|\.)(?:get|post|put|patch|all|use|route|on|once|handle|register|createServer|defineEventHandler|eventHandler|fromNodeMiddleware)$/;
/** Wrappers that take care of rejections. */
const CATCHES = /(?:async|wrap|catch|try)/i;
const RESPONSE = /^_?(?:res|response)$/;
const HANDLED = /^_?(?:ctx|context|event|req|request)$/;

const parameterNames = (node: Function): string[] => node.parameters.map(({ name }) => name.getText());

const isAsync = (node: Function): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;

const isGenerator = (node: Function): boolean => !ts.isArrowFunction(node) && node.asteriskToken !== undefined;

const isDecorated = (node: ts.Node): boolean => ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;

/** The response of node:http, Express and the like that is in sight. */
export function responseInSight(node: ts.Node): string | undefined {
  for (let current: ts.Node | undefined = node; current !== undefined; current = current.parent) {
    const name = isFunction(current) ? parameterNames(current).find((each) => RESPONSE.test(each)) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A catch clause of the same function takes what goes wrong at this place. */
function isInsideTry(node: ts.Node, owner: Function): boolean {
  for (let current = node; current !== owner && current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (ts.isTryStatement(parent) && parent.tryBlock === current && parent.catchClause !== undefined) return true;
  }
  return false;
}

function calleeAround(node: Function): string | undefined {
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.arguments.includes(node as ts.Expression)
    ? parent.expression.getText()
    : undefined;
}

/** What calls the function does not look at what it returns, or takes a promise. */
function isHandler(node: Function): boolean {
  const callee = calleeAround(node);
  if (callee !== undefined) return REGISTERS.test(callee) || CATCHES.test(callee);
  if (ts.isNewExpression(node.parent)) return false;
  const names = parameterNames(node);
  const [first = ''] = names;
  if (ts.isMethodDeclaration(node) && isDecorated(node)) return true;
  if (names.some((name) => RESPONSE.test(name) || name === 'reply' || name === 'h')) return true;
  // A Lambda function that calls back must not become one that returns a promise.
  return HANDLED.test(first) && !names.some((name) => /^(?:callback|cb|done|next)$/.test(name));
}

function makeAsync(context: FileContext, node: Function): void {
  if (isAsync(node)) return;
  const start = context.rewriter.start(node);
  const { text } = context.file.unit;
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) {
    context.rewriter.insert(start + text.slice(start, context.rewriter.end(node)).search(/\bfunction\b/), 'async ');
    return;
  }
  // Decorators and modifiers of a method stay in front.
  const at = ts.isMethodDeclaration(node) ? context.rewriter.start(node.name) : start;
  if (at === start && ts.isArrowFunction(node)) {
    const [first] = node.parameters;
    const bare = first !== undefined && text[start] !== '(' && context.rewriter.start(first) === start;
    context.rewriter.insert(start, bare ? 'async ' : 'async ');
    return;
  }
  context.rewriter.insert(at, 'async ');
}

/** Runs the body of a handler under answerErrors, which needs no change of its lines. */
function guard(context: FileContext, node: Function, response: string): void {
  const { body } = node;
  if (body === undefined) return;
  context.need('answerErrors');
  const [start, end] = [context.rewriter.start(body), context.rewriter.end(body)];
  const isArrow = ts.isArrowFunction(node);
  const { semicolons } = context.style;
  context.rewriter.insert(start, `${isArrow ? '' : '{ return '}answerErrors(${response}, async () => `);
  context.rewriter.insert(end, isArrow ? ')' : `)${semicolons ? ';' : ''} }`);
}

const resolved = (context: FileContext, symbol: ts.Symbol | undefined): ts.Symbol | undefined =>
  symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
    ? context.checker.getAliasedSymbol(symbol)
    : symbol;

/** Every use of a function in the project, but for its own declaration. */
function usesOf(
  context: FileContext,
  name: ts.Identifier,
  all: readonly FileContext[],
): { context: FileContext; node: ts.Identifier }[] {
  const symbol = context.checker.getSymbolAtLocation(name);
  return all.flatMap((each) => {
    const uses: { context: FileContext; node: ts.Identifier }[] = [];
    walk(each.file.source, (node) => {
      if (!ts.isIdentifier(node) || node === name || node.text !== name.text) return;
      if (resolved(each, each.checker.getSymbolAtLocation(node)) === symbol) uses.push({ context: each, node });
    });
    return uses;
  });
}

/** The name by which a function is called: that of its declaration or of the constant that holds it. */
function nameOf(node: Function): ts.Identifier | undefined {
  if (ts.isFunctionDeclaration(node)) return node.name;
  const { parent } = node;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : undefined;
}

/** Waits at every call of a function of the merchant that waits itself now. */
function planCallers(
  context: FileContext,
  node: Function,
  all: readonly FileContext[],
  depth: number,
): AwaitPlan[] | undefined {
  const name = nameOf(node);
  if (name === undefined || depth > 3) return undefined;
  const plans: AwaitPlan[] = [];
  for (const use of usesOf(context, name, all)) {
    const { parent } = use.node;
    if (ts.isExportSpecifier(parent) || ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) continue;
    if (ts.isShorthandPropertyAssignment(parent)) continue;
    const call = ts.isPropertyAccessExpression(parent) ? parent.parent : parent;
    if (!ts.isCallExpression(call) || (call.expression !== use.node && call.expression !== parent)) return undefined;
    const plan = planAwait(use.context, call, all, depth + 1);
    if (plan === undefined) return undefined;
    plans.push({
      apply: () => {
        plan.apply();
        if (!ts.isAwaitExpression(call.parent)) awaitHere(use.context, call);
      },
    });
  }
  return plans.length === 0 ? undefined : plans;
}

const needsParentheses = (node: ts.Node): boolean =>
  (ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent)) &&
  node.parent.expression === node;

function awaitHere(context: FileContext, node: ts.Expression): void {
  const parenthesised = needsParentheses(node);
  context.rewriter.insert(context.rewriter.start(node), parenthesised ? '(await ' : 'await ');
  if (parenthesised) context.rewriter.insert(context.rewriter.end(node), ')');
}

/** `await` in front of an expression, in parentheses where something is read of it at once. */
export const awaited = (node: ts.Expression, text: string): string =>
  ts.isAwaitExpression(node.parent) ? text : needsParentheses(node) ? `(await ${text})` : `await ${text}`;

/**
 * Plans how a place can wait: its function is async, or can become so because what calls it is a framework, or can wait as
 * well. Undefined when that is not certain. A handler that answers through a response object answers errors with 503.
 */
export function planAwait(
  context: FileContext,
  place: ts.Node,
  all: readonly FileContext[],
  depth = 0,
): AwaitPlan | undefined {
  const owner = ts.findAncestor(place.parent, (node): node is Function => ts.isFunctionLike(node) as boolean);
  if (owner === undefined || !isFunction(owner) || isGenerator(owner) || owner.body === undefined) return undefined;
  const isInParameter = owner.parameters.some(({ pos, end }) => pos <= place.pos && place.end <= end);
  if (isInParameter) return undefined;
  if (isHandler(owner)) return planHandler(context, place, owner);
  if (isAsync(owner)) return { apply: () => undefined };
  const callers = planCallers(context, owner, all, depth);
  if (callers === undefined) return undefined;
  return {
    apply: () => {
      makeAsync(context, owner);
      callers.forEach((plan) => plan.apply());
    },
  };
}

function planHandler(context: FileContext, place: ts.Node, owner: Function): AwaitPlan | undefined {
  const callee = calleeAround(owner) ?? '';
  const response = responseInSight(owner);
  const isCaught = isInsideTry(place, owner) || (CATCHES.test(callee) && isAsync(owner));
  const isEvent = /(?:^|\.)(?:on|once)$/.test(callee);
  if (isCaught || (response === undefined && !isEvent)) return { apply: () => makeAsync(context, owner) };
  // An event that no response is in sight of: nothing would notice the rejection.
  if (response === undefined) return undefined;
  return { apply: () => guard(context, owner, response) };
}
