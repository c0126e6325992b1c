import { Refusal } from '../refusal';
import { argumentsOf, consumerOf, isPropertyRead, literalOf, nameOf, type PhpNode } from '../tree';
import { stepInto } from './answer-fields';
import { isLogged } from './logging';
import { readResult, readValue } from './read-value';
import { accessText, type DataShape, type Trace, type Traced } from './shapes';
import { comparedWithNothing, isAsked } from './value-uses';

/** An answer that was taken apart, or a part of it, is used. */
export function readData(trace: Trace, traced: Traced, shape: DataShape): void {
  const { source } = traced.file;
  const { consumer, as } = consumerOf(traced.node);
  if (consumer === null) throw new Refusal('its answer is used in a place that is not understood');
  const isMember = shape.isObject ? isPropertyRead(consumer) : consumer.kind === 'subscript_expression';
  if (isMember && consumer.parts[0] === as) {
    const name = shape.isObject ? nameOf(source, consumer) : literalOf(source, consumer.parts[1]);
    if (name === undefined) throw new Refusal('a field of its answer is named by a variable');
    return readMember(trace, traced, shape, consumer, name);
  }
  if (consumer.kind === 'encapsed_string') throw new Refusal('its answer stands in a text as a whole');
  if (consumer.kind === 'argument' && askForKey(trace, traced, shape, consumer)) return;
  if (askForPart(trace, traced, shape, consumer, as)) return;
  if (isAsked(source, consumer, as) || isLogged(source, as)) return trace.emit(traced);
  throw new Refusal('a part of its answer leaves the function, and whoever gets it expects the one of legacy');
}

function readMember(trace: Trace, traced: Traced, shape: DataShape, node: PhpNode, name: string): void {
  const { file } = traced;
  const step = stepInto(shape.position, name);
  if (step.kind === 'none') throw new Refusal(`${name} is read of its answer: ${step.because}`);
  if (step.kind === 'metadata') {
    return trace.follow({ file, node, shape: { ...shape, position: step }, text: traced.text });
  }
  if (step.kind === 'status' || step.kind === 'request-id') {
    return readResult(trace, file, node, step.kind, shape.answer);
  }
  const known = shape.position.kind === 'element' ? shape.position.path.length : 0;
  const path = step.kind === 'error' ? [] : step.path.slice(known);
  const text = traced.text + path.map((part) => accessText(part, shape.isObject)).join('');
  if (step.kind === 'value') return readValue(trace, { file, node, text }, step);
  trace.follow({ file, node, shape: { ...shape, position: step }, text });
}

/** Whether the answer has an error, or the object that was asked for. */
function askForPart(
  trace: Trace,
  traced: Traced,
  { position, isObject }: DataShape,
  consumer: PhpNode,
  as: PhpNode,
): boolean {
  const { source } = traced.file;
  const nothing = comparedWithNothing(source, consumer, as);
  if (nothing?.isStrictlyFalse === true || (nothing !== undefined && position.kind === 'root')) {
    trace.emit(traced);
    return true;
  }
  if (position.kind !== 'element' && position.kind !== 'error') return false;
  const call = consumer.parent?.parent;
  const isIsset = call?.kind === 'function_call_expression' && /^(?:isset|empty)$/i.test(nameOf(source, call) ?? '');
  if (!isIsset && nothing === undefined && !isAsked(source, consumer, as)) return false;
  // The object itself is the answer in v2, so its presence is that of a field which every object has.
  const mark = position.kind === 'error' ? 'reasonCode' : 'statusDetails';
  const path = position.kind === 'element' && position.path.length > 0 ? '' : accessText(mark, isObject);
  const text = traced.text + path;
  if (nothing === undefined) trace.emit({ ...traced, text: isIsset || path === '' ? text : `!empty(${text})` });
  else trace.emit({ ...traced, node: consumer, text: `${nothing.isEqual ? '!' : ''}isset(${text})` });
  return true;
}

/** `array_key_exists('Error', $result)` */
function askForKey(trace: Trace, traced: Traced, { position, isObject }: DataShape, consumer: PhpNode): boolean {
  const { source } = traced.file;
  const call = consumer.parent?.parent;
  if (isObject || call?.kind !== 'function_call_expression') return false;
  if (nameOf(source, call)?.toLowerCase() !== 'array_key_exists') return false;
  const [key, array] = argumentsOf(call) ?? [];
  const name = literalOf(source, key);
  if (array?.parent !== consumer || name === undefined) return false;
  const step = stepInto(position, name);
  if (step.kind !== 'error' && step.kind !== 'element') return false;
  const mark = step.kind === 'error' ? 'reasonCode' : (step.path[0] ?? 'statusDetails');
  trace.emit({ ...traced, node: call, text: `isset(${traced.text}${accessText(mark, false)})` });
  return true;
}
