import type { Grammar, TypedName, Unit } from '../grammar';
import { plainType, unquote } from '../grammar';
import { textOf, UNKNOWN, type Expression } from '../names';
import type { Syntax } from '../syntax';

const nameOf = (unit: Unit, node: Syntax | undefined): string => (node === undefined ? '' : textOf(unit, node));
const valuesOf = (node: Syntax): readonly Syntax[] =>
  (node.fields.arguments ?? node.children.find(({ kind }) => kind === 'argument_list'))?.children.flatMap(
    ({ children }) => children[children.length - 1] ?? [],
  ) ?? [];

/** `_client.Capture` and `_client?.Capture`, of which the receiver is told apart. */
function memberOf(unit: Unit, node: Syntax): { of: Expression; name: string; holder: Syntax | undefined } | undefined {
  const { fields, children } = node;
  if (node.kind === 'member_access_expression') {
    const isThis = fields.expression === undefined;
    const of: Expression = isThis ? { kind: 'this' } : expressionOf(unit, fields.expression);
    return { of, name: nameOf(unit, fields.name), holder: fields.expression };
  }
  const bound = children.find(({ kind }) => kind === 'member_binding_expression');
  if (node.kind !== 'conditional_access_expression' || bound === undefined) return undefined;
  return { of: expressionOf(unit, fields.condition), name: nameOf(unit, bound.fields.name), holder: fields.condition };
}

function expressionOf(unit: Unit, node: Syntax | undefined): Expression {
  if (node === undefined) return UNKNOWN;
  const { fields, children } = node;
  switch (node.kind) {
    case 'this':
    case 'this_expression':
    case 'base_expression':
      return { kind: 'this' };
    case 'identifier':
      return { kind: 'variable', name: textOf(unit, node) };
    case 'member_access_expression':
    case 'conditional_access_expression': {
      const member = memberOf(unit, node);
      return member === undefined ? UNKNOWN : { kind: 'member', of: member.of, name: member.name };
    }
    case 'invocation_expression': {
      const called = fields.function;
      const member = called === undefined ? undefined : memberOf(unit, called);
      if (member !== undefined) return { kind: 'call', of: member.of, name: member.name };
      const name = nameOf(unit, called).replace(/<.*$/s, '');
      return /^\w+$/.test(name) ? { kind: 'call', name } : UNKNOWN;
    }
    case 'object_creation_expression': {
      const type = plainType(nameOf(unit, fields.type));
      return type === undefined ? UNKNOWN : { kind: 'new', type };
    }
    case 'binary_expression':
      return { kind: 'either', of: [expressionOf(unit, fields.left), expressionOf(unit, fields.right)] };
    case 'conditional_expression':
      return { kind: 'either', of: [expressionOf(unit, fields.consequence), expressionOf(unit, fields.alternative)] };
    case 'cast_expression': {
      const type = plainType(nameOf(unit, fields.type));
      return type === undefined ? expressionOf(unit, fields.value) : { kind: 'new', type };
    }
    case 'assignment_expression':
      return expressionOf(unit, fields.right);
    case 'await_expression':
    case 'parenthesized_expression':
    case 'arrow_expression_clause':
      return expressionOf(unit, children[0]);
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

const TYPED = /^(?:property_declaration|declaration_pattern|foreach_statement)$/;

const IMPLICIT = 'implicit_object_creation_expression';

/** `Client client = new(configuration);`, whose class is that of what it is given to. */
function impliedIn(node: Syntax): { readonly type: Syntax; readonly made: Syntax } | undefined {
  const type = node.fields.type ?? node.fields.returns;
  if (type === undefined || !/^(?:identifier|qualified_name)$/.test(type.kind)) return undefined;
  const values = [...node.children, ...node.children.flatMap(({ children }) => children)];
  const isDeclared = /^(?:variable|property|method)_declaration$/.test(node.kind);
  const made = isDeclared ? values.find(({ kind }) => kind === IMPLICIT) : undefined;
  return made === undefined ? undefined : { type, made };
}

export const csharp: Grammar = {
  strings: /^(?:verbatim_|raw_)?string_literal$/,
  members: /^member_access_expression$/,
  classOf: (unit, node) => {
    const { name } = node.fields;
    if (!/^(?:class|interface|struct|record)_declaration$/.test(node.kind) || name === undefined) return undefined;
    const parents = node.children.filter(({ kind }) => kind === 'base_list').flatMap(({ children }) => children);
    // `record Shop(Client Client)`, `class Shop(Client client)`
    const head = node.children.find(({ kind }) => kind === 'parameter_list')?.children ?? [];
    return {
      name: textOf(unit, name),
      parents: parents.filter(({ kind }) => /identifier|name/.test(kind)),
      fields: head.flatMap((one) => typedName(unit, one.fields.name, one.fields.type)),
    };
  },
  functionOf: (unit, node) => {
    if (!/^(?:method|constructor|property)_declaration$|^local_function_statement$/.test(node.kind)) return undefined;
    const { name, returns, type, parameters, body, value } = node.fields;
    const answer = returns ?? (node.kind === 'constructor_declaration' ? undefined : type);
    const plain = answer === undefined ? undefined : plainType(textOf(unit, answer).replace(/^Task<|>$/g, ''));
    const arrow = [body, value].find((one) => one?.kind === 'arrow_expression_clause');
    return {
      name: nameOf(unit, name),
      parameters: (parameters?.children ?? []).flatMap((one) => typedName(unit, one.fields.name, one.fields.type)),
      ...(plain === undefined ? {} : { returns: plain }),
      ...(arrow === undefined ? {} : { result: arrow }),
    };
  },
  expressionOf,
  callOf: (unit, node) => {
    const value = node.kind === 'invocation_expression' ? expressionOf(unit, node) : UNKNOWN;
    return value.kind === 'call' ? { of: value.of, name: value.name, values: valuesOf(node) } : undefined;
  },
  madeOf: (unit, node) => {
    const implied = impliedIn(node);
    if (implied !== undefined) return { type: textOf(unit, implied.type), values: valuesOf(implied.made) };
    const value = node.kind === 'object_creation_expression' ? expressionOf(unit, node) : UNKNOWN;
    return value.kind === 'new' ? { type: value.type, values: valuesOf(node) } : undefined;
  },
  typedOf: (unit, node, parent) => {
    const { name, left, type } = node.fields;
    if (TYPED.test(node.kind)) return typedName(unit, name ?? left, type, node.kind === 'property_declaration');
    if (node.kind !== 'variable_declaration') return [];
    return node.children
      .filter(({ kind }) => kind === 'variable_declarator')
      .flatMap(({ fields }) => typedName(unit, fields.name, type, parent?.kind === 'field_declaration'));
  },
  assignedOf: (_unit, node) => {
    const { left, right, name } = node.fields;
    if (node.kind === 'assignment_expression' && left !== undefined && right !== undefined)
      return [{ to: left, value: right }];
    const value = node.children[node.children.length - 1];
    return node.kind === 'variable_declarator' && name !== undefined && value !== undefined && value !== name
      ? [{ to: name, value }]
      : [];
  },
  returnedOf: (_unit, node) => (node.kind === 'return_statement' ? node.children[0] : undefined),
  importsOf: (unit, node) => {
    if (node.kind !== 'using_directive') return [];
    const [first, second] = node.children;
    if (first === undefined) return [];
    // `using Pay = AmazonPay.Client;`
    const shared = textOf(unit, node).startsWith('global') ? ({ isGlobal: true } as const) : {};
    if (second !== undefined) return [{ local: textOf(unit, first), target: textOf(unit, second), ...shared }];
    return [{ local: '*', target: textOf(unit, first), ...shared }];
  },
  namespaceOf: (unit, node) => (/namespace_declaration$/.test(node.kind) ? nameOf(unit, node.fields.name) : undefined),
  pairOf: (unit, node) => {
    // { "Action", "Capture" } and ["Action"] = "Capture"
    const [key, value] = node.children;
    if (node.kind === 'initializer_expression' && key?.kind === 'string_literal' && value !== undefined)
      return { key: unquote(textOf(unit, key)), value };
    if (node.kind !== 'assignment_expression' || key?.kind !== 'element_binding_expression' || value === undefined)
      return undefined;
    return { key: unquote(textOf(unit, key).replace(/^\[|\]$/g, '')), value };
  },
  linkOf: (unit, node) => {
    const { fields } = node;
    if (node.kind === 'element_access_expression') {
      const index = unquote(nameOf(unit, fields.subscript).replace(/^\[|\]$/g, ''));
      return { name: /^\w+$/.test(index) ? index : undefined, of: fields.expression };
    }
    const isCall = node.kind === 'invocation_expression' && fields.function !== undefined;
    const member = memberOf(unit, isCall ? (fields.function ?? node) : node);
    if (member === undefined) return undefined;
    const name = isCall ? (/^Get[A-Z]/.test(member.name) ? member.name.slice(3) : undefined) : member.name;
    return { name, of: member.holder };
  },
  namedOf: (unit, node, parent) => {
    if (!/^(?:identifier|qualified_name|generic_name)$/.test(node.kind) || parent === undefined) return undefined;
    const { type, returns } = parent.fields;
    const isType = type === node || returns === node || /^(?:type_argument_list|nullable_type)$/.test(parent.kind);
    return isType && parent.kind !== 'object_creation_expression' ? plainType(textOf(unit, node)) : undefined;
  },
};
