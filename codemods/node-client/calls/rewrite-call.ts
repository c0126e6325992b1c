import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { Operation, V2Operation } from '../../../src/catalog/types';
import { freeName } from '../../rewriting/free-name';
import { indentAt } from '../../rewriting/style';
import { takesAnyExpression } from '../../rewriting/takes-any-expression';
import type { FieldNote } from '../../v2-request/types';
import { adapterText, parameterList } from './adapter-text';
import { valuesOf } from './call-values';
import { type FileContext, unwrap } from '../context';
import type { Decision } from './decide';
import type { OperationCall } from './find-operations';
import { keepComments } from './keep-comments';
import { behindTest, isAskedFirst, isOptional, keepChainShort, testedClient } from '../client/optional-client';
import type { ClientMode } from '../plan-clients';
import { reportNotes } from './report-notes';
import { awaits, yields } from './suspends';
import { build, sending } from './v2-call-text';
import { clientNode, v2ClientText, v2Member } from '../client/v2-client-text';
import { functionText } from '../wording';

type Rewrite = Extract<Decision, { kind: 'rewrite' }>;
type Emit = (node: ts.Node) => string;

/** What a new function around a call is given: asked for, made and waited for in front of it, in legacy's order. */
interface Given {
  readonly parameter: string;
  readonly value: string;
}

/** `((params) => …)({ … })` */
function giving(context: FileContext, given: readonly Given[], body: string): string {
  if (given.length === 0) return body;
  const parameters = given.map(({ parameter }) => parameter).join(', ');
  return `(${functionText(context, parameters, body)})(${given.map(({ value }) => value).join(', ')})`;
}

/** The client of a call as it stands in the v2 call, and how what is made of it comes to have it. */
interface ReachedClient {
  readonly client: string;
  around(call: string, given: readonly Given[]): string;
}

function reachClient(
  context: FileContext,
  { node, receiver }: OperationCall & { readonly receiver: ts.Expression },
  mode: ClientMode,
  emit: Emit,
  takesParameters: boolean,
): ReachedClient {
  const optional = isOptional(node, receiver);
  const object = clientNode(context, receiver);
  if (isAskedFirst(context, node, receiver, takesParameters)) {
    const client = freeName('client', context.text(node));
    const asked: Given = { parameter: client, value: emit(unwrap(object)) };
    return {
      client: v2Member(client, mode),
      around: (call, given) =>
        optional
          ? giving(context, [asked], behindTest(client, giving(context, given, call)))
          : giving(context, [asked, ...given], call),
    };
  }
  if (!optional)
    return {
      client: v2ClientText(context, receiver, mode, emit),
      around: (call, given) => giving(context, given, call),
    };
  const text = emit(object);
  const isWhole = takesAnyExpression(node) || ts.isExpressionStatement(node.parent);
  return {
    client: v2Member(testedClient(context, text), mode),
    around: (call, given) => {
      const tested = behindTest(text, giving(context, given, call));
      return isWhole ? tested : `(${tested})`;
    },
  };
}

/** Rewrites a call on the client to the v2 call, in the style in which it was made. */
export function rewriteCall(context: FileContext, call: OperationCall, decision: Rewrite, mode: ClientMode): void {
  const operation = operations[call.operation];
  const { receiver, node } = call;
  if (operation === undefined || receiver === undefined) return;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  keepChainShort(context, node, receiver);
  if (node.arguments.some(ts.isSpreadElement)) {
    rewriteSpread(context, { ...call, receiver }, operation, decision.v2, mode);
    return;
  }
  const plan = (emit: Emit): { text: string; notes: readonly FieldNote[] } => {
    const { values, parameter } = valuesOf(context, call, operation);
    const { parameters, callback } = call;
    const given: Given[] =
      parameter === undefined || parameters === undefined
        ? []
        : [{ parameter: parameterList(context, parameter), value: emit(parameters) }];
    let done = callback === undefined ? undefined : emit(callback);
    // What waits stays outside of a function that does not.
    if (callback !== undefined && done !== undefined && (awaits(callback) || yields(callback))) {
      const stay = [receiver, ...(parameter === undefined && parameters !== undefined ? [parameters] : [])];
      const name = freeName('callback', ...stay.map((part) => context.rewriter.original(part)));
      given.push({ parameter: parameterList(context, name), value: done });
      done = name;
    }
    const reached = reachClient(context, { ...call, receiver }, mode, emit, given.length > 0);
    const built = build({ context, operation, v2: decision.v2, client: reached.client, indent, values });
    const isAsync = (parameter === undefined && awaits(parameters)) || /\bawait\b/.test(reached.client);
    let text = sending(context, operation, built.expression, isAsync);
    if (done !== undefined) text = `${context.helper('toCallback')}(${text}, ${done})`;
    return { text: reached.around(text, given), notes: built.notes };
  };
  const { nodes } = valuesOf(context, call, operation);
  const planned = plan(context.rewriter.emit);
  reportNotes(context, node, planned.notes, nodes);
  keepComments(context, node, planned.text);
  context.rewriter.replace(node, (emit) => plan(emit).text);
}

/** `refund(...args)`: which argument is the callback shows at run time only, so a function takes them as they come. */
function rewriteSpread(
  context: FileContext,
  call: OperationCall & { readonly receiver: ts.Expression },
  operation: Operation,
  v2: V2Operation,
  mode: ClientMode,
): void {
  const { node, style } = call;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  const text = (emit: Emit): string => {
    const { client, around } = reachClient(context, call, mode, emit, true);
    const adapter = adapterText(context, operation, v2, client, style, indent);
    const handed = node.arguments.map(emit).join(', ');
    if (!node.arguments.some((argument) => awaits(argument) || yields(argument)))
      return around(`(${adapter})(${handed})`, []);
    const name = freeName('handed', context.text(node));
    return around(`(${adapter})(...${name})`, [{ parameter: `...${parameterList(context, name)}`, value: handed }]);
  };
  text((part) => context.rewriter.original(part));
  context.rewriter.replace(node, text);
}
