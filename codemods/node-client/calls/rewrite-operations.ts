import type { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import { capturedAgain } from './captured-again';
import type { FileContext } from '../context';
import { decisionsOf } from './decisions-of-reference';
import { isAdaptable, type Decision } from './decide';
import type { FileUses } from '../file-uses';
import type { OperationCall, OperationReference } from './find-operations';
import { isWritten, lostUnseen } from './known-names';
import type { ClientMode } from '../plan-clients';
import { reportComputedNames } from './report-computed-names';
import { reportAmountArithmetic } from '../answers/report-amount-arithmetic';
import { rewriteCall } from './rewrite-call';
import { reportAliasNotes, rewriteReference } from './rewrite-references';
import { missingAmount } from './session-amount';
import { yields } from './suspends';

/** Lists what stays legacy whatever is done. */
export function reportRemains(uses: FileUses): void {
  for (const remain of uses.remains) {
    const { node, ...place } = remain;
    uses.context.report(node, { ...place, automation: 'manual', rewritten: false });
  }
}

const COMPUTED =
  'names of its parameters are computed: check that every one of them is read here, or the amount or the id it carries is left out.';

/** A second run sees the v2 call alone, so that this must stand in the code. */
const saysLeftOut = (names: readonly string[]): string | undefined =>
  names.length === 0
    ? undefined
    : `v2 has no place for ${names.join(', ')}, which this project names: what the parameters hold of it is left out here; keep it with your own order.`;

/** Lists what becomes of a call, and rewrites it. */
export function handleCall(context: FileContext, call: OperationCall, decision: Decision, mode: ClientMode): void {
  const row = operations[call.operation];
  const confidence = call.byShape ? 'low' : 'high';
  const legacy = { name: context.text(call.node.expression), operation: call.operation };
  if (decision.kind === 'leave') {
    const message = `${call.operation} stays: ${decision.because}`;
    context.report(call.node, {
      rule: 'node-client/operation-call',
      automation: 'manual',
      confidence,
      legacy,
      replacement: null,
      message,
      guidance: decision.because,
      rewritten: false,
    });
    return;
  }
  const replacement = { name: decision.v2.sdkMethod, operation: decision.v2.http };
  const through = call.reach === 'direct' ? '' : ' through a function that stands for it';
  const lost = row === undefined || call.parameters === undefined ? [] : lostUnseen(context, row, call.parameters);
  const omitted =
    lost.length === 0 ? '' : ` Of what its parameters may hold, v2 has no place for ${lost.join(', ')}: left out.`;
  const left = saysLeftOut(lost.filter((name) => isWritten(context, name)));
  const message = `${call.operation} becomes ${decision.v2.sdkMethod}${through}.${omitted}`;
  const isComputed = reportComputedNames(context, call);
  // The function that stands for it says the rest; only the amount is for its callers to pass.
  const saidElsewhere = call.reach === 'alias' && call.operation === 'ConfirmOrderReference';
  const amount = missingAmount(context, call);
  const isSettled = saidElsewhere && amount === undefined;
  const again = capturedAgain(context, call);
  context.report(call.node, {
    rule: 'node-client/operation-call',
    automation:
      isComputed || again !== undefined || left !== undefined
        ? 'assisted'
        : isSettled
          ? 'automatic'
          : decision.automation,
    confidence,
    legacy,
    replacement,
    message,
    ...(row === undefined ? {} : { guidance: row.guidance, docs: row.docs }),
    rewritten: true,
    ...(call.rewrittenIn === undefined ? {} : { rewrittenIn: call.rewrittenIn }),
  });
  const todos = [saidElsewhere ? undefined : decision.todo, amount, again].filter((todo) => todo !== undefined);
  if (todos.length === 0 && isComputed && decision.automation === 'automatic') todos.push(COMPUTED);
  if (left !== undefined) todos.push(left);
  if (todos.length > 0) context.todo(call.node, 'node-client/operation-call', todos.join(' '));
  if (call.reach === 'direct') rewriteCall(context, call, decision, mode);
  else reportAliasNotes(context, call, decision);
  reportAmountArithmetic(context, call);
}

/** Lists an operation that is handed on, and puts a function with the same parameters in its place. */
export function handleReference(context: FileContext, reference: OperationReference, mode: ClientMode): void {
  const row = operations[reference.operation];
  const adaptable =
    row !== undefined &&
    row.v2 !== null &&
    isAdaptable(reference.operation, context.input) &&
    !yields(reference.receiver);
  const decisions = adaptable ? decisionsOf(context, reference.operation) : [];
  context.report(reference.node, {
    rule: 'node-client/operation-reference',
    automation: !adaptable ? 'manual' : decisions.length > 0 ? 'assisted' : row.automation,
    confidence: reference.byShape ? 'low' : 'high',
    legacy: { name: context.text(reference.node), operation: reference.operation },
    replacement: adaptable && row.v2 !== null ? { name: row.v2.sdkMethod, operation: row.v2.http } : null,
    message: adaptable
      ? `${reference.operation} is handed on here; a function with the same parameters makes the v2 call.`
      : `${reference.operation} is handed on here and stays: ${row?.guidance ?? 'v2 has no such operation.'}`,
    rewritten: adaptable,
  });
  if (!adaptable || row.v2 === null) return;
  if (decisions.length > 0) context.todo(reference.node, 'node-client/operation-reference', decisions.join(' '));
  rewriteReference(context, reference, row.v2, mode);
}

/** Lists operations that are taken off the client in a way that nobody can follow. */
export function reportLeft(context: FileContext, node: ts.Node): void {
  context.report(node, {
    rule: 'node-client/computed-operation',
    automation: 'manual',
    legacy: { name: context.text(node) },
    replacement: null,
    message: 'Operations are taken off the client in a way that cannot be rewritten; call them on the client.',
    rewritten: false,
  });
}
