import { ts } from 'ts-morph';
import type { ElementField } from '../../../src/catalog/types';
import { fieldOf } from './answer-read';
import { type FileContext, walk } from '../context';
import { isTested } from './looked-at-state';
import { isDecliningAnswer, isOfPayment } from './strict-reads';
import { functionText, memberOfAbsent, orElse } from '../wording';

/** `promise.get('Name')` of bluebird and Q, where the promise is one of a legacy answer or of a part of it. */
interface Get {
  readonly call: ts.CallExpression;
  readonly promise: ts.Expression;
  readonly element: string;
  readonly name: string;
  readonly field: ElementField | undefined;
}

function asGet(context: FileContext, node: ts.Node): Get | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [name] = node.arguments;
  if (node.expression.name.text !== 'get' || name === undefined || !ts.isStringLiteralLike(name)) return undefined;
  const promise = node.expression.expression;
  const type = context.typeOf(promise);
  if (type?.kind !== 'promise' || type.of.kind !== 'element') return undefined;
  const { element } = type.of;
  return { call: node, promise, element, name: name.text, field: fieldOf(element, name.text) };
}

/** A call of `get` that becomes something else. */
export const isGet = (context: FileContext, node: ts.Node): boolean => asGet(context, node) !== undefined;

/** `.get('A').get('B')`, the first one first. */
function chainOf(context: FileContext, last: Get): [Get, ...Get[]] {
  const before = asGet(context, last.promise);
  return before === undefined ? [last] : [...chainOf(context, before), last];
}

/** What is read of the v2 object, level by level. */
function readText(context: FileContext, chain: readonly Get[]): string {
  let text = 'answer';
  let before: ElementField | undefined;
  let isMissing = false;
  for (const { name, field } of chain) {
    const isGone = field === undefined || field.to === null;
    const isKept = isMissing || isGone || field.values === 'softDecline';
    const members = isKept || field.to === null ? [name] : field.to.split('.');
    for (const [index, member] of field?.to === '' && !isMissing ? [] : members.entries()) {
      const isThere = index === 0 ? !isMissing && before?.nullable !== true : members[0] === 'statusDetails';
      text = isThere ? `${text}.${member}` : memberOfAbsent(context, text, member);
    }
    if (!isMissing && before?.wasZero === true && field?.to === 'amount')
      text = `(${orElse(context, text, `${context.style.quote}0${context.style.quote}`)})`;
    if (!isMissing && field?.via !== undefined) text = `${context.helper(field.via)}(${text})`;
    isMissing ||= isGone;
    // A level that disappears leaves what is before it.
    if (field?.to !== '') before = field;
  }
  return text;
}

const whyOpen = (
  context: FileContext,
  [first]: readonly Get[],
  { call, element, name, field }: Get,
): string | undefined => {
  const text = `.get(${context.text(call.arguments[0] ?? call)})`;
  if (field?.values === 'softDecline')
    return `${text} is the text "true" or "false" in legacy, and a reason code in v2: SoftDeclined or HardDeclined.`;
  if (field === undefined || field.to === null)
    return `${text} has no counterpart in v2: ${field?.because ?? `${element} has no ${name}.`}`;
  const answer = first === undefined ? undefined : context.typeOf(first.promise);
  const mayDecline = answer?.kind === 'promise' && answer.of.kind === 'element' && isDecliningAnswer(answer.of.element);
  return mayDecline && isOfPayment(element, field) && !isTested(context, call)
    ? `${text} is read without a look at the state: legacy gave it for a declined payment too, and in v2 a declined payment has nothing but a state and a reason.`
    : undefined;
};

function rewriteChain(context: FileContext, chain: readonly [Get, ...Get[]]): void {
  const [{ promise }] = chain;
  const { call } = chain.at(-1) ?? chain[0];
  const missing = chain.findIndex(({ field }) => field === undefined || field.to === null);
  // What is below a part that v2 does not have is listed with it.
  const told = missing < 0 ? chain : chain.slice(0, missing + 1);
  const opens = told.flatMap((get) => {
    const message = whyOpen(context, chain, get);
    return message === undefined ? [] : [{ get, message }];
  });
  for (const { get, message } of opens) {
    context.leaveOpen(get.call, {
      rule: 'node-client/result-read',
      legacy: { name: `${get.element}.${get.name}` },
      replacement: get.field?.to == null ? null : { name: get.field.to },
      message,
    });
  }
  const text = readText(context, chain);
  context.report(call, {
    rule: 'node-client/result-read',
    automation: 'automatic',
    legacy: { name: chain.map(({ name }) => name).join('.') },
    replacement: { name: text === 'answer' ? 'the v2 object' : text.replace(/^answer\??\./, '') },
    message: `${chain.map(({ call: each }) => `.get(${context.text(each.arguments[0] ?? each)})`).join('')} is read from the v2 object.`,
    rewritten: true,
  });
  context.rewriter.replace(call, (emit) =>
    text === 'answer' ? emit(promise) : `${emit(promise)}.then(${functionText(context, 'answer', text)})`,
  );
}

/**
 * Rewrites `.get('CaptureDetails').get('AmazonCaptureId')` on the promise of a legacy answer to `.then((answer) =>
 * answer.chargeId)`, which any promise has.
 */
export function rewriteGets(context: FileContext): void {
  const settled = new Set<ts.Node>();
  walk(context.file.source, (node) => {
    const get = asGet(context, node);
    if (get === undefined || settled.has(node)) return;
    const chain = chainOf(context, get);
    for (const { call } of chain) settled.add(call);
    rewriteChain(context, chain);
  });
}
