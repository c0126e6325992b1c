import { checkDepth, parseWith, type ParserNode } from '../grammars';

/** A node of the syntax tree of tree-sitter-php; offsets are UTF-16 units of the text, as everywhere in the toolkit. */
export interface PhpNode {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly parent: PhpNode | null;
  /** All children, with keywords and punctuation. */
  readonly children: readonly PhpNode[];
  /** The named children, without comments. */
  readonly parts: readonly PhpNode[];
}

/** One parsed file. The tree is copied out of the parser's memory, which is free again at once. */
export class PhpSource {
  readonly root: PhpNode;
  /** Whether the parser understood all of it. */
  readonly isWhole: boolean;
  /** All nodes in the order of the text, so that those below one follow it without a gap. */
  private readonly list: PhpNode[] = [];
  private readonly places = new Map<PhpNode, number>();

  constructor(
    readonly path: string,
    readonly text: string,
  ) {
    this.root = copy(parseWith('php', text), null);
    this.note(this.root);
    this.isWhole = !this.list.some(({ kind }) => kind === 'ERROR');
  }

  private note(node: PhpNode): void {
    this.places.set(node, this.list.length);
    this.list.push(node);
    for (const child of node.children) this.note(child);
  }

  textOf(node: PhpNode): string {
    return this.text.slice(node.start, node.end);
  }

  /** One node and every node below it, in the order of the text. */
  nodes(below: PhpNode = this.root): readonly PhpNode[] {
    const first = this.places.get(below) ?? 0;
    const last = lastOf(below);
    return this.list.slice(first, (this.places.get(last) ?? first) + 1);
  }

  all(...kinds: readonly string[]): readonly PhpNode[] {
    return this.nodes().filter(({ kind }) => kinds.includes(kind));
  }
}

function lastOf(node: PhpNode): PhpNode {
  const last = node.children[node.children.length - 1];
  return last === undefined ? node : lastOf(last);
}

function copy(node: ParserNode, parent: PhpNode | null, depth = 0): PhpNode {
  checkDepth(depth);
  const { start, end } = node.range();
  const children: PhpNode[] = [];
  const parts: PhpNode[] = [];
  const made: PhpNode = { kind: node.kind(), start: start.index, end: end.index, parent, children, parts };
  for (const child of node.children()) {
    const copied = copy(child, made, depth + 1);
    children.push(copied);
    if (child.isNamed() && copied.kind !== 'comment') parts.push(copied);
  }
  return made;
}

/** The nodes around one, the nearest first. */
export function around(node: PhpNode): PhpNode[] {
  return node.parent === null ? [] : [node.parent, ...around(node.parent)];
}

const FUNCTIONS = ['method_declaration', 'function_definition', 'anonymous_function', 'arrow_function', 'program'];

export const isFunction = ({ kind }: PhpNode): boolean => FUNCTIONS.includes(kind);

/** The function whose variables a place sees; the file itself outside of all functions. */
export const functionOf = (node: PhpNode): PhpNode => around(node).find(isFunction) ?? node;

export const classOf = (node: PhpNode): PhpNode | undefined =>
  around(node).find(({ kind }) => ['class_declaration', 'trait_declaration', 'anonymous_class'].includes(kind));

export const statementOf = (node: PhpNode): PhpNode =>
  [node, ...around(node)].find(({ kind }) => /_statement$/.test(kind)) ?? node;

/** The value of `'text'` or `"text"` without escapes and variables. */
export function literalOf(source: PhpSource, node: PhpNode | undefined): string | undefined {
  if (node === undefined || !['string', 'encapsed_string'].includes(node.kind)) return undefined;
  if (node.parts.some(({ kind }) => kind !== 'string_content')) return undefined;
  const inner = source.text.slice(node.start + 1, node.end - 1);
  return inner.includes('\\') ? undefined : inner;
}

/** What an expression is without the parentheses around it. */
export function unwrap(node: PhpNode): PhpNode {
  const [inner] = node.parts;
  return node.kind === 'parenthesized_expression' && inner !== undefined ? unwrap(inner) : node;
}

/** The nearest node around an expression that is not a pair of parentheses, and the expression as that one sees it. */
export function consumerOf(node: PhpNode): { readonly consumer: PhpNode | null; readonly as: PhpNode } {
  const { parent } = node;
  return parent?.kind === 'parenthesized_expression' && parent.parent?.kind !== 'switch_statement'
    ? consumerOf(parent)
    : { consumer: parent, as: node };
}

/** The arguments of a call as expressions; undefined when they are spread or named. */
export function argumentsOf(call: PhpNode): readonly PhpNode[] | undefined {
  const list = call.children.find(({ kind }) => kind === 'arguments');
  const values = (list?.parts ?? []).map(({ parts }) => (parts.length === 1 ? parts[0] : undefined));
  return values.every((value): value is PhpNode => value !== undefined && value.kind !== 'variadic_unpacking')
    ? values
    : undefined;
}

/** The name of a method, property or function where it is written out. */
export function nameOf(source: PhpSource, node: PhpNode): string | undefined {
  const name = node.kind === 'function_call_expression' ? node.parts[0] : node.parts[1];
  if (name === undefined || !['name', 'qualified_name'].includes(name.kind)) return undefined;
  return source.textOf(name).replace(/^\\/, '');
}

/** `$client->capture(…)` and `$client?->capture(…)`. */
export const isMethodCall = ({ kind }: PhpNode): boolean =>
  kind === 'member_call_expression' || kind === 'nullsafe_member_call_expression';

/** `$client->success` */
export const isPropertyRead = ({ kind }: PhpNode): boolean =>
  kind === 'member_access_expression' || kind === 'nullsafe_member_access_expression';

/** The name that a function, method or class is declared with. */
export function declaredName(source: PhpSource, node: PhpNode): string | undefined {
  const name = node.parts.find(({ kind }) => kind === 'name');
  return name === undefined ? undefined : source.textOf(name);
}

/** `src/Gateway.php:12` */
export const placeOf = (source: PhpSource, { start }: PhpNode): string =>
  `${source.path}:${source.text.slice(0, start).split('\n').length}`;

/** The parameters that a function is declared with. */
export const parametersOf = (owner: PhpNode): readonly PhpNode[] =>
  owner.parts.flatMap(({ kind, parts }) => (kind === 'formal_parameters' ? parts : []));

/** The parameter that gets one argument; none where it would be one of many, or changed. */
export function parameterAt(owner: PhpNode, index: number): PhpNode | undefined {
  const parameter = parametersOf(owner)[index];
  const isPlain = parameter?.parts.every(({ kind }) => kind !== 'reference_modifier') === true;
  return isPlain && parameter.kind !== 'variadic_parameter' ? parameter : undefined;
}

/** Who reaches a method or property: everyone, where nothing is said. */
export function visibilityOf(source: PhpSource, declaration: PhpNode): 'public' | 'protected' | 'private' {
  const said = declaration.parts.find(({ kind }) => kind === 'visibility_modifier');
  const text = said === undefined ? '' : source.textOf(said).toLowerCase();
  return text === 'private' || text === 'protected' ? text : 'public';
}

/** Whether a class takes methods from traits, which reach what is private in it. */
export const usesTraits = (declaration: PhpNode): boolean =>
  declaration.parts.some(({ parts }) => parts.some(({ kind }) => kind === 'use_declaration'));
