import { ts } from 'ts-morph';
import type { ElementField } from '../../../src/catalog/types';
import { type Access, accessedName, isAccess } from '../../rewriting/access';
import { isBehindNullable, isBehindZero, isBelowMissing, mayBeAbsent } from './absent-in-v2';
import { asRead, isNameOfV2, isOutermost, type Read } from './answer-read';
import { type FileContext, unwrap, walk } from '../context';
import { dropParse } from './drop-parse';
import { guardAccess, isAssigned, isReadOn, isWrittenThrough } from './guard-access';
import { isOfSharedPrice } from './shared-prices';
import { isOfDeclined } from './report-declined-reads';
import { guardNullText } from './read-on-null-text';
import { rewriteAssignedPattern } from './rewrite-assigned-patterns';
import { rewriteFallbackObject } from './rewrite-fallback-objects';
import { rewritePattern } from './rewrite-patterns';
import { reportAbsentRead, reportUntestedRead, strictText } from './strict-reads';
import { memberOfAbsent, orElse } from '../wording';
import { reportNullAmount, reportZero, withZero, zeroFor } from './zero-amounts';

/** `answer?.CaptureDetails.CaptureStatus`: a level that disappears leaves its `?.` to the next. */
function isQuestioned(context: FileContext, { expression, questionDotToken }: Access): boolean {
  if (questionDotToken !== undefined) return true;
  const inner = unwrap(expression);
  return isAccess(inner) && asRead(context, inner)?.field?.to === '' && isQuestioned(context, inner);
}

/** The v2 text of one level: `.statusDetails`, `?.amount`, nothing where the level disappears. */
function levelText(context: FileContext, node: Access, field: ElementField, object: string): string {
  if (field.to === '' || field.to === null) return object;
  const isNullable = isBehindNullable(context, node);
  if (isWrittenThrough(node)) return `${object}${isNullable && context.isTypeScript ? '!' : ''}.${field.to}`;
  const isOptional = isNullable || isQuestioned(context, node) || isOfDeclined(context, node.expression);
  // What v2 nests deeper is null where there is nothing of it; only statusDetails always is there.
  const members = field.to.startsWith('statusDetails.') ? [field.to] : field.to.split('.');
  const isCalled = isReadOn(node) && asRead(context, node.parent) === undefined;
  return members.reduce((text, member, index) => {
    if (index === 0 && !isOptional) return `${text}.${member}`;
    return isCalled ? `${text}?.${member}` : memberOfAbsent(context, text, member);
  }, object);
}

/** Only a comparison says which of the two texts was meant; everything else is listed where it stands. */
const isCompared = (context: FileContext, node: Access): boolean =>
  ts.findAncestor(node, (parent) => ts.isBinaryExpression(parent) && context.rewriter.isReplaced(parent)) !== undefined;

/** `if (details.SoftDecline)` is listed with the conditions. */
const isCondition = (node: ts.Node): boolean =>
  (ts.isIfStatement(node.parent) && node.parent.expression === node) ||
  (ts.isConditionalExpression(node.parent) && node.parent.condition === node) ||
  ts.isPrefixUnaryExpression(node.parent);

function reportSoftDecline(context: FileContext, node: ts.Node): void {
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: 'AuthorizationDetails.SoftDecline' },
    replacement: { name: "statusDetails.reasonCode === 'SoftDeclined'" },
    message: `${context.text(node)} is the text "true" or "false" in legacy, and a reason code in v2: SoftDeclined or HardDeclined.`,
  });
}

function reportMissing(context: FileContext, node: Access, read: Read): void {
  // An earlier run has written it, and only a type says that it is of legacy.
  if (read.field === undefined && isNameOfV2(read.element, read.name)) return;
  const because =
    read.field === undefined
      ? `${read.element} has no ${read.name}.`
      : (read.field.because ?? 'v2 does not return it.');
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: `${read.element}.${read.name}` },
    replacement: null,
    message: `${context.text(node)} has no counterpart in v2: ${because}`,
  });
}

/** What is told of a write: with what is written, where that stands beside it. */
const writtenText = (context: FileContext, access: Access): string => {
  const { parent } = access;
  const isBeside =
    ts.isBinaryExpression(parent) || ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent);
  return context.text(isBeside ? parent : access);
};

/** `answer.RefundDetails = …`: v2 has no such level, and what holds the answer is no place for another. */
function reportLevelWrite(context: FileContext, access: Access, { element, name }: Read): void {
  context.leaveOpen(access, {
    rule: 'node-client/result-read',
    legacy: { name: `${element}.${name}` },
    replacement: null,
    message: `${writtenText(context, access)} writes ${name}, a level that v2 does not have: what read it reads the v2 object itself now. Write to a name of your own, and read that.`,
  });
}

/** `details.CaptureStatus.State = 'Closed'`: the field has another name, and whoever reads it expects what v2 says. */
function rewriteWrite(context: FileContext, access: Access, read: Read, field: ElementField): void {
  if (field.to === '' && isAssigned(access)) {
    reportLevelWrite(context, access, read);
    return;
  }
  context.rewriter.replace(access, (emit) => levelText(context, access, field, emit(access.expression)));
  if (!isAssigned(access)) return;
  const words = field.values === undefined ? '' : ', which has words of its own';
  context.leaveOpen(access, {
    rule: 'node-client/result-read',
    legacy: { name: `${read.element}.${read.name}` },
    replacement: { name: field.to ?? '' },
    message: `${writtenText(context, access)} changes what the call answered; v2 has ${field.to} there${words}: check what is written, and what reads it.`,
  });
}

/** Where an alternative needs no parentheses. */
const standsAlone = (node: ts.Node): boolean =>
  (ts.isCallExpression(node.parent) && node.parent.expression !== node) ||
  ts.isVariableDeclaration(node.parent) ||
  ts.isReturnStatement(node.parent) ||
  ts.isArrowFunction(node.parent);

/** `a.amount ?? a.Amount`: of what is v2 the one is there, of what stays legacy the other. */
function eitherText(context: FileContext, access: Access, text: string, emit: (node: ts.Node) => string): string {
  const { questionDotToken } = access;
  const either = orElse(
    context,
    text,
    `${emit(access.expression)}${questionDotToken === undefined ? '.' : '?.'}${accessedName(access) ?? ''}`,
  );
  return standsAlone(access) ? either : `(${either})`;
}

/** Rewrites the reads of legacy answers, level by level, and lists those that have no counterpart. */
export function rewriteReads(context: FileContext): void {
  walk(context.file.source, (node) => {
    dropParse(context, node);
    if (ts.isObjectBindingPattern(node)) rewritePattern(context, node);
    rewriteFallbackObject(context, node);
    rewriteAssignedPattern(context, node);
    const read = asRead(context, node);
    if (read === undefined) return;
    const access = node as Access;
    if (read.field === undefined || read.field.to === null) {
      if (isBelowMissing(context, access)) guardAccess(context, access);
      else reportMissing(context, access, read);
      return;
    }
    if (isBelowMissing(context, access)) {
      guardAccess(context, access);
      return;
    }
    const { field } = read;
    if (field.values === 'softDecline' && !isCompared(context, access)) {
      if (!isCondition(access)) reportSoftDecline(context, access);
      return;
    }
    if (isWrittenThrough(access)) {
      rewriteWrite(context, access, read, field);
      return;
    }
    if (field.via !== undefined) context.need(field.via);
    const zero = zeroFor(context, access);
    if (zero === 'listed') reportZero(context, access);
    reportNullAmount(context, access);
    guardNullText(context, access, read);
    context.rewriter.replace(access, (emit) => {
      const text = levelText(context, access, field, emit(access.expression));
      if (zero === 'written') return withZero(context, access, text, emit);
      if (isOfSharedPrice(context, access)) return eitherText(context, access, text, emit);
      if (field.to === 'amount' && isBehindZero(context, access)) {
        const { quote } = context.style;
        return `(${orElse(context, text, `${quote}0${quote}`)})`;
      }
      const strict = strictText(context, access, read.element, field, text);
      return field.via === undefined ? strict : `${context.nameOf(field.via)}(${strict})`;
    });
    if (!isOfDeclined(context, access)) reportUntestedRead(context, access, read.element, field);
    if (isOutermost(context, access)) {
      if (mayBeAbsent(context, access)) reportAbsentRead(context, access);
      context.report(access, {
        rule: 'node-client/result-read',
        automation: 'automatic',
        legacy: { name: `${read.element}.${read.name}` },
        replacement: { name: field.to === '' ? 'the v2 object' : (field.to ?? '') },
        message: isOfSharedPrice(context, access)
          ? `${context.text(access)} is read from the v2 object, or from that of legacy, which other calls hand in.`
          : `${context.text(access)} is read from the v2 object.`,
        rewritten: true,
      });
    }
  });
}
