import { ClassNames } from './class-names';
import { classOf, functionOf, isMethodCall, isPropertyRead, unwrap, type PhpNode, type PhpSource } from './tree';
import { mentionsOf } from './variables';

const THIS = new Set(['$this', 'self', 'static']);
const ASSIGNS = new Set(['assignment_expression', 'augmented_assignment_expression']);

/** A function, and what is known of types in its file. */
export interface Callee {
  readonly types: ExpressionTypes;
  readonly node: PhpNode;
}

/**
 * Tells of which class the value of an expression of one file is: by `new`, by the types of parameters, properties and
 * return values, by `@var` and `@param`, and by what is assigned. Certain only, since code is rewritten on it: what is
 * assigned something else as well is of no class. `ClientFollower` of the other languages asks the opposite question: what
 * may be a client, anywhere in the project, so that it is listed.
 */
export class ExpressionTypes {
  readonly names: ClassNames;
  private readonly known = new Map<PhpNode, string | undefined>();
  private readonly variables = new Map<PhpNode, Map<string, string | undefined>>();

  /** @param callee the one function of the project that a call enters */
  constructor(
    private readonly source: PhpSource,
    private readonly callee: (call: PhpNode) => Callee | undefined = () => undefined,
  ) {
    this.names = new ClassNames(source);
  }

  /** Whether an expression is the legacy client. */
  isClient(expression: PhpNode): boolean {
    const name = this.classOf(expression);
    return name !== undefined && this.names.isClient(`\\${name}`);
  }

  /** The whole name of the class of a value, in small letters; undefined when it is not certain. */
  classOf(expression: PhpNode): string | undefined {
    const node = unwrap(expression);
    if (this.known.has(node)) return this.known.get(node);
    // A value that is made of itself is of no class.
    this.known.set(node, undefined);
    const answer = this.look(node);
    this.known.set(node, answer);
    return answer;
  }

  /** The type that a function, a parameter or a property is declared with. */
  declaredType(node: PhpNode): PhpNode | undefined {
    return node.parts.find(({ kind }) => /_type$/.test(kind) && kind !== 'cast_type');
  }

  /** The comment in front of a declaration. */
  commentOf(node: PhpNode): PhpNode | undefined {
    const siblings = node.parent?.children ?? [];
    const comment = siblings[siblings.indexOf(node) - 1];
    return comment?.kind === 'comment' ? comment : undefined;
  }

  private look(node: PhpNode): string | undefined {
    const [first, second, third] = node.parts;
    switch (node.kind) {
      case 'object_creation_expression':
        return this.made(node);
      case 'assignment_expression':
        return second === undefined ? undefined : this.classOf(second);
      case 'variable_name':
        return this.variableOnce(node);
      case 'scoped_property_access_expression':
        return this.property(node);
      case 'scoped_call_expression':
      case 'function_call_expression':
        return this.returnedBy(node);
      case 'conditional_expression':
        return this.common([third ?? first, second].flatMap((value) => value ?? []));
      case 'binary_expression':
        return node.children.some(({ kind }) => kind === '??') ? this.common(node.parts) : undefined;
      case 'augmented_assignment_expression':
        return node.children.some(({ kind }) => kind === '??=') ? this.common(node.parts) : undefined;
      default:
        if (isPropertyRead(node)) return this.property(node);
        return isMethodCall(node) ? this.returnedBy(node) : undefined;
    }
  }

  private made(node: PhpNode): string | undefined {
    const name = node.parts.find(({ kind }) => kind === 'name' || kind === 'qualified_name');
    return name === undefined ? undefined : this.named(node, this.source.textOf(name));
  }

  private named(node: PhpNode, type: string): string | undefined {
    if (!/^(?:self|static)$/i.test(type)) return this.names.classIn(type);
    const owner = classOf(node);
    return owner === undefined ? undefined : this.names.nameOf(owner);
  }

  /** Every value must be of the same class, or null. */
  private common(values: readonly PhpNode[]): string | undefined {
    const real = values.filter(({ kind }) => kind !== 'null');
    const [first] = real;
    const name = first === undefined ? undefined : this.classOf(first);
    return name !== undefined && real.every((value) => this.classOf(value) === name) ? name : undefined;
  }

  /** A variable is of one class wherever it stands in a function. */
  private variableOnce(node: PhpNode): string | undefined {
    const owner = functionOf(node);
    const name = this.source.textOf(node);
    const known = this.variables.get(owner) ?? new Map<string, string | undefined>();
    this.variables.set(owner, known);
    if (known.has(name)) return known.get(name);
    // While it is looked at it is of no class, as one that is made of itself.
    known.set(name, undefined);
    const answer = this.variable(node);
    known.set(name, answer);
    return answer;
  }

  private variable(node: PhpNode): string | undefined {
    const name = this.source.textOf(node);
    const owner = functionOf(node);
    if (name === '$this') return this.named(node, 'self');
    const mentions = mentionsOf(this.source, owner, name);
    if (mentions.some(({ node: { parent } }) => parent?.kind === 'by_ref')) return undefined;
    const parameter = owner.parts
      .flatMap(({ kind, parts }) => (kind === 'formal_parameters' ? parts : []))
      .find(({ parts }) => parts.some((part) => this.source.textOf(part) === name));
    const setters = mentions.flatMap(({ node: { parent }, isSet }) => (isSet && parent !== null ? [parent] : []));
    const others = setters.filter((setter) => setter !== parameter && setter.kind !== 'unset_statement');
    const values = others.map((setter) => (ASSIGNS.has(setter.kind) ? this.assigned(setter) : undefined));
    if (parameter?.kind === 'variadic_parameter') return undefined;
    if (parameter !== undefined) {
      const declared = this.declaredType(parameter);
      const type = declared === undefined ? this.documented(owner, 'param', name) : this.source.textOf(declared);
      const known = type === undefined ? undefined : this.named(node, type);
      return values.every((value) => value === 'null' || value === known) ? known : undefined;
    }
    const real = values.filter((value) => value !== 'null');
    if (values.length > 0) return real.every((value) => value === real[0]) ? real[0] : undefined;
    const closes = owner.parts.some(
      ({ kind, parts }) =>
        kind === 'anonymous_function_use_clause' && parts.some((part) => this.source.textOf(part) === name),
    );
    if ((closes || owner.kind === 'arrow_function') && owner.parent !== null) return this.outside(owner, name);
    return undefined;
  }

  /** The class that is assigned; `null` for none. */
  private assigned(setter: PhpNode): string | undefined {
    const right = setter.parts[1];
    if (right === undefined) return undefined;
    if (right.kind === 'null') return 'null';
    const isPlain = setter.kind === 'assignment_expression' || setter.children.some(({ kind }) => kind === '??=');
    return isPlain ? this.classOf(right) : undefined;
  }

  /** A closure sees the variable of the function around it. */
  private outside(closure: PhpNode, name: string): string | undefined {
    const owner = functionOf(closure);
    const same = this.source
      .nodes(owner)
      .find(
        (inner) => inner.kind === 'variable_name' && functionOf(inner) === owner && this.source.textOf(inner) === name,
      );
    return same === undefined ? undefined : this.classOf(same);
  }

  private property(node: PhpNode): string | undefined {
    const [object, property] = node.parts;
    const owner = classOf(node);
    if (object === undefined || property === undefined || owner === undefined) return undefined;
    const isComputed = property.kind !== (node.kind === 'scoped_property_access_expression' ? 'variable_name' : 'name');
    if (isComputed || !THIS.has(this.source.textOf(object))) return undefined;
    const name = this.source.textOf(property).replace(/^\$/, '');
    const inside = this.source.nodes(owner).filter((inner) => classOf(inner) === owner);
    const declared = inside.find(
      (inner) =>
        ['property_element', 'property_promotion_parameter'].includes(inner.kind) &&
        inner.parts.some((part) => part.kind === 'variable_name' && this.source.textOf(part) === `$${name}`),
    );
    const holder = declared?.kind === 'property_element' ? declared.parent : declared;
    const written = holder == null ? undefined : this.declaredType(holder);
    const type = written === undefined ? undefined : this.source.textOf(written);
    const said = type ?? (holder == null ? undefined : this.documented(holder, 'var'));
    if (said !== undefined) return this.named(node, said);
    const isOf = new RegExp(`^(?:\\$this->|(?:self|static)::\\$)${name}$`);
    const setters = inside.filter(
      ({ kind, parts: [left] }) => ASSIGNS.has(kind) && left !== undefined && isOf.test(this.source.textOf(left)),
    );
    const values = setters.map((setter) => this.assigned(setter)).filter((value) => value !== 'null');
    return values.length > 0 && values.every((value) => value === values[0]) ? values[0] : undefined;
  }

  /** `$this->getClient()`: by the type it returns, or by what every `return` in it gives. */
  private returnedBy(call: PhpNode): string | undefined {
    const callee = this.callee(call);
    return callee?.types.returnedClass(callee.node);
  }

  /** The class of what a function of this file returns. */
  returnedClass(node: PhpNode): string | undefined {
    const declared = this.declaredType(node);
    const type = declared === undefined ? this.documented(node, 'return') : this.source.textOf(declared);
    if (type !== undefined) return this.named(node, type);
    const returned = this.source
      .nodes(node)
      .filter((inner) => inner.kind === 'return_statement' && functionOf(inner) === node);
    return this.common(returned.flatMap(({ parts: [value] }) => value ?? []));
  }

  /** `@var Client` in the comment in front of a declaration; a list of clients is no client. */
  private documented(node: PhpNode, tag: 'var' | 'param' | 'return', name?: string): string | undefined {
    const comment = this.commentOf(node);
    if (comment === undefined) return undefined;
    const after = name === undefined ? '(?![\\w\\\\|?[<])' : `\\s+\\${name}\\b`;
    return new RegExp(`@${tag}\\s+([\\w\\\\|?]+)${after}`).exec(this.source.textOf(comment))?.[1];
  }
}
