import { ts } from 'ts-morph';
import { callbackElsewhere, givenToCallback, type CallbackElsewhere } from '../../typed-program/made-callbacks';
import { type FileContext, walk } from '../context';
import type { FileUses } from '../file-uses';

/** `deferred.makeNodeResolver()`: what it settles is followed by the promise. */
const SETTLES = /(?:^|\.)makeNodeResolver$/;

/** Nobody says what a parameter is, so that what is read off it is not seen. */
const isUntyped = (context: FileContext, parameter: ts.Node | undefined): boolean =>
  parameter !== undefined && (context.checker.getTypeAtLocation(parameter).flags & ts.TypeFlags.Any) !== 0;

const ERROR = 'an error of v2 has no body, and a v2 code as type';
const ANSWER = 'the answer is the v2 object';

/** What of an outcome is lost from sight in a callback that a call makes, and what is new about it. */
function lostIn(
  context: FileContext,
  argument: ts.Expression,
  { functions }: CallbackElsewhere,
): { readonly what: string; readonly now: string } | undefined {
  const given = givenToCallback(context.checker, argument);
  if (given === undefined) return undefined;
  if (ts.isCallExpression(argument) && SETTLES.test(argument.expression.getText())) return undefined;
  const hasAnswer = given.answer !== undefined && !given.answer.endsWith('.EmptyResult');
  const error = functions?.some(({ parameters }) => isUntyped(context, parameters[0])) ?? true;
  const answer = hasAnswer && (functions?.some(({ parameters }) => isUntyped(context, parameters[1])) ?? true);
  if (error && answer) return { what: 'the error and the answer', now: `${ERROR}, and ${ANSWER}` };
  if (error) return { what: 'the error', now: ERROR };
  return answer ? { what: 'the answer', now: ANSWER } : undefined;
}

/** Lists calls whose callback is made by a function that serves others as well, or that is not seen, and those whose callback does. */
export function reportCallbackFactories({ context, calls }: FileUses): void {
  const left = new Set(calls.filter(({ decision }) => decision.kind === 'leave').map(({ call }) => call.node));
  walk(context.file.source, (node) => {
    if (!ts.isCallExpression(node) || left.has(node)) return;
    for (const argument of node.arguments) {
      const callback = callbackElsewhere(context.checker, argument);
      const lost = callback === undefined ? undefined : lostIn(context, argument, callback);
      if (callback === undefined || lost === undefined) continue;
      const text = context.text(argument);
      const what = callback.by === 'call' ? `${text} makes the callback, and what that` : `what ${text}`;
      context.leaveOpen(argument, {
        rule: 'node-client/escape',
        legacy: { name: text },
        replacement: null,
        message: `${what} does with ${lost.what} is not followed: ${lost.now}; check what it reads.`,
      });
    }
  });
}
