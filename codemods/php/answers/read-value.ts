import type { PhpFile } from '../project';
import { Refusal } from '../refusal';
import { consumerOf, functionOf, type PhpNode } from '../tree';
import { mentionsOf, reaching } from '../variables';
import type { Position } from './answer-fields';
import { isLogged } from './logging';
import type { Trace } from './shapes';
import { isAsked } from './value-uses';

/** A field of an answer at its end: an amount, an id, a state. */
export interface ReadValue {
  readonly file: PhpFile;
  readonly node: PhpNode;
  readonly text: string;
}

type Value = Extract<Position, { kind: 'value' }>;

/** A single field is read: with what v2 has in its place, and what there was when v2 has nothing. */
export function readValue(trace: Trace, { file, node, text }: ReadValue, step: Value): void {
  const { consumer, as } = consumerOf(node);
  const isTarget = consumer?.kind === 'assignment_expression' && consumer.parts[0] === node;
  if (consumer === null || isTarget || /^(?:unset_statement|augmented|reference|by_ref|update)/.test(consumer.kind)) {
    throw new Refusal('a part of its answer is changed');
  }
  if (step.table !== undefined) {
    return trace.follow({ file, node, shape: { kind: 'word', table: step.table }, text });
  }
  const isQuestion = isAsked(file.source, consumer, as) && consumer.kind === 'argument';
  trace.emit({ file, node, text: isQuestion ? text : guard({ file, node, text }, step) });
}

/** v2 says null where legacy said nothing, or zero. */
function guard({ file, node, text }: ReadValue, { isNullable, wasZero, isTime }: Value): string {
  const isText = node.parent?.kind === 'encapsed_string';
  // What is null in a text is nothing, as an empty element of legacy was.
  if (isText && isNullable && !wasZero && isTime !== true) return text;
  const value = wasZero || isNullable ? `(isset(${text}) ? ${text} : ${wasZero ? "'0'" : 'null'})` : text;
  const written = isTime === true ? `${file.style.helper}::isoTimestamp(${value})` : value;
  if (isText && written !== text) throw new Refusal('a field that may be missing in v2 stands in a text');
  return written;
}

/** What the SDK says beside the object: legacy said '200', v2 says 200, 201 or 202. */
export function readResult(
  trace: Trace,
  file: PhpFile,
  node: PhpNode,
  kind: 'status' | 'request-id',
  answer: string | undefined,
): void {
  if (answer === undefined || !isHeldAt(trace, file, node, answer)) {
    throw new Refusal('the status or the id of the request is read, and the answer is in no variable there');
  }
  const { consumer, as } = consumerOf(node);
  if (kind === 'request-id') return trace.emit({ file, node, text: `${answer}['request_id']` });
  const operator = consumer?.kind === 'binary_expression' ? consumer.children[1]?.kind : undefined;
  const other = consumer?.parts.find((part) => part !== as);
  const isOk = other !== undefined && /^(['"]?)200\1$/.test(file.source.textOf(other));
  if (consumer == null || operator === undefined || !isOk || !/^(?:[!=]==?|<>)$/.test(operator)) {
    if (isLogged(file.source, as)) return trace.emit({ file, node, text: `${answer}['status']` });
    throw new Refusal('the status of its answer is used for more than a test for 200');
  }
  const not = operator.startsWith('=') ? '' : '!';
  trace.emit({ file, node: consumer, text: `${not}${file.style.helper}::succeeded(${answer})` });
}

function isHeldAt({ holders }: Trace, { source }: PhpFile, node: PhpNode, answer: string): boolean {
  const setters = mentionsOf(source, functionOf(node), answer)
    .filter(({ isSet }) => isSet)
    .map((mention) => mention.node.parent ?? mention.node);
  const seen = reaching(setters, node)?.[0];
  return holders.some(({ name, assignment }) => name === answer && assignment === seen);
}
