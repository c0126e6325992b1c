import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { V2Operation } from '../../../src/catalog/types';
import { indentAt } from '../../rewriting/style';
import { takesAnyExpression } from '../../rewriting/takes-any-expression';
import { buildV2Call } from '../../v2-request/build-v2-call';
import type { FieldNote } from '../../v2-request/types';
import { adapterText } from './adapter-text';
import { collectLiteral } from './collect-values';
import type { FileContext } from '../context';
import type { Decision } from './decide';
import type { OperationCall, OperationReference } from './find-operations';
import type { ClientMode } from '../plan-clients';
import { reportNotes } from './report-notes';
import { v2ClientText } from '../client/v2-client-text';

type Rewrite = Extract<Decision, { kind: 'rewrite' }>;

/** The function that stands for the operation takes what it knows; what v2 has no place for is dropped there. */
export function reportAliasNotes(context: FileContext, call: OperationCall, decision: Rewrite): void {
  const operation = operations[call.operation];
  if (operation === undefined || call.parameters === undefined) return;
  const collected = collectLiteral(context, operation, call.parameters);
  if (collected.kind === 'opaque') return;
  const { quote, unit, eol } = context.style;
  const settings = { operation, client: 'client', values: collected.values, indent: '', unit, quote, eol };
  const { notes } = buildV2Call(settings, decision.v2);
  const dropped = notes.flatMap((note): FieldNote[] => {
    // What is bound to the function beforehand is not missing here.
    if (note.kind === 'missing') return [];
    if (!note.kind.startsWith('simulation')) return [note];
    const message = `The sandbox simulation in ${note.field} is not handed on by the function that stands for ${call.operation}.`;
    return [{ ...note, kind: 'no-counterpart', message }];
  });
  reportNotes(context, call.node, dropped, collected.nodes);
}

/** `if (pay.capture)`, `typeof pay.capture`, `pay && pay.capture ? … : …`: nothing calls it there. */
function isOnlyTested(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isTypeOfExpression(parent) || ts.isPrefixUnaryExpression(parent)) return true;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent) && parent.condition === node) return true;
  if (ts.isParenthesizedExpression(parent)) return isOnlyTested(parent);
  if (!ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return parent.left === node || isOnlyTested(parent);
  return kind === ts.SyntaxKind.BarBarToken && isOnlyTested(parent);
}

/** Replaces an operation that is handed on by a function with the same parameters that makes the v2 call. */
export function rewriteReference(
  context: FileContext,
  reference: OperationReference,
  v2: V2Operation,
  mode: ClientMode,
): void {
  const operation = operations[reference.operation];
  if (operation === undefined) return;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(reference.node));
  context.rewriter.replace(reference.node, (emit) => {
    const client = v2ClientText(context, reference.receiver, mode, emit);
    if (isOnlyTested(reference.node)) return `${client}.${v2.sdkMethod}`;
    const adapter = adapterText(context, operation, v2, client, reference.style, indent);
    return takesAnyExpression(reference.node) ? adapter : `(${adapter})`;
  });
  if (!isOnlyTested(reference.node)) adapterText(context, operation, v2, 'client', reference.style, indent);
}
