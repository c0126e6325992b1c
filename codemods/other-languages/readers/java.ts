import type { Grammar, TypedName, Unit } from '../grammar';
import { plainType, unquote } from '../grammar';
import { textOf, UNKNOWN, type Expression } from '../names';
import type { Syntax } from '../syntax';

const valuesOf = (node: Syntax): readonly Syntax[] => node.fields.arguments?.children ?? [];
const nameOf = (unit: Unit, node: Syntax | undefined): string => (node === undefined ? '' : textOf(unit, node));

function expressionOf(unit: Unit, node: Syntax | undefined): Expression {
  if (node === undefined) return UNKNOWN;
  const { fields } = node;
  switch (node.kind) {
    case 'this':
    case 'super':
      return { kind: 'this' };
    case 'identifier': {
      const name = textOf(unit, node);
      return /^[A-Z]\w*[a-z]/.test(name) ? { kind: 'type', name } : { kind: 'variable', name };
    }
    case 'field_access':
      return { kind: 'member', of: expressionOf(unit, fields.object), name: nameOf(unit, fields.field) };
    case 'method_reference': {
      const [of, name] = node.children;
      return name === undefined ? UNKNOWN : { kind: 'member', of: expressionOf(unit, of), name: textOf(unit, name) };
    }
    case 'method_invocation':
      return {
        kind: 'call',
        name: nameOf(unit, fields.name),
        ...(fields.object === undefined ? {} : { of: expressionOf(unit, fields.object) }),
      };
    case 'object_creation_expression': {
      const type = plainType(nameOf(unit, fields.type));
      return type === undefined ? UNKNOWN : { kind: 'new', type };
    }
    case 'cast_expression': {
      const type = plainType(nameOf(unit, fields.type));
      return type === undefined ? expressionOf(unit, fields.value) : { kind: 'new', type };
    }
    case 'ternary_expression':
      return { kind: 'either', of: [expressionOf(unit, fields.consequence), expressionOf(unit, fields.alternative)] };
    case 'assignment_expression':
      return expressionOf(unit, fields.right);
    case 'parenthesized_expression':
      return expressionOf(unit, node.children[0]);
    default:
      return UNKNOWN;
  }
}

const typedName = (unit: Unit, name: Syntax | undefined, type: Syntax | undefined, member = false): TypedName[] => {
  const plain = type === undefined ? undefined : plainType(textOf(unit, type));
  return name === undefined
    ? []
    : [{ name: textOf(unit, name), member, ...(plain === undefined ? {} : { type: plain }) }];
};

export const java: Grammar = {
  strings: /^string_literal$/,
  members: /^method_reference$/,
  classOf: (unit, node) => {
    const { name, superclass } = node.fields;
    if (!/^(?:class|interface|enum|record)_declaration$/.test(node.kind) || name === undefined) return undefined;
    const interfaces = node.children.filter(({ kind }) => /^(?:super|extends)_interfaces$/.test(kind));
    const lists = interfaces.flatMap(({ children }) => children).flatMap(({ children }) => children);
    const head = node.kind === 'record_declaration' ? (node.fields.parameters?.children ?? []) : [];
    return {
      name: textOf(unit, name),
      parents: [...(superclass?.children ?? []), ...lists],
      fields: head.flatMap((one) => typedName(unit, one.fields.name, one.fields.type)),
    };
  },
  functionOf: (unit, node) => {
    if (!/^(?:method|constructor)_declaration$/.test(node.kind)) return undefined;
    const { name, type, parameters } = node.fields;
    const returns = type === undefined ? undefined : plainType(textOf(unit, type));
    return {
      name: nameOf(unit, name),
      parameters: (parameters?.children ?? []).flatMap((one) => typedName(unit, one.fields.name, one.fields.type)),
      ...(returns === undefined ? {} : { returns }),
    };
  },
  expressionOf,
  callOf: (unit, node) => {
    if (node.kind !== 'method_invocation') return undefined;
    const { object, name } = node.fields;
    const of = object === undefined ? undefined : expressionOf(unit, object);
    return { of, name: nameOf(unit, name), values: valuesOf(node) };
  },
  madeOf: (unit, node) => {
    const { fields } = node;
    // The handler of notifications is no object.
    if (node.kind === 'method_invocation' && nameOf(unit, fields.name) === 'parseNotification')
      return { type: nameOf(unit, fields.object ?? fields.name), values: valuesOf(node) };
    if (node.kind !== 'object_creation_expression') return undefined;
    const type = plainType(nameOf(unit, fields.type));
    return type === undefined ? undefined : { type, values: valuesOf(node) };
  },
  typedOf: (unit, node) => {
    if (node.kind === 'resource') return typedName(unit, node.fields.name, node.fields.type);
    if (node.kind !== 'field_declaration' && node.kind !== 'local_variable_declaration') return [];
    return node.children
      .filter(({ kind }) => kind === 'variable_declarator')
      .flatMap(({ fields }) => typedName(unit, fields.name, node.fields.type, node.kind === 'field_declaration'));
  },
  assignedOf: (_unit, node) => {
    const { left, right, name, value } = node.fields;
    if (node.kind === 'assignment_expression' && left !== undefined && right !== undefined)
      return [{ to: left, value: right }];
    return /^(?:variable_declarator|resource)$/.test(node.kind) && name !== undefined && value !== undefined
      ? [{ to: name, value }]
      : [];
  },
  returnedOf: (_unit, node) => (node.kind === 'return_statement' ? node.children[0] : undefined),
  importsOf: (unit, node) => {
    if (node.kind !== 'import_declaration' || node.children[0] === undefined) return [];
    const target = textOf(unit, node.children[0]);
    if (node.children.some(({ kind }) => kind === 'asterisk')) return [{ local: '*', target }];
    return [{ local: target.replace(/^.*\./, ''), target }];
  },
  namespaceOf: (unit, node) =>
    node.kind === 'package_declaration' ? nameOf(unit, node.children[node.children.length - 1]) : undefined,
  // Parameters are put into maps, which is a call.
  pairOf: () => undefined,
  linkOf: (unit, node) => {
    const { fields } = node;
    if (node.kind === 'field_access') return { name: nameOf(unit, fields.field), of: fields.object };
    if (node.kind !== 'method_invocation' || fields.object === undefined) return undefined;
    const [key] = valuesOf(node);
    const name = nameOf(unit, fields.name);
    if (/^get$|^getString$|^getJSONObject$/.test(name))
      return { name: key?.kind === 'string_literal' ? unquote(textOf(unit, key)) : undefined, of: fields.object };
    return { name: /^get[A-Z]/.test(name) ? name.slice(3) : undefined, of: fields.object };
  },
  namedOf: (unit, node, parent) =>
    (node.kind === 'type_identifier' && parent?.kind !== 'scoped_type_identifier' && parent?.kind !== 'superclass') ||
    node.kind === 'scoped_type_identifier'
      ? textOf(unit, node)
      : undefined,
};
