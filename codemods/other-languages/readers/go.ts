import type { Grammar, TypedName, Unit } from '../grammar';
import { plainType, unquote } from '../grammar';
import { textOf, UNKNOWN, type Expression } from '../names';
import type { Syntax } from '../syntax';

const nameOf = (unit: Unit, node: Syntax | undefined): string => (node === undefined ? '' : textOf(unit, node));
const valuesOf = (node: Syntax): readonly Syntax[] => node.fields.arguments?.children ?? [];

/** `amazonpay.New(…)` makes a client: which package that is, the imports say. */
const madeBy = (unit: Unit, node: Syntax): string | undefined => {
  const called = node.kind === 'call_expression' ? node.fields.function : undefined;
  if (called?.kind !== 'selector_expression' || called.fields.operand?.kind !== 'identifier') return undefined;
  const name = textOf(unit, called);
  return name.endsWith('.New') ? name.replace(/New$/, 'AmazonPay') : name;
};

function expressionOf(unit: Unit, node: Syntax | undefined): Expression {
  if (node === undefined) return UNKNOWN;
  const { fields, children } = node;
  switch (node.kind) {
    case 'identifier':
      return { kind: 'variable', name: textOf(unit, node) };
    case 'selector_expression':
      return { kind: 'member', of: expressionOf(unit, fields.operand), name: nameOf(unit, fields.field) };
    case 'call_expression': {
      const called = fields.function;
      if (called?.kind === 'identifier') return { kind: 'call', name: textOf(unit, called) };
      if (called?.kind !== 'selector_expression') return UNKNOWN;
      return { kind: 'call', of: expressionOf(unit, called.fields.operand), name: nameOf(unit, called.fields.field) };
    }
    case 'composite_literal': {
      const type = plainType(nameOf(unit, fields.type));
      return type === undefined ? UNKNOWN : { kind: 'new', type };
    }
    case 'unary_expression':
      return expressionOf(unit, fields.operand);
    case 'parenthesized_expression':
    case 'expression_list':
      return children.length === 1 ? expressionOf(unit, children[0]) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

const typedNames = (unit: Unit, node: Syntax, member = false): TypedName[] => {
  const type = node.fields.type === undefined ? undefined : plainType(textOf(unit, node.fields.type));
  return node.children
    .filter((one) => /^(?:field_)?identifier$/.test(one.kind))
    .map((one) => ({ name: textOf(unit, one), member, ...(type === undefined ? {} : { type }) }));
};

/** `struct { *sdk.AmazonPay }` has the methods of what is embedded, as a class has those of its parents. */
const embeddedIn = (struct: Syntax | undefined): Syntax[] =>
  (struct?.kind === 'struct_type' ? (struct.children[0]?.children ?? []) : []).flatMap(({ kind, fields }) =>
    kind === 'field_declaration' && fields.name === undefined ? (fields.type ?? []) : [],
  );

/** Fields that are given in `Service{client: client}`. */
const givenIn = (unit: Unit, literal: Syntax): { field: Expression; value: Syntax }[] => {
  const type = expressionOf(unit, literal);
  const elements = literal.children.find(({ kind }) => kind === 'literal_value')?.children ?? [];
  return elements.flatMap(({ fields }) => {
    const [key, value] = [fields.key?.children[0], fields.value?.children[0]];
    if (key?.kind !== 'identifier' || value === undefined) return [];
    return [{ field: { kind: 'member', of: type, name: textOf(unit, key) } as const, value }];
  });
};

export const go: Grammar = {
  strings: /^(?:interpreted|raw)_string_literal$/,
  members: /^selector_expression$/,
  classOf: (unit, node) =>
    node.kind === 'type_spec' && node.fields.name !== undefined
      ? { name: textOf(unit, node.fields.name), parents: embeddedIn(node.fields.type) }
      : undefined,
  functionOf: (unit, node) => {
    if (node.kind !== 'function_declaration' && node.kind !== 'method_declaration' && node.kind !== 'func_literal')
      return undefined;
    const { name, receiver, parameters, result } = node.fields;
    const own = receiver?.children[0]?.fields.type;
    const className = own === undefined ? undefined : plainType(textOf(unit, own));
    // `(*amazonpay.AmazonPay, error)`
    const returns = result === undefined ? undefined : plainType(textOf(unit, result).replace(/^\(/, ''));
    return {
      name: name === undefined ? undefined : textOf(unit, name),
      parameters: [...(receiver?.children ?? []), ...(parameters?.children ?? [])].flatMap((one) =>
        typedNames(unit, one),
      ),
      ...(className === undefined ? {} : { className }),
      ...(returns === undefined ? {} : { returns }),
    };
  },
  expressionOf,
  callOf: (unit, node) => {
    const value = node.kind === 'call_expression' ? expressionOf(unit, node) : UNKNOWN;
    return value.kind === 'call' ? { of: value.of, name: value.name, values: valuesOf(node) } : undefined;
  },
  madeOf: (unit, node) => {
    const type = madeBy(unit, node);
    return type === undefined ? undefined : { type, values: valuesOf(node) };
  },
  typedOf: (unit, node) => {
    const { name, type } = node.fields;
    // An embedded field has the name of its type.
    if (node.kind === 'field_declaration' && name === undefined && type !== undefined) {
      const plain = textOf(unit, type);
      return [{ name: plain.replace(/^.*\./, ''), type: plain, member: true }];
    }
    const isField = node.kind === 'field_declaration';
    return isField || node.kind === 'var_spec' ? typedNames(unit, node, isField) : [];
  },
  givenOf: (unit, node) => (node.kind === 'composite_literal' ? givenIn(unit, node) : []),
  assignedOf: (_unit, node) => {
    const { left, right, name, value } = node.fields;
    if (node.kind === 'var_spec') return name === undefined || value === undefined ? [] : [{ to: name, value }];
    if (!/^(?:short_var_declaration|assignment_statement)$/.test(node.kind)) return [];
    const values = right?.children ?? [];
    // The first of `client, err := connect()` is what counts.
    return (left?.children ?? []).flatMap((to, index) => {
      const given = values[index];
      return given === undefined ? [] : [{ to, value: given }];
    });
  },
  returnedOf: (_unit, node) => (node.kind === 'return_statement' ? node.children[0]?.children[0] : undefined),
  importsOf: (unit, node) => {
    if (node.kind !== 'import_spec') return [];
    const path = node.children[node.children.length - 1];
    const target = unquote(nameOf(unit, path));
    const [alias] = node.children;
    const own = /amazon-pay-sdk-go$/.test(target) ? 'amazonpay' : target.replace(/^.*\//, '');
    return [{ local: alias === path ? own : nameOf(unit, alias), target }];
  },
  namespaceOf: () => undefined,
  pairOf: (unit, node) => {
    const { key, value } = node.fields;
    if (node.kind !== 'keyed_element' || key === undefined || value?.children[0] === undefined) return undefined;
    return { key: unquote(textOf(unit, key)), value: value.children[0] };
  },
  linkOf: (unit, node) => {
    const { fields } = node;
    if (node.kind === 'selector_expression') return { name: nameOf(unit, fields.field), of: fields.operand };
    if (node.kind !== 'index_expression') return undefined;
    const [, index] = node.children;
    return { name: index === undefined ? undefined : unquote(textOf(unit, index)), of: fields.operand };
  },
  namedOf: (unit, node) => (node.kind === 'qualified_type' ? textOf(unit, node) : undefined),
};
