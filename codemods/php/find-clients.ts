import { ClassNames } from './class-names';
import {
  classOf,
  functionOf,
  isMethodCall,
  isPropertyRead,
  nameOf,
  unwrap,
  type PhpNode,
  type PhpSource,
} from './tree';

/**
 * Tells which expressions of one file are the legacy client: by `new`, by the types of parameters, properties and
 * return values, by `@var` and `@param`, and by what is assigned. Certain only, since calls are rewritten on it: what is
 * assigned something else as well is no client. `ClientFollower` of the other languages asks the opposite question: what
 * may be a client, anywhere in the project, so that it is listed.
 */
export class Clients {
  private readonly names: ClassNames;
  private readonly known = new Map<PhpNode, boolean>();

  constructor(private readonly source: PhpSource) {
    this.names = new ClassNames(source);
  }

  isClient(expression: PhpNode): boolean {
    const node = unwrap(expression);
    const known = this.known.get(node);
    if (known !== undefined) return known;
    // A client that is made of itself is none.
    this.known.set(node, false);
    const answer = this.look(node);
    this.known.set(node, answer);
    return answer;
  }

  private look(node: PhpNode): boolean {
    if (node.kind === 'object_creation_expression') return this.isMade(node);
    if (node.kind === 'assignment_expression') return this.isClient(node.parts[1] ?? node);
    if (node.kind === 'variable_name') return this.isClientVariable(node);
    if (isPropertyRead(node) || node.kind === 'scoped_property_access_expression') return this.isClientProperty(node);
    if (isMethodCall(node) || node.kind === 'scoped_call_expression') return this.isClientMethod(node);
    return false;
  }

  private isMade(node: PhpNode): boolean {
    const name = node.parts.find(({ kind }) => kind === 'name' || kind === 'qualified_name');
    return name !== undefined && this.names.isClient(this.source.textOf(name));
  }

  private typeOf(node: PhpNode): string | undefined {
    const type = node.parts.find(({ kind }) => /_type$/.test(kind) && kind !== 'cast_type');
    return type === undefined ? undefined : this.source.textOf(type);
  }

  /** Every value that is assigned must be the client, or null. */
  private areClients(values: readonly PhpNode[]): boolean {
    const real = values.filter(({ kind }) => kind !== 'null');
    return real.length > 0 && real.every((value) => this.isClient(value));
  }

  private isClientVariable(node: PhpNode): boolean {
    const name = this.source.textOf(node);
    if (name === '$this') return false;
    const owner = functionOf(node);
    const inside = this.source.nodes(owner).filter((inner) => functionOf(inner) === owner);
    const parameter = inside.find(
      (inner) => /_parameter$/.test(inner.kind) && inner.parts.some((part) => this.source.textOf(part) === name),
    );
    if (parameter !== undefined) {
      const type = this.typeOf(parameter) ?? this.documented(owner, 'param', name);
      return type !== undefined && this.names.isClient(type);
    }
    const assigned = inside.filter(
      ({ kind, parts: [left] }) =>
        kind === 'assignment_expression' && left !== undefined && this.source.textOf(left) === name,
    );
    if (assigned.length > 0) return this.areClients(assigned.flatMap(({ parts: [, right] }) => right ?? []));
    const closes = owner.parts.some(
      ({ kind, parts }) =>
        kind === 'anonymous_function_use_clause' && parts.some((part) => this.source.textOf(part) === name),
    );
    if ((closes || owner.kind === 'arrow_function') && owner.parent !== null) return this.outside(owner, name);
    return false;
  }

  /** A closure sees the variable of the function around it. */
  private outside(closure: PhpNode, name: string): boolean {
    const owner = functionOf(closure);
    const same = this.source
      .nodes(owner)
      .find(
        (inner) => inner.kind === 'variable_name' && functionOf(inner) === owner && this.source.textOf(inner) === name,
      );
    return same !== undefined && this.isClientVariable(same);
  }

  private isClientProperty(node: PhpNode): boolean {
    const [object, property] = node.parts;
    const owner = classOf(node);
    if (object === undefined || property === undefined || owner === undefined) return false;
    if (!['$this', 'self', 'static'].includes(this.source.textOf(object))) return false;
    const name = this.source.textOf(property).replace(/^\$/, '');
    const inside = this.source.nodes(owner).filter((inner) => classOf(inner) === owner);
    const declared = inside.find(
      (inner) =>
        ['property_element', 'property_promotion_parameter'].includes(inner.kind) &&
        inner.parts.some((part) => part.kind === 'variable_name' && this.nameIs(part, name)),
    );
    const holder = declared?.kind === 'property_element' ? declared.parent : declared;
    const type = holder == null ? undefined : (this.typeOf(holder) ?? this.documented(holder, 'var'));
    if (type !== undefined) return this.names.isClient(type);
    const written = inside.filter(
      ({ kind, parts: [left] }) => kind === 'assignment_expression' && left !== undefined && this.isSame(left, name),
    );
    return this.areClients(written.flatMap(({ parts: [, right] }) => right ?? []));
  }

  private nameIs(variable: PhpNode, name: string): boolean {
    return this.source.textOf(variable) === `$${name}`;
  }

  /** `$this->name`, `self::$name` */
  private isSame(left: PhpNode, name: string): boolean {
    return new RegExp(`^(?:\\$this->|(?:self|static)::\\$)${name}$`).test(this.source.textOf(left));
  }

  /** `$this->getClient()`: by the type it returns, or by what every `return` in it gives. */
  private isClientMethod(node: PhpNode): boolean {
    const [object] = node.parts;
    const owner = classOf(node);
    const name = nameOf(this.source, node)?.toLowerCase();
    if (object === undefined || owner === undefined || name === undefined) return false;
    if (!['$this', 'self', 'static'].includes(this.source.textOf(object))) return false;
    const method = this.source
      .nodes(owner)
      .find(
        ({ kind, parts }) =>
          kind === 'method_declaration' &&
          parts.some((part) => part.kind === 'name' && this.source.textOf(part).toLowerCase() === name),
      );
    if (method === undefined) return false;
    const type = this.typeOf(method) ?? this.documented(method, 'return');
    if (type !== undefined) return this.names.isClient(type);
    const returned = this.source
      .nodes(method)
      .filter((inner) => inner.kind === 'return_statement' && functionOf(inner) === method);
    return this.areClients(returned.flatMap(({ parts: [value] }) => value ?? []));
  }

  /** `@var Client` in the comment in front of a declaration. */
  private documented(node: PhpNode, tag: 'var' | 'param' | 'return', name?: string): string | undefined {
    const siblings = node.parent?.children ?? [];
    const comment = siblings[siblings.indexOf(node) - 1];
    if (comment?.kind !== 'comment') return undefined;
    const after = name === undefined ? '' : `\\s+\\${name}\\b`;
    return new RegExp(`@${tag}\\s+([\\w\\\\|?]+)${after}`).exec(this.source.textOf(comment))?.[1];
  }
}
