import { ts } from 'ts-morph';
import type { ElementField } from '../../../src/catalog/types';
import { accessedName, isAccess } from '../../rewriting/access';
import { declaredElement } from '../../typed-program/declared-types';
import { awaited } from '../awaited';
import { type FileContext, walk } from '../context';
import { keyOf } from '../answers/pattern-parts';
import { originOf, reportUntyped } from './report-untyped';
import { fieldOf, type Held, type UntypedAnswers } from './untyped-answers';
import {
  ANSWERS_ELSEWHERE,
  isDistinctive,
  isWritten,
  pathInText,
  untypedAccess,
  untypedPattern,
} from './untyped-shapes';

/** An earlier run left a decision about it in the code. */
function isSettled(context: FileContext, node: ts.Node, name: string): boolean {
  const comment = context.commentAbove(node);
  return comment.includes('TODO(amazon-pay-v2) node-client/') && comment.includes(name);
}

/** What is told of where it goes names it. */
function isToldOf(context: FileContext, node: ts.Node, name: string): boolean {
  const start = context.rewriter.start(node);
  return context.findings.some(
    (each) => each.rule === 'node-client/escape' && each.start === start && each.message.includes(name),
  );
}

interface FollowedRead {
  readonly name: string;
  readonly field: ElementField;
  readonly held: Held | undefined;
}

/** A name, or what a call brings: `(await payments.capture(id)).CaptureAmount`. */
const isNamed = (node: ts.Expression): boolean => ts.isIdentifier(node) || ts.isCallExpression(awaited(node));

/** A type that the package has given says what `this.details` and `row.details` are, too. */
const isDeclared = ({ checker }: FileContext, node: ts.Expression): boolean =>
  declaredElement(checker, checker.getTypeAtLocation(node)) !== undefined;

/** `details.AmazonAuthorizationId` where `details.AuthorizationStatus` shows what `details` is, `status.State` behind it. */
function followedRead(context: FileContext, answers: UntypedAnswers, node: ts.Node): FollowedRead | undefined {
  const isPart = ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent);
  const isRead = isAccess(node) && (isNamed(node.expression) || isDeclared(context, node.expression));
  const name = isPart ? keyOf(node) : isRead ? accessedName(node) : undefined;
  if (name === undefined) return undefined;
  const held = isPart
    ? answers.heldByPattern(node.parent as ts.ObjectBindingPattern)
    : answers.heldBy((node as ts.PropertyAccessExpression).expression);
  // What tells by itself what it is, is listed as such.
  if (isDistinctive(name) && held?.declared === undefined) return undefined;
  const field = fieldOf(held, name);
  // Who fills such a field may make an object of his own; what a method answers with is none.
  const isOwn = isWritten(node) && held?.method === undefined;
  return field === undefined || isOwn ? undefined : { name, field, held };
}

const nowIs = ({ to, because }: ElementField, name: string): string =>
  to === null || to === ''
    ? `has no ${name}${because === undefined ? '' : `: ${because}`}`
    : `has ${to} instead of ${name}`;

function reportFollowed(context: FileContext, node: ts.Node, { name, field, held }: FollowedRead): void {
  if (isSettled(context, node, name)) return;
  const message = `${context.text(node)} ${isWritten(node) ? 'changes' : 'reads'} what looks like a legacy answer, and ${originOf(held)}; the v2 object of a rewritten call ${nowIs(field, name)}`;
  reportUntyped(context, node, held, {
    rule: 'node-client/result-read',
    legacy: { name },
    replacement: field.to === null || field.to === '' ? null : { name: field.to },
    message: message.endsWith('.') ? message : `${message}.`,
  });
}

/** A name in a text, unless what it stands in is read of the v2 object already: `.get('CaptureDetails')` of a promise. */
function pathLeft({ rewriter }: FileContext, node: ts.Node): string | undefined {
  const name = pathInText(node);
  if (name === undefined) return undefined;
  for (let outer = node; !ts.isFunctionLike(outer) && !ts.isSourceFile(outer); outer = outer.parent)
    if (rewriter.isReplaced(outer)) return undefined;
  return name;
}

/**
 * Lists reads of legacy answers whose origin no type tells: behind `async.series`, generators, events, lodash paths, answers
 * kept in a list. The call that answers may have been rewritten, and then these read what is not there.
 */
export function reportUntypedReads(context: FileContext, answers: UntypedAnswers): void {
  if (ANSWERS_ELSEWHERE.test(context.file.unit.text)) return;
  walk(context.file.source, (node) => {
    const followed = followedRead(context, answers, node);
    if (followed !== undefined) {
      reportFollowed(context, node, followed);
      return;
    }
    const name = untypedAccess(context, node) ?? untypedPattern(context, node) ?? pathLeft(context, node);
    if (name === undefined || isSettled(context, node, name) || isToldOf(context, node, name)) return;
    context.report(node, {
      rule: 'node-client/result-read',
      automation: 'manual',
      confidence: 'low',
      legacy: { name },
      replacement: null,
      message: `${context.text(node)} reads a legacy answer, and no type says which call it comes from; the v2 object of a rewritten call has no ${name}.`,
      rewritten: false,
    });
  });
}
