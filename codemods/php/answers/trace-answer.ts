import type { Edit } from '../../codemod';
import type { CallOfOwn } from '../find-callers';
import type { PhpFile } from '../project';
import { Refusal } from '../refusal';
import { argumentsOf, consumerOf, isMethodCall, nameOf, type PhpNode } from '../tree';
import { readsOf, variableOf } from './follow-variable';
import { ReturnedParts, retype, type CallersOf } from './follow-return';
import { isLogged } from './logging';
import { readData } from './read-data';
import { decodeText, fromHere, rootShape, type Holder, type Shape, type Trace } from './shapes';
import type { Traced } from './shapes';
import { comparedWithNothing, isAsked, rewriteValueUse } from './value-uses';

/**
 * Follows the answer of one legacy call through the function that makes it, and through the functions that it is returned
 * to, and rewrites every read. What it cannot follow is refused: then the call stays as it is.
 */
export class AnswerTrace implements Trace {
  readonly edits: Edit[] = [];
  readonly holders: Holder[] = [];
  /** Calls of other functions, from which a part of the answer comes. */
  readonly readers: CallOfOwn[] = [];
  private readonly followed = new Set<PhpNode>();
  private readonly returned = new ReturnedParts();

  constructor(
    readonly operation: string,
    private readonly callersOf: CallersOf,
  ) {}

  /** The variable that holds the answer in the function that makes the call. */
  get holder(): Holder | undefined {
    return this.holders[0];
  }

  /** `text` is the v2 call that takes the place of the legacy one. */
  start(file: PhpFile, call: PhpNode, text: string): void {
    this.follow({ file, node: call, shape: { kind: 'answer' }, text });
    for (let next = this.returned.next(); next !== undefined; next = this.returned.next()) {
      this.add(retype(next));
      for (const reader of this.callersOf(next.file, next.owner)) {
        const { file: reading, call: node } = reader;
        this.readers.push(reader);
        this.follow({ file: reading, node, shape: next.shape, text: reading.source.textOf(node) });
      }
    }
  }

  add(edits: readonly Edit[]): void {
    this.edits.push(...edits);
  }

  emit({ file, node, text }: Pick<Traced, 'file' | 'node' | 'text'>): void {
    if (file.source.textOf(node) === text) return;
    this.edits.push({ path: file.source.path, start: node.start, end: node.end, text });
  }

  follow(traced: Traced): void {
    const { consumer, as } = consumerOf(traced.node);
    if (consumer === null) throw new Refusal('its answer is used in a place that is not understood');
    if (consumer.kind === 'assignment_expression' && consumer.parts[1] === as) {
      this.emit(traced);
      return this.followAssignment(traced.file, consumer, traced.shape);
    }
    if (consumer.kind === 'expression_statement') return this.emit(traced);
    if (consumer.kind === 'return_statement') {
      this.emit(traced);
      return this.returned.add(traced.file, consumer, fromHere(traced.shape));
    }
    switch (traced.shape.kind) {
      case 'answer':
        return this.followAnswer(traced, consumer, as);
      case 'json':
        return this.followJson(traced, traced.shape.answer, consumer, as);
      case 'data':
        return readData(this, traced, traced.shape);
      case 'word':
        return this.add(rewriteValueUse(traced.file.source, traced.node, traced.text, traced.shape.table));
    }
  }

  private followAnswer(traced: Traced, consumer: PhpNode, as: PhpNode): void {
    const { file, node, text } = traced;
    const body = `${text}['response']`;
    if (isMethodCall(consumer) && consumer.parts[0] === as) {
      const method = nameOf(file.source, consumer)?.toLowerCase();
      const answer = node.kind === 'variable_name' ? text : undefined;
      if (method === 'toarray') {
        const shape = rootShape(this.operation, false, answer);
        return this.follow({ file, node: consumer, shape, text: decodeText(body, true) });
      }
      if (method === 'tojson') {
        const shape: Shape = answer === undefined ? { kind: 'json' } : { kind: 'json', answer };
        return this.follow({ file, node: consumer, shape, text: body });
      }
      if (method === 'toxml' && isLogged(file.source, consumer)) return this.emit({ file, node: consumer, text: body });
      throw new Refusal(`its answer is read by ${method ?? 'a computed method'}, which v2 does not have`);
    }
    const isKnown = isAsked(file.source, consumer, as) || comparedWithNothing(file.source, consumer, as) !== undefined;
    if (isKnown || isLogged(file.source, as)) return this.emit(traced);
    throw new Refusal('its answer leaves the function, and whoever gets it expects the one of legacy');
  }

  private followJson(traced: Traced, answer: string | undefined, consumer: PhpNode, as: PhpNode): void {
    const { file, text } = traced;
    const call = consumer.kind === 'argument' ? consumer.parent?.parent : null;
    const [first, second] = call?.kind === 'function_call_expression' ? (argumentsOf(call) ?? []) : [];
    if (call != null && first?.parent === consumer && nameOf(file.source, call)?.toLowerCase() === 'json_decode') {
      const flag = second === undefined ? 'false' : file.source.textOf(second).toLowerCase();
      if (!['true', 'false', '1', '0'].includes(flag))
        throw new Refusal('its answer is decoded in a way that is not written out');
      const isArray = flag === 'true' || flag === '1';
      const shape = rootShape(this.operation, !isArray, answer);
      return this.follow({ file, node: call, shape, text: decodeText(text, isArray) });
    }
    if (isLogged(file.source, as)) return this.emit(traced);
    throw new Refusal('the text of its answer leaves the function, and whoever gets it expects that of legacy');
  }

  private followAssignment(file: PhpFile, assignment: PhpNode, shape: Shape): void {
    const { source } = file;
    const { consumer, as } = consumerOf(assignment);
    const isAlone = consumer?.kind === 'expression_statement';
    if (shape.kind === 'word' && !isAlone) throw new Refusal('a state is assigned and used in one expression');
    if (consumer === null || (!isAlone && !isAsked(source, consumer, as))) {
      throw new Refusal('its answer is assigned and used in one expression');
    }
    const name = variableOf(source, assignment);
    if (shape.kind === 'answer') this.holders.push({ name, assignment });
    if (this.followed.has(assignment)) return;
    this.followed.add(assignment);
    for (const node of readsOf(source, assignment, name)) {
      this.follow({ file, node, shape: fromHere(shape), text: name });
    }
  }
}
