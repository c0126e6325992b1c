import { textOf, UNKNOWN, type Expression } from '../names';
import type { Syntax } from '../syntax';

interface Unit {
  readonly text: string;
}

/** `$client` without its dollar sign. */
export const variableOf = (unit: Unit, node: Syntax): string => textOf(unit, node).replace(/^\$+/, '');

/** A class as it is written, without what a nullable or a list of types adds. */
export const typeOf = (unit: Unit, node: Syntax | undefined): string | undefined => {
  const written = node === undefined ? undefined : textOf(unit, node);
  return written
    ?.split('|')
    .find((one) => !/^\??(?:null|array|mixed|string|int|bool|float|void|iterable)$/i.test(one))
    ?.replace(/^\?/, '');
};

/** The text of a string that holds no variable. */
export function stringOf(unit: Unit, node: Syntax | undefined): string | undefined {
  if (node === undefined || !/^(?:encapsed_)?string$/.test(node.kind)) return undefined;
  if (node.children.some(({ kind }) => kind !== 'string_content' && kind !== 'escape_sequence')) return undefined;
  return textOf(unit, node).slice(1, -1);
}

/** `self::`, `static::` and `parent::` stand for the class around them, and what it extends. */
const scopeOf = (unit: Unit, node: Syntax): Expression =>
  node.kind === 'relative_scope'
    ? { kind: 'this' }
    : /name$/.test(node.kind) && node.kind !== 'variable_name'
      ? { kind: 'type', name: textOf(unit, node) }
      : expressionOf(unit, node);

/** The name of a member; undefined when it is computed. */
export const memberName = (unit: Unit, node: Syntax | undefined): string | undefined =>
  node?.kind === 'name' ? textOf(unit, node) : undefined;

/** What may hold a client, in PHP. */
export function expressionOf(unit: Unit, node: Syntax | undefined): Expression {
  if (node === undefined) return UNKNOWN;
  const { fields, children } = node;
  switch (node.kind) {
    case 'variable_name': {
      const name = variableOf(unit, node);
      return name === 'this' ? { kind: 'this' } : { kind: 'variable', name };
    }
    case 'member_access_expression':
    case 'nullsafe_member_access_expression': {
      const name = memberName(unit, fields.name);
      return name === undefined ? UNKNOWN : { kind: 'member', of: expressionOf(unit, fields.object), name };
    }
    case 'scoped_property_access_expression':
      return fields.scope === undefined || fields.name === undefined
        ? UNKNOWN
        : { kind: 'member', of: scopeOf(unit, fields.scope), name: variableOf(unit, fields.name) };
    case 'member_call_expression':
    case 'nullsafe_member_call_expression': {
      const name = memberName(unit, fields.name);
      return name === undefined ? UNKNOWN : { kind: 'call', of: expressionOf(unit, fields.object), name };
    }
    case 'scoped_call_expression': {
      const name = memberName(unit, fields.name);
      return name === undefined || fields.scope === undefined
        ? UNKNOWN
        : { kind: 'call', of: scopeOf(unit, fields.scope), name };
    }
    case 'function_call_expression': {
      const name = fields.function === undefined ? '' : textOf(unit, fields.function);
      return /^[\w\\]+$/.test(name) ? { kind: 'call', name: name.replace(/^.*\\/, '') } : UNKNOWN;
    }
    case 'object_creation_expression': {
      const made = children[0];
      return made !== undefined && /^(?:qualified_)?name$/.test(made.kind)
        ? { kind: 'new', type: textOf(unit, made) }
        : UNKNOWN;
    }
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      return expressionOf(unit, fields.right);
    case 'conditional_expression':
      return {
        kind: 'either',
        of: [expressionOf(unit, fields.body ?? fields.condition), expressionOf(unit, fields.alternative)],
      };
    case 'binary_expression':
      return /^\s*\?\?/.test(unit.text.slice(fields.left?.end ?? 0, fields.right?.start ?? 0))
        ? { kind: 'either', of: [expressionOf(unit, fields.left), expressionOf(unit, fields.right)] }
        : UNKNOWN;
    case 'parenthesized_expression':
    case 'clone_expression':
    case 'argument':
    case 'by_ref':
      return expressionOf(unit, children[children.length - 1]);
    default:
      return UNKNOWN;
  }
}

/** What a value is, where a container is asked for a class: `$container->get(Client::class)`, `app(Client::class)`. */
export function valueOf(unit: Unit, node: Syntax | undefined): Expression {
  const value = expressionOf(unit, node);
  const handed = node?.fields.arguments?.children ?? [];
  const [only] = handed.flatMap(({ children }) => children);
  if (value.kind !== 'call' || handed.length !== 1 || only?.kind !== 'class_constant_access_expression') return value;
  const type = /^([\w\\]+)\s*::\s*class$/.exec(textOf(unit, only))?.[1];
  return type === undefined ? value : { kind: 'new', type };
}
