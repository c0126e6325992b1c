import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import { type AnyFunction, isAsync } from './functions';

/** Two places of one function may ask for the same; it is done once. */
const done = new WeakMap<FileContext, Set<string>>();

/** By file and run: runs over the same text share its tree. */
function isFirst(context: FileContext, kind: 'async' | 'guard' | 'await', node: ts.Node): boolean {
  const known = done.get(context) ?? new Set();
  done.set(context, known);
  return known.size < known.add(`${kind} ${node.pos} ${node.end} ${node.kind}`).size;
}

/** Makes a function async, and its declared type a promise of what it was. */
export function makeAsync(context: FileContext, node: AnyFunction): void {
  if (isAsync(node) || !isFirst(context, 'async', node)) return;
  const { rewriter } = context;
  const start = rewriter.start(node);
  if (node.type !== undefined && !/^Promise\b/.test(node.type.getText())) {
    rewriter.insert(rewriter.start(node.type), 'Promise<');
    rewriter.insert(rewriter.end(node.type), '>');
  }
  if (ts.isMethodDeclaration(node)) {
    // Decorators and modifiers of a method stay in front.
    rewriter.insert(rewriter.start(node.name), 'async ');
    return;
  }
  const { text } = context.file.unit;
  const isArrow = ts.isArrowFunction(node);
  rewriter.insert(isArrow ? start : start + text.slice(start, rewriter.end(node)).search(/\bfunction\b/), 'async ');
}

/** Runs the body of a handler under answerErrors, which needs no change of its lines. */
export function guard(context: FileContext, node: AnyFunction, response: string): void {
  const { body } = node;
  const { rewriter } = context;
  const isGuarded = body === undefined || rewriter.original(body).match(/answerErrors\(/i) !== null;
  if (isGuarded || !isFirst(context, 'guard', node)) return;
  const answer = context.helper('answerErrors');
  const { type } = node;
  if (type !== undefined && context.text(type) !== 'Promise<void>') rewriter.replace(type, () => 'Promise<void>');
  const isArrow = ts.isArrowFunction(node);
  const { semicolons } = context.style;
  rewriter.insert(rewriter.start(body), `${isArrow ? '' : '{ return '}${answer}(${response}, async () => `);
  rewriter.insert(rewriter.end(body), isArrow ? ')' : `)${semicolons ? ';' : ''} }`);
}

const needsParentheses = (node: ts.Node): boolean =>
  (ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent)) &&
  node.parent.expression === node;

/** Waits for what an expression gives. */
export function awaitHere(context: FileContext, node: ts.Expression): void {
  if (!isFirst(context, 'await', node)) return;
  const parenthesised = needsParentheses(node);
  context.rewriter.insert(
    context.rewriter.start(node),
    parenthesised ? `${context.rewriter.joinsStatementAbove(node) ? ';' : ''}(await ` : 'await ',
  );
  if (parenthesised) context.rewriter.insert(context.rewriter.end(node), ')');
}

/** `await` in front of an expression, in parentheses where something is read of it at once. */
export const awaited = (node: ts.Expression, text: string): string =>
  ts.isAwaitExpression(node.parent) ? text : needsParentheses(node) ? `(await ${text})` : `await ${text}`;
