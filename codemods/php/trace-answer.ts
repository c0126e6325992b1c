import type { Edit } from '../codemod';
import { stepInto, type Position } from './answer-fields';
import { isLogged } from './logging';
import { Refusal } from './refusal';
import {
  argumentsOf,
  consumerOf,
  functionOf,
  isMethodCall,
  isPropertyRead,
  literalOf,
  nameOf,
  type PhpNode,
  type PhpSource,
} from './tree';
import { isAsked, rewriteValueUse } from './value-uses';
import { mentionsOf, reaching } from './variables';

/** What an expression holds of a legacy answer. */
type Shape =
  | { readonly kind: 'answer' }
  /** The answer as the text of `toJson()`. */
  | { readonly kind: 'json'; readonly answer?: string }
  | {
      readonly kind: 'data';
      readonly position: Position;
      readonly isObject: boolean;
      /** The variable of the answer that it was read from: status and id of the request are there in v2. */
      readonly answer?: string;
    };

/** An expression, what it holds, and how it reads after the rewrite. */
interface Traced {
  readonly node: PhpNode;
  readonly shape: Shape;
  readonly text: string;
}

/**
 * Follows the answer of one legacy call through the function that makes it and rewrites every read. What it cannot
 * follow is refused: then the call stays as it is.
 */
export class AnswerTrace {
  readonly edits: Edit[] = [];
  /** The variable that holds the answer, and the assignment that gives it. */
  holder: { readonly name: string; readonly assignment: PhpNode } | undefined;
  private readonly depth = new Set<PhpNode>();

  constructor(
    private readonly source: PhpSource,
    private readonly operation: string,
    private readonly helper: string,
  ) {}

  /** `text` is the v2 call that takes the place of the legacy one. */
  start(call: PhpNode, text: string): void {
    this.follow({ node: call, shape: { kind: 'answer' }, text });
  }

  private emit({ node, text }: Traced): void {
    if (this.source.textOf(node) === text) return;
    this.edits.push({ path: this.source.path, start: node.start, end: node.end, text });
  }

  private follow(traced: Traced): void {
    const { consumer, as } = consumerOf(traced.node);
    if (consumer === null) throw new Refusal('its answer is used in a place that is not understood');
    if (consumer.kind === 'assignment_expression' && consumer.parts[1] === as) {
      this.emit(traced);
      return this.followAssignment(consumer, traced.shape);
    }
    if (consumer.kind === 'expression_statement') return this.emit(traced);
    switch (traced.shape.kind) {
      case 'answer':
        return this.followAnswer(traced, consumer, as);
      case 'json':
        return this.followJson(traced, traced.shape.answer, consumer, as);
      case 'data':
        return this.followData(traced, traced.shape, consumer, as);
    }
  }

  private followAnswer(traced: Traced, consumer: PhpNode, as: PhpNode): void {
    const body = `${traced.text}['response']`;
    if (isMethodCall(consumer) && consumer.parts[0] === as) {
      const method = nameOf(this.source, consumer)?.toLowerCase();
      const answer = traced.node.kind === 'variable_name' ? traced.text : undefined;
      if (method === 'toarray') {
        return this.follow({ node: consumer, shape: this.root(false, answer), text: this.decode(body, true) });
      }
      if (method === 'tojson') {
        const shape: Shape = answer === undefined ? { kind: 'json' } : { kind: 'json', answer };
        return this.follow({ node: consumer, shape, text: body });
      }
      if (method === 'toxml' && isLogged(this.source, consumer))
        return this.emit({ ...traced, node: consumer, text: body });
      throw new Refusal(`its answer is read by ${method ?? 'a computed method'}, which v2 does not have`);
    }
    if (isAsked(this.source, consumer) || isLogged(this.source, as)) return this.emit(traced);
    throw new Refusal('its answer leaves the function, and whoever gets it expects the one of legacy');
  }

  private root(isObject: boolean, answer?: string): Shape {
    const position = { kind: 'root', operation: this.operation } as const;
    return { kind: 'data', position, isObject, ...(answer === undefined ? {} : { answer }) };
  }

  private decode(text: string, isArray: boolean): string {
    return `json_decode(${text}${isArray ? ', true' : ''})`;
  }

  private followJson(traced: Traced, answer: string | undefined, consumer: PhpNode, as: PhpNode): void {
    const call = consumer.kind === 'argument' ? consumer.parent?.parent : null;
    const [first, second] = call?.kind === 'function_call_expression' ? (argumentsOf(call) ?? []) : [];
    if (call != null && first?.parent === consumer && nameOf(this.source, call)?.toLowerCase() === 'json_decode') {
      const flag = second === undefined ? 'false' : this.source.textOf(second).toLowerCase();
      if (!['true', 'false', '1', '0'].includes(flag))
        throw new Refusal('its answer is decoded in a way that is not written out');
      const isArray = flag === 'true' || flag === '1';
      return this.follow({ node: call, shape: this.root(!isArray, answer), text: this.decode(traced.text, isArray) });
    }
    if (isLogged(this.source, as)) return this.emit(traced);
    throw new Refusal('the text of its answer leaves the function, and whoever gets it expects that of legacy');
  }

  private followData(traced: Traced, shape: Extract<Shape, { kind: 'data' }>, consumer: PhpNode, as: PhpNode): void {
    const isMember = shape.isObject ? isPropertyRead(consumer) : consumer.kind === 'subscript_expression';
    if (isMember && consumer.parts[0] === as) {
      const name = shape.isObject ? nameOf(this.source, consumer) : literalOf(this.source, consumer.parts[1]);
      if (name === undefined) throw new Refusal('a field of its answer is named by a variable');
      return this.followMember(traced, shape, consumer, name);
    }
    if (consumer.kind === 'encapsed_string') throw new Refusal('its answer stands in a text as a whole');
    const isKeyed = consumer.kind === 'argument' && this.followKeyTest(traced, shape, consumer);
    if (isKeyed) return;
    const { position } = shape;
    if (position.kind === 'element' || position.kind === 'error') {
      const call = consumer.parent?.parent;
      const isIsset =
        call?.kind === 'function_call_expression' && /^(?:isset|empty)$/i.test(nameOf(this.source, call) ?? '');
      // The object itself is the answer in v2, so its presence is that of a field which every object has.
      const mark = position.kind === 'error' ? 'reasonCode' : 'statusDetails';
      const path = position.kind === 'element' && position.path.length > 0 ? '' : this.access(mark, shape.isObject);
      if (isIsset || isAsked(this.source, consumer)) {
        const text = traced.text + path;
        return this.emit({ ...traced, text: isIsset || path === '' ? text : `!empty(${text})` });
      }
    }
    if (isAsked(this.source, consumer) || isLogged(this.source, as)) return this.emit(traced);
    throw new Refusal('a part of its answer leaves the function, and whoever gets it expects the one of legacy');
  }

  /** `array_key_exists('Error', $result)` */
  private followKeyTest(
    traced: Traced,
    { position, isObject }: Extract<Shape, { kind: 'data' }>,
    consumer: PhpNode,
  ): boolean {
    const call = consumer.parent?.parent;
    if (isObject || call?.kind !== 'function_call_expression') return false;
    if (nameOf(this.source, call)?.toLowerCase() !== 'array_key_exists') return false;
    const [key, array] = argumentsOf(call) ?? [];
    const name = literalOf(this.source, key);
    if (array?.parent !== consumer || name === undefined) return false;
    const step = stepInto(position, name);
    if (step.kind !== 'error' && step.kind !== 'element') return false;
    const mark = step.kind === 'error' ? 'reasonCode' : (step.path[0] ?? 'statusDetails');
    const text = `isset(${traced.text}${this.access(mark, false)})`;
    this.emit({ ...traced, node: call, text });
    return true;
  }

  private access(name: string, isObject: boolean): string {
    return isObject ? `->${name}` : `['${name}']`;
  }

  private followMember(traced: Traced, shape: Extract<Shape, { kind: 'data' }>, node: PhpNode, name: string): void {
    const step = stepInto(shape.position, name);
    if (step.kind === 'none') throw new Refusal(`${name} is read of its answer: ${step.because}`);
    if (step.kind === 'metadata') return this.follow({ node, shape: { ...shape, position: step }, text: traced.text });
    if (step.kind === 'status' || step.kind === 'request-id') return this.followResult(node, step.kind, shape.answer);
    const known = shape.position.kind === 'element' ? shape.position.path.length : 0;
    const path = step.kind === 'error' ? [] : step.path.slice(known);
    const text = traced.text + path.map((part) => this.access(part, shape.isObject)).join('');
    if (step.kind !== 'value') {
      return this.follow({ node, shape: { ...shape, position: step }, text });
    }
    this.followValue(node, text, step);
  }

  /** What the SDK says beside the object: legacy said '200', v2 says 200, 201 or 202. */
  private followResult(node: PhpNode, kind: 'status' | 'request-id', answer: string | undefined): void {
    if (answer === undefined || !this.isHeldAt(node, answer)) {
      throw new Refusal('the status or the id of the request is read, and the answer is in no variable there');
    }
    const { consumer, as } = consumerOf(node);
    if (kind === 'request-id') return this.emit({ node, shape: { kind: 'json' }, text: `${answer}['request_id']` });
    const operator = consumer?.kind === 'binary_expression' ? consumer.children[1]?.kind : undefined;
    const other = consumer?.parts.find((part) => part !== as);
    const isOk = other !== undefined && /^(['"]?)200\1$/.test(this.source.textOf(other));
    if (consumer == null || operator === undefined || !isOk || !/^(?:[!=]==?|<>)$/.test(operator)) {
      if (isLogged(this.source, as)) return this.emit({ node, shape: { kind: 'json' }, text: `${answer}['status']` });
      throw new Refusal('the status of its answer is used for more than a test for 200');
    }
    const not = operator.startsWith('=') ? '' : '!';
    this.emit({ node: consumer, shape: { kind: 'json' }, text: `${not}${this.helper}::succeeded(${answer})` });
  }

  private isHeldAt(node: PhpNode, answer: string): boolean {
    const setters = mentionsOf(this.source, functionOf(node), answer)
      .filter(({ isSet }) => isSet)
      .map((mention) => mention.node.parent ?? mention.node);
    return this.holder?.name === answer && reaching(setters, node)?.[0] === this.holder.assignment;
  }

  private followValue(node: PhpNode, text: string, step: Extract<Position, { kind: 'value' }>): void {
    const { consumer } = consumerOf(node);
    const isTarget = consumer?.kind === 'assignment_expression' && consumer.parts[0] === node;
    if (consumer === null || isTarget || /^(?:unset_statement|augmented|reference|by_ref|update)/.test(consumer.kind)) {
      throw new Refusal('a part of its answer is changed');
    }
    if (step.table !== undefined) {
      if (consumer.kind === 'assignment_expression') return this.followValueVariable(node, consumer, text, step.table);
      this.edits.push(...rewriteValueUse(this.source, node, text, step.table));
      return;
    }
    const isQuestion = isAsked(this.source, consumer) && consumer.kind === 'argument';
    const guarded = isQuestion ? text : this.guard(node, text, step);
    this.emit({ node, shape: { kind: 'json' }, text: guarded });
  }

  /** v2 says null where legacy said nothing, or zero. */
  private guard(
    node: PhpNode,
    text: string,
    { isNullable, wasZero, isTime }: Extract<Position, { kind: 'value' }>,
  ): string {
    const isText = node.parent?.kind === 'encapsed_string';
    // What is null in a text is nothing, as an empty element of legacy was.
    if (isText && isNullable && !wasZero && isTime !== true) return text;
    const value = wasZero || isNullable ? `(isset(${text}) ? ${text} : ${wasZero ? "'0'" : 'null'})` : text;
    const written = isTime === true ? `${this.helper}::isoTimestamp(${value})` : value;
    if (isText && written !== text) throw new Refusal('a field that may be missing in v2 stands in a text');
    return written;
  }

  private followAssignment(assignment: PhpNode, shape: Shape): void {
    const { consumer } = consumerOf(assignment);
    if (consumer === null || (consumer.kind !== 'expression_statement' && !isAsked(this.source, consumer))) {
      throw new Refusal('its answer is assigned and used in one expression');
    }
    const name = this.variableOf(assignment);
    if (shape.kind === 'answer') this.holder ??= { name, assignment };
    this.followVariable(assignment, name, (node) => this.follow({ node, shape: this.fromHere(shape), text: name }));
  }

  /** A variable holds the part that was read, so the way to it begins there. */
  private fromHere(shape: Shape): Shape {
    if (shape.kind !== 'data' || shape.position.kind !== 'element') return shape;
    return { ...shape, position: { ...shape.position, path: [] } };
  }

  private followValueVariable(node: PhpNode, assignment: PhpNode, text: string, table: string): void {
    if (consumerOf(assignment).consumer?.kind !== 'expression_statement') {
      throw new Refusal('a state is assigned and used in one expression');
    }
    this.emit({ node, shape: { kind: 'json' }, text });
    const name = this.variableOf(assignment);
    this.followVariable(assignment, name, (read) => {
      this.edits.push(...rewriteValueUse(this.source, read, name, table));
    });
  }

  private variableOf(assignment: PhpNode): string {
    const [left] = assignment.parts;
    if (left?.kind !== 'variable_name') {
      throw new Refusal(
        'its answer is kept in a property or an array, and whoever reads that expects the one of legacy',
      );
    }
    return this.source.textOf(left);
  }

  /** Calls back for every read that sees the value of one assignment, and refuses where it is not the only one. */
  private followVariable(assignment: PhpNode, name: string, use: (node: PhpNode) => void): void {
    if (this.depth.has(assignment)) return;
    this.depth.add(assignment);
    const owner = functionOf(assignment);
    if (owner.kind === 'program' && this.includesLater(assignment)) {
      throw new Refusal(`a file that is included afterwards sees ${name}`);
    }
    const mentions = mentionsOf(this.source, owner, name);
    if (mentions.some(({ isShared }) => isShared)) throw new Refusal(`${name} is shared with other code`);
    const setters = mentions.filter(({ isSet }) => isSet).map(({ node }) => node.parent ?? node);
    for (const { node, isSet } of mentions) {
      if (isSet || node.start < assignment.start) continue;
      const seen = reaching(setters, node);
      if (seen === undefined) throw new Refusal(`what ${name} holds depends on the round of a loop`);
      if (!seen.includes(assignment)) continue;
      const others = seen.filter((setter) => setter !== assignment && !this.isNothing(setter));
      if (others.length > 0) throw new Refusal(`${name} holds one answer or another`);
      use(node);
    }
  }

  private includesLater(assignment: PhpNode): boolean {
    return this.source
      .nodes()
      .some(({ kind, start }) => /^(?:include|require)(?:_once)?_expression$/.test(kind) && start > assignment.start);
  }

  /** `$response = null;` */
  private isNothing(setter: PhpNode): boolean {
    const value = setter.kind === 'assignment_expression' ? setter.parts[1] : undefined;
    return value !== undefined && /^(?:null|false|\[\]|array\(\)|''|"")$/i.test(this.source.textOf(value));
  }
}
