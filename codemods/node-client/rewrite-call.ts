import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { Operation, V2Operation } from '../../src/catalog/types';
import { indentAt } from '../rewriting/style';
import type { FieldNote } from '../v2-request/types';
import { adapterText, parameterList } from './adapter-text';
import { valuesOf } from './call-values';
import { type FileContext } from './context';
import type { Decision } from './decide';
import type { OperationCall } from './find-operations';
import type { ClientMode } from './plan-clients';
import { guardedClient, keepOptional } from './optional-client';
import { freeName } from './free-name';
import { reportNotes } from './report-notes';
import { awaits, yields } from './suspends';
import { build, sending } from './v2-call-text';
import { v2ClientText } from './v2-client-text';
import { functionText } from './wording';

type Rewrite = Extract<Decision, { kind: 'rewrite' }>;

/** Rewrites a call on the client to the v2 call, in the style in which it was made. */
export function rewriteCall(context: FileContext, call: OperationCall, decision: Rewrite, mode: ClientMode): void {
  const operation = operations[call.operation];
  const { receiver, node } = call;
  if (operation === undefined || receiver === undefined) return;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  keepOptional(context, node, receiver);
  if (node.arguments.some(ts.isSpreadElement)) {
    rewriteSpread(context, call, operation, decision.v2, mode);
    return;
  }
  const plan = (emit: (node: ts.Node) => string): { text: string; notes: readonly FieldNote[] } => {
    const { values, parameter } = valuesOf(context, call, operation);
    const { client, guard } = guardedClient(context, node, receiver, v2ClientText(context, receiver, mode, emit));
    const built = build({ context, operation, v2: decision.v2, client, indent, values });
    const isAsync = (parameter === undefined && awaits(call.parameters)) || /\bawait\b/.test(client);
    let text = sending(context, operation, built.expression, isAsync);
    // What waits stays outside of a function that does not.
    const waits = parameter !== undefined && (awaits(call.callback) || yields(call.callback));
    const callback = waits ? freeName('callback', client) : undefined;
    if (call.callback !== undefined)
      text = `${context.helper('toCallback')}(${text}, ${callback ?? emit(call.callback)})`;
    if (parameter !== undefined && call.parameters !== undefined) {
      const given = [parameter, ...(callback === undefined ? [] : [callback])];
      const handed = [
        call.parameters,
        ...(callback === undefined || call.callback === undefined ? [] : [call.callback]),
      ];
      text = `(${functionText(context, parameterList(context, ...given), text)})(${handed.map(emit).join(', ')})`;
    }
    return { text: guard(text), notes: built.notes };
  };
  const { nodes } = valuesOf(context, call, operation);
  reportNotes(context, node, plan(context.rewriter.emit).notes, nodes);
  context.rewriter.replace(node, (emit) => plan(emit).text);
}

/** `refund(...args)`: which argument is the callback shows at run time only, so a function takes them as they come. */
function rewriteSpread(
  context: FileContext,
  { node, receiver, style }: OperationCall,
  operation: Operation,
  v2: V2Operation,
  mode: ClientMode,
): void {
  if (receiver === undefined) return;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  const text = (emit: (node: ts.Node) => string): string => {
    const { client, guard } = guardedClient(context, node, receiver, v2ClientText(context, receiver, mode, emit));
    const adapter = adapterText(context, operation, v2, client, style, indent);
    return guard(`(${adapter})(${node.arguments.map(emit).join(', ')})`);
  };
  text((part) => context.rewriter.original(part));
  context.rewriter.replace(node, text);
}
