import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import {
  type AnyFunction,
  calleeAround,
  callAt,
  isAsync,
  isFunction,
  isMention,
  isResponse,
  nameOf,
  parameterNames,
  responseInSight,
  usesOf,
} from './functions';
import { awaitHere, guard, makeAsync } from './make-async';

/** A place that waits for the fetched object: the seam itself, or a call of a function that came to wait. */
export interface WaitingPlace {
  readonly context: FileContext;
  readonly node: ts.Node;
  /** What is to be known of it. */
  readonly because?: string;
}

/** How a place can come to wait for a promise; `apply` makes the edits. */
export interface AwaitPlan {
  /** Where the answer to Amazon may stand. */
  readonly places: readonly WaitingPlace[];
  /** Calls of an async function that nobody waits for, and that cannot be made to. */
  readonly unawaited: readonly WaitingPlace[];
  apply(): void;
}

const REGISTERS =
  /(?:^|\.)(?:get|post|put|patch|all|use|route|on|once|handle|register|createServer|defineEventHandler|eventHandler|fromNodeMiddleware)$/;
/** Wrappers that take care of rejections. */
const CATCHES = /(?:^|\.)(?:async\w+|\w*wrap\w*|catch\w*|\w+catch\w*|\w+Async)$/i;
/** Functions of async.js: an async function gets no callback from them. */
const ASYNC_LIBRARY = /^async\.\w+$/;
const ITERATES = /\.(?:forEach|map|filter|some|every|find|reduce|flatMap|sort)$/;
const HANDLED = /^_?(?:ctx|context|event|req|request)$/;
const CALLED_BACK = /^(?:callback|cb|done|next)$/;
/** Ways of older serverless functions to end, which a promise would race. */
const ENDS_BY_CALL = /\bcontext\.(?:done|succeed|fail)\(/;
const ERROR_FIRST = /^_?(?:e|er|err|error)$/i;

const isGenerator = (node: AnyFunction): boolean => !ts.isArrowFunction(node) && node.asteriskToken !== undefined;

const isDecorated = (node: ts.Node): boolean => ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;

/** A catch clause of the same function takes what goes wrong at this place. */
function isInsideTry(node: ts.Node, owner: AnyFunction): boolean {
  for (let current = node; current !== owner && current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (ts.isTryStatement(parent) && parent.tryBlock === current && parent.catchClause !== undefined) return true;
  }
  return false;
}

/** What calls the function does not look at what it returns, or takes a promise. */
function isHandler(node: AnyFunction): boolean {
  const callee = calleeAround(node);
  if (callee !== undefined) return !ASYNC_LIBRARY.test(callee) && (REGISTERS.test(callee) || CATCHES.test(callee));
  if (ts.isNewExpression(node.parent) || ENDS_BY_CALL.test(node.getText())) return false;
  const names = parameterNames(node);
  const [first = ''] = names;
  if (ts.isMethodDeclaration(node) && isDecorated(node)) return true;
  if (names.some((name) => isResponse(name) || name === 'reply' || name === 'h')) return true;
  // A Lambda function that calls back must not become one that returns a promise.
  return HANDLED.test(first) && !names.some((name) => CALLED_BACK.test(name));
}

/** `(error, body) => { … }` as the last argument: nothing looks at what such a callback returns. */
function isErrorFirstCallback(node: AnyFunction): boolean {
  const { parent } = node;
  const [first = ''] = parameterNames(node);
  const isLast = ts.isCallExpression(parent) && parent.arguments.at(-1) === node && ERROR_FIRST.test(first);
  const callee = calleeAround(node) ?? '';
  return isLast && !ITERATES.test(callee) && !ASYNC_LIBRARY.test(callee);
}

const isThen = (node: AnyFunction): boolean => /\.(?:then|finally)$/.test(calleeAround(node) ?? '');

/** Something takes the rejection of the chain that a callback of `then` belongs to. */
function isChainCaught(node: AnyFunction): boolean {
  let current: ts.Node = node.parent;
  for (;;) {
    const { parent } = current;
    if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent)) {
      if (parent.name.text === 'catch' || (parent.name.text === 'then' && parent.parent.arguments.length > 1))
        return true;
      current = parent.parent;
    } else return ts.isAwaitExpression(parent) || ts.isReturnStatement(parent) || ts.isArrowFunction(parent);
  }
}

const nothing = { places: [], unawaited: [], apply: () => undefined };

const join = (plans: readonly AwaitPlan[], apply: () => void): AwaitPlan => ({
  places: plans.flatMap(({ places }) => places),
  unawaited: plans.flatMap(({ unawaited }) => unawaited),
  apply: () => {
    apply();
    plans.forEach((plan) => plan.apply());
  },
});

const isWaitedFor = (call: ts.CallExpression): boolean => {
  const { parent } = call;
  return (
    ts.isAwaitExpression(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isArrowFunction(parent) ||
    ts.isPropertyAccessExpression(parent)
  );
};

/** A call of a function that waits: it must be waited for, and so on up to what answers Amazon. */
function planCall(place: WaitingPlace & { node: ts.CallExpression }, all: readonly FileContext[], depth: number) {
  const plan = planAwait(place.context, place.node, all, depth + 1);
  if (plan === undefined) return undefined;
  return join([plan, { ...nothing, places: [place] }], () => {
    if (!ts.isAwaitExpression(place.node.parent)) awaitHere(place.context, place.node);
  });
}

interface Callers {
  /** Undefined: somewhere the function is called where nothing can wait. */
  readonly plans: readonly AwaitPlan[] | undefined;
  readonly isCalled: boolean;
  /** It is handed on, as to a router. */
  readonly isReferred: boolean;
}

function planCallers(context: FileContext, owner: AnyFunction, all: readonly FileContext[], depth: number): Callers {
  const name = nameOf(owner);
  if (name === undefined || depth > 3) return { plans: [], isCalled: false, isReferred: false };
  const { uses, isCertain } = usesOf(context, name, all);
  const real = uses.filter((use) => !isMention(use));
  const calls = real.flatMap((use) => {
    const node = callAt(use);
    return node === undefined ? [] : [{ context: use.context, node }];
  });
  const plans = calls.map((call): AwaitPlan | undefined => {
    // The function was async before, so what is chained to its promise stays as good as it was.
    if (isAsync(owner) && isWaitedFor(call.node) && !ts.isAwaitExpression(call.node.parent))
      return { ...nothing, places: [call] };
    const plan = planCall(call, all, depth);
    if (plan !== undefined || !isAsync(owner)) return plan;
    return isWaitedFor(call.node) ? { ...nothing, places: [call] } : { ...nothing, unawaited: [call] };
  });
  const known = plans.filter((plan) => plan !== undefined);
  return {
    plans: known.length === plans.length && (isCertain || isAsync(owner)) ? known : undefined,
    isCalled: calls.length > 0 || !isCertain,
    isReferred: real.length > calls.length,
  };
}

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
  const owner = ts.findAncestor(place.parent, (node): node is AnyFunction => ts.isFunctionLike(node) as boolean);
  if (owner === undefined || !isFunction(owner) || isGenerator(owner) || owner.body === undefined) return undefined;
  const isInParameter = owner.parameters.some(({ pos, end }) => pos <= place.pos && place.end <= end);
  if (isInParameter) return undefined;
  const callers = planCallers(context, owner, all, depth);
  if (callers.plans === undefined) return undefined;
  const { plans } = callers;
  const own = planOwner(context, place, owner, callers);
  if (own === undefined) return undefined;
  const plan = join(plans, own);
  // `records.forEach(async …)`: the loop ends before any of its promises does.
  const unheard = isUnheard(place, owner) ? [{ context, node: place, because: UNHEARD }] : [];
  const isForgotten = isAsync(owner) && /\.forEach$/.test(calleeAround(owner) ?? '');
  const forgotten = isForgotten ? [{ context, node: owner.parent }] : [];
  return { ...plan, unawaited: [...plan.unawaited, ...forgotten, ...unheard] };
}

const UNHEARD =
  'What calls this function waits for its callback, not for its promise: a failing GET rejects unhandled, which ends the process. Catch the error and hand it to the callback.';

/** `queue.process(async (job, done) => { … })` */
function isUnheard(place: ts.Node, owner: AnyFunction): boolean {
  const callee = calleeAround(owner);
  if (callee === undefined || CATCHES.test(callee) || !isAsync(owner) || responseInSight(owner) !== undefined)
    return false;
  return parameterNames(owner).some((name) => CALLED_BACK.test(name)) && !isInsideTry(place, owner);
}

/** A function that returns the message is no handler: code that is not in sight reads what it returns. */
function givesMessage(place: ts.Node, owner: AnyFunction): boolean {
  if (isAsync(owner) || responseInSight(owner) !== undefined || calleeAround(owner) !== undefined) return false;
  const returned = ts.findAncestor(place, (node) => node === owner || ts.isReturnStatement(node));
  return returned !== owner || (ts.isArrowFunction(owner) && !ts.isBlock(owner.body));
}

/** What becomes of the function around the place itself. */
function planOwner(
  context: FileContext,
  place: ts.Node,
  owner: AnyFunction,
  { isCalled, isReferred }: Callers,
): (() => void) | undefined {
  if (isHandler(owner) && (isReferred || (!isCalled && !givesMessage(place, owner))))
    return planHandler(context, place, owner);
  if (isCalled && !isReferred) return () => makeAsync(context, owner);
  if (isErrorFirstCallback(owner)) return planHandler(context, place, owner);
  if (isThen(owner) && (isChainCaught(owner) || isInsideTry(place, owner))) return () => makeAsync(context, owner);
  if (isThen(owner)) return planHandler(context, place, owner);
  return isAsync(owner) ? () => undefined : undefined;
}

function planHandler(context: FileContext, place: ts.Node, owner: AnyFunction): (() => void) | undefined {
  const callee = calleeAround(owner) ?? '';
  const response = responseInSight(owner);
  const isCaught = isInsideTry(place, owner) || (CATCHES.test(callee) && isAsync(owner));
  // An event, a callback, a chain: nothing would notice the rejection.
  const isUnnoticed = /(?:^|\.)(?:on|once)$/.test(callee) || isErrorFirstCallback(owner) || isThen(owner);
  if (isCaught || (response === undefined && !isUnnoticed)) return () => makeAsync(context, owner);
  return response === undefined ? undefined : () => guard(context, owner, response);
}
