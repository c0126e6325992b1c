import type { Grammar, Unit } from '../grammar';
import { unquote } from '../grammar';
import { textOf, UNKNOWN, type Expression } from '../names';
import type { Syntax } from '../syntax';

const valuesOf = (node: Syntax): readonly Syntax[] => node.fields.arguments?.children ?? [];
const isConstant = (node: Syntax | undefined): node is Syntax =>
  node?.kind === 'constant' || node?.kind === 'scope_resolution';
const nameOf = (unit: Unit, node: Syntax | undefined): string => (node === undefined ? '' : textOf(unit, node));

function expressionOf(unit: Unit, node: Syntax | undefined): Expression {
  if (node === undefined) return UNKNOWN;
  const { fields, children } = node;
  switch (node.kind) {
    case 'identifier':
      return { kind: 'variable', name: textOf(unit, node) };
    case 'self':
      return { kind: 'this' };
    case 'instance_variable':
    case 'class_variable':
      return { kind: 'member', of: { kind: 'this' }, name: textOf(unit, node).replace(/^@+/, '') };
    case 'global_variable':
      return { kind: 'variable', name: textOf(unit, node) };
    case 'constant':
    case 'scope_resolution':
      return { kind: 'type', name: textOf(unit, node) };
    case 'call': {
      const name = nameOf(unit, fields.method);
      if (isConstant(fields.receiver) && name === 'new') return { kind: 'new', type: textOf(unit, fields.receiver) };
      // `Class.new(…).tap { … }`, and `self.class`, which has the methods of the class
      if (/^(?:tap|freeze|class|itself)$/.test(name)) return expressionOf(unit, fields.receiver);
      if (name === '') return UNKNOWN;
      return {
        kind: 'call',
        name,
        ...(fields.receiver === undefined ? {} : { of: expressionOf(unit, fields.receiver) }),
      };
    }
    case 'assignment':
    case 'operator_assignment':
      return expressionOf(unit, fields.right);
    case 'binary':
      return { kind: 'either', of: [expressionOf(unit, fields.left), expressionOf(unit, fields.right)] };
    case 'begin':
    case 'parenthesized_statements':
    case 'return':
    case 'argument_list':
      return expressionOf(unit, children[children.length - 1]);
    default:
      return UNKNOWN;
  }
}

export const ruby: Grammar = {
  strings: /^(?:string|simple_symbol)$/,
  members: /(?!)/,
  classOf: (unit, node) =>
    /^(?:class|module)$/.test(node.kind) && node.fields.name !== undefined
      ? { name: textOf(unit, node.fields.name).replace(/^.*::/, ''), parents: node.fields.superclass?.children ?? [] }
      : undefined,
  mixedInOf: (unit, node) => {
    const isMixin = node.kind === 'call' && node.fields.receiver === undefined;
    if (!isMixin || !/^(?:include|extend|prepend)$/.test(nameOf(unit, node.fields.method))) return [];
    return valuesOf(node).filter(isConstant);
  },
  functionOf: (unit, node) => {
    if (node.kind !== 'method' && node.kind !== 'singleton_method') return undefined;
    const { name, parameters, body } = node.fields;
    const result = body?.kind === 'body_statement' ? body.children[body.children.length - 1] : body;
    return {
      name: nameOf(unit, name),
      parameters: (parameters?.children ?? []).map((one) => ({
        name: nameOf(unit, one.fields.name ?? one),
        ...(one.fields.value === undefined ? {} : { value: one.fields.value }),
      })),
      ...(result === undefined ? {} : { result }),
    };
  },
  expressionOf,
  callOf: (unit, node) => {
    const value = node.kind === 'call' ? expressionOf(unit, node) : UNKNOWN;
    return value.kind === 'call' ? { of: value.of, name: value.name, values: valuesOf(node) } : undefined;
  },
  madeOf: (unit, node) => {
    const value = node.kind === 'call' ? expressionOf(unit, node) : UNKNOWN;
    return value.kind === 'new' && nameOf(unit, node.fields.method) === 'new'
      ? { type: value.type, values: valuesOf(node) }
      : undefined;
  },
  typedOf: () => [],
  assignedOf: (_unit, node) => {
    const { left, right } = node.fields;
    const isAssignment = node.kind === 'assignment' || node.kind === 'operator_assignment';
    return isAssignment && left !== undefined && right !== undefined ? [{ to: left, value: right }] : [];
  },
  returnedOf: (_unit, node) => (node.kind === 'return' ? node.children[0] : undefined),
  // `require 'amazon_pay'` is the same for a release of the v2 gem, so it says nothing.
  importsOf: () => [],
  namespaceOf: (unit, node) =>
    node.kind === 'module' && node.fields.name !== undefined ? textOf(unit, node.fields.name) : undefined,
  pairOf: (unit, node) => {
    const { key, value } = node.fields;
    return node.kind === 'pair' && key !== undefined && value !== undefined
      ? { key: unquote(textOf(unit, key)).replace(/:$/, ''), value }
      : undefined;
  },
  linkOf: (unit, node) => {
    const { fields } = node;
    if (node.kind === 'element_reference') {
      const [, index] = node.children;
      const isText = index?.kind === 'string' || index?.kind === 'simple_symbol';
      return { name: isText ? unquote(textOf(unit, index)) : undefined, of: fields.object };
    }
    if (node.kind !== 'call' || fields.receiver === undefined) return undefined;
    // `answer.dig('CaptureResponse', 'CaptureResult')` is read as one path.
    const name = nameOf(unit, fields.method);
    const [first] = valuesOf(node);
    const dug = name === 'dig' && first?.kind === 'string' ? unquote(textOf(unit, first)) : undefined;
    return { name: dug ?? (/^[A-Z]/.test(name) ? name : undefined), of: fields.receiver };
  },
  namedOf: (unit, node, parent) => {
    const isPart = parent !== undefined && /^(?:scope_resolution|superclass)$/.test(parent.kind);
    return isConstant(node) && !isPart ? textOf(unit, node) : undefined;
  },
};
