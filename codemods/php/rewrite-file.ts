import { operations } from '../../src/catalog';
import type { Operation } from '../../src/catalog/types';
import type { Edit } from '../codemod';
import { readArguments, type Argument, type ArgumentList } from './call-arguments';
import { findCallers, type CallOfOwn } from './find-callers';
import type { PhpFile, Project } from './project';
import { Refusal } from './refusal';
import { mapRequest, type DroppedParameter } from './request';
import { indentAt } from '../rewriting/style';
import { callText } from './style';
import { callsOf, rewriteSuccess, successReads } from './answers/success-reads';
import type { PhpSource } from './tree';
import { functionOf, isMethodCall, nameOf, type PhpNode } from './tree';
import { hasRunBefore } from './variables';
import { AnswerTrace } from './answers/trace-answer';

/** One legacy call of a file: rewritten with all that reads its answer, or left with a reason. */
export type CallOutcome = {
  readonly call: PhpNode;
  readonly operation: Operation;
} & (
  | ({ readonly isRewritten: true } & Rewrite)
  /** `suggestion`: the v2 call, where its parameters could be mapped. */
  | { readonly isRewritten: false; readonly because: string; readonly suggestion?: string }
);

/** What becomes of a call and of all that reads its answer. */
interface Rewrite {
  readonly edits: readonly Edit[];
  readonly dropped: readonly DroppedParameter[];
  /** Calls of the merchant's own functions that give a part of the answer. */
  readonly readers: readonly CallOfOwn[];
}

type Attempt =
  (Rewrite & { readonly holder: AnswerTrace['holder'] }) | { readonly because: string; readonly suggestion?: string };

/** Operations on orders that exist, by their method; PHP does not tell the case of its letters apart. */
const REWRITABLE: ReadonlyMap<string, Operation> = new Map(
  Object.values(operations)
    .filter(({ phase, v2 }) => phase === 'post-checkout' && v2 !== null)
    .map((operation) => [operation.name.toLowerCase(), operation]),
);

/** A call of one of them in a text. */
export const callsOperation = new RegExp(`->\\s*(?:${[...REWRITABLE.keys()].join('|')})\\s*\\(`, 'i');

/** What the checkout sets up and confirms: an order in the same function may not be confirmed yet. */
const CHECKOUT = /^(?:set|confirm)(?:orderreference|billingagreement|orderattributes)/;

/**
 * Rewrites the calls of one file that certainly are of the legacy client.
 *
 * @param isV2 whether the client is made as one of v2
 */
export function rewriteFile(project: Project, file: PhpFile, isV2 = false): readonly CallOutcome[] {
  const { source, types: clients } = file;
  const all = source
    .nodes()
    .filter((node) => isMethodCall(node) && node.parts[0] !== undefined && clients.isClient(node.parts[0]));
  const known = all.flatMap((call) => {
    const operation = REWRITABLE.get(nameOf(source, call)?.toLowerCase() ?? '');
    return operation === undefined ? [] : [{ call, operation }];
  });
  const attempts = new Map<PhpNode, Attempt>();
  for (const { call, operation } of known) attempts.set(call, attempt(project, file, call, operation, { all, isV2 }));
  refuseWithoutAnswer(file, all, attempts);
  return known.map(({ call, operation }): CallOutcome => {
    const outcome = attempts.get(call) ?? { because: 'it could not be read' };
    if ('because' in outcome) return { call, operation, isRewritten: false, ...outcome };
    const { edits, dropped, readers } = outcome;
    return { call, operation, isRewritten: true, edits, dropped, readers };
  });
}

function attempt(
  project: Project,
  file: PhpFile,
  call: PhpNode,
  operation: Operation,
  { all, isV2 }: { readonly all: readonly PhpNode[]; readonly isV2: boolean },
): Attempt {
  let suggestion: string | undefined;
  try {
    if (call.kind.startsWith('nullsafe_')) throw new Refusal('without a client nothing is called here');
    refuseCheckout(file.source, call, operation, all);
    const given = readArguments(file.source, call);
    if (!given.isKnown) throw new Refusal(given.because);
    refusePlatform(project, operation, given.list);
    const { text, dropped } = callOf(file, call, operation, given, isV2);
    suggestion = text;
    const trace = new AnswerTrace(operation.name, (declaring, owner) => findCallers(project, declaring, owner));
    trace.start(file, call, text);
    return { edits: trace.edits, dropped, readers: trace.readers, holder: trace.holder };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return suggestion === undefined ? { because: error.message } : { because: error.message, suggestion };
  }
}

function refuseCheckout(source: PhpSource, call: PhpNode, operation: Operation, all: readonly PhpNode[]): void {
  const owner = functionOf(call);
  const confirms = all.some(
    (other) => functionOf(other) === owner && CHECKOUT.test(nameOf(source, other)?.toLowerCase() ?? ''),
  );
  if (!confirms || /^(?:Capture|Refund|Get(?:Capture|Refund|Authorization))/.test(operation.name)) return;
  throw new Refusal('it is part of the checkout, which becomes a Checkout Session and a redirect');
}

/** Legacy sent the platform of its configuration with each call that takes one; the v2 client knows none. */
function refusePlatform(project: Project, { request }: Operation, list: readonly Argument[]): void {
  if (request['PlatformId'] === undefined || list.some(({ key }) => key === 'platform_id')) return;
  const file = project.units.find(({ text }) => /['"]platform_id['"]/i.test(text));
  if (file !== undefined) throw new Refusal(`${file.path} may configure a platform_id, which is sent with it`);
}

/** The text of the v2 call. */
function callOf(
  { source, style }: PhpFile,
  call: PhpNode,
  operation: Operation,
  { list, comments }: Extract<ArgumentList, { isKnown: true }>,
  isV2: boolean,
): { readonly text: string; readonly dropped: readonly DroppedParameter[] } {
  const [object] = call.parts;
  const client = object === undefined ? '' : source.textOf(object);
  const isNamed = object?.kind === 'variable_name' || object?.kind === 'member_access_expression';
  const request = mapRequest(operation, list, { source, style, client: isNamed ? client : undefined, isV2 });
  if (!request.isKnown) throw new Refusal(request.because);
  if (comments.length > 0) throw new Refusal('comments stand among its parameters, and would be lost');
  const answer = operation.declines === true ? 'chargeAnswer' : 'answer';
  const indent = indentAt(source.text, call.start);
  const isOneLine = !source.textOf(call).includes('\n');
  const column = call.start - source.text.lastIndexOf('\n', call.start) + style.helper.length + answer.length + 4;
  const name = `${isV2 ? client : `${style.helper}::client(${client})`}->${operation.v2?.sdkMethod}`;
  const text = callText(name, request.values, style, { indent, column, isOneLine });
  return { text: `${style.helper}::${answer}(${text})`, dropped: request.dropped };
}

/** A read of `success` goes with the call before it, so a call whose answer is not at hand there stays as well. */
function refuseWithoutAnswer(
  { source, types, style }: PhpFile,
  all: readonly PhpNode[],
  attempts: Map<PhpNode, Attempt>,
): void {
  const refuse = (calls: readonly PhpNode[], because: string): void => {
    for (const call of calls) if (attempts.has(call)) attempts.set(call, { because });
  };
  for (const read of successReads(source, types)) {
    const calls = callsOf(source, read, all);
    const [call, ...others] = calls ?? [];
    const found = call === undefined ? undefined : attempts.get(call);
    if (call === undefined) refuse(all, 'success of the client is read where it is not known which call it is about');
    else if (others.length > 0) refuse([call, ...others], 'success of the client may be about one call or another');
    else if (!hasRunBefore(call, read))
      refuse([call], 'success of the client is read where the call may not have been made, or not have come back');
    else if (found !== undefined && 'edits' in found) {
      const edits = rewriteSuccess(source, read, { call, holder: found.holder }, found.edits, style.helper);
      if (edits === undefined) refuse([call], 'success of the client is read, and its answer is in no variable there');
      else attempts.set(call, { ...found, edits });
    }
  }
}
