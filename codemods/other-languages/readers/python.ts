import type { Grammar, TypedName, Unit } from '../grammar';
import { plainType, unquote } from '../grammar';
import { joinModule } from '../module-paths';
import { textOf, UNKNOWN, type Expression } from '../names';
import type { Syntax } from '../syntax';

/** Classes are written with a capital letter; what is called so makes one. */
const CLASS = /^(?:[a-z_]\w*\.)*_?[A-Z]\w*$/;

const valuesOf = (node: Syntax): readonly Syntax[] =>
  node.fields.arguments?.kind === 'argument_list' ? node.fields.arguments.children : [];

/** What calls a function when it is needed: `SimpleLazyObject(connect)`, `Depends(connect)`. */
const LAZY = /^(?:\w+\.)*(?:SimpleLazyObject|LazyObject|LocalProxy|Depends|Provide|Inject|Singleton|lazy)$/;
const PARTIAL = /^(?:functools\.)?partial$/;

/** What a function answers with that is handed over by its name. */
const resultOf = (value: Expression): Expression => {
  if (value.kind === 'variable') return { kind: 'call', name: value.name };
  return value.kind === 'member' ? { kind: 'call', of: value.of, name: value.name } : value;
};

function expressionOf(unit: Unit, node: Syntax | undefined): Expression {
  if (node === undefined) return UNKNOWN;
  const { fields, children } = node;
  switch (node.kind) {
    case 'identifier': {
      const name = textOf(unit, node);
      if (name === 'self' || name === 'cls') return { kind: 'this' };
      return CLASS.test(name) ? { kind: 'type', name } : { kind: 'variable', name };
    }
    case 'attribute': {
      if (fields.attribute === undefined) return UNKNOWN;
      return { kind: 'member', of: expressionOf(unit, fields.object), name: textOf(unit, fields.attribute) };
    }
    case 'call': {
      const called = fields.function;
      const name = called === undefined ? '' : textOf(unit, called);
      const [first] = valuesOf(node);
      if (LAZY.test(name) && first?.kind === 'lambda') return expressionOf(unit, first.fields.body);
      if (LAZY.test(name) && first !== undefined) return resultOf(expressionOf(unit, first));
      if (PARTIAL.test(name) && first !== undefined) return expressionOf(unit, first);
      if (CLASS.test(name)) return { kind: 'new', type: name };
      if (called?.kind === 'identifier') return { kind: 'call', name };
      if (called?.kind !== 'attribute' || called.fields.attribute === undefined) return UNKNOWN;
      const of = expressionOf(unit, called.fields.object);
      return { kind: 'call', of, name: textOf(unit, called.fields.attribute) };
    }
    case 'boolean_operator':
      return { kind: 'either', of: [expressionOf(unit, fields.left), expressionOf(unit, fields.right)] };
    case 'conditional_expression':
      return { kind: 'either', of: [expressionOf(unit, children[0]), expressionOf(unit, children[2])] };
    case 'parenthesized_expression':
    case 'await':
      return expressionOf(unit, children[0]);
    case 'named_expression':
      return expressionOf(unit, fields.value);
    default:
      return UNKNOWN;
  }
}

function parameterOf(unit: Unit, node: Syntax): TypedName[] {
  const name = node.fields.name ?? (node.kind === 'identifier' ? node : node.children[0]);
  const type = node.fields.type;
  if (name === undefined || textOf(unit, name) === 'self') return [];
  // `Optional[Client]`, `'Client'`
  const written = type === undefined ? undefined : textOf(unit, type).replace(/^Optional\[|[\]'"]/g, '');
  const plain = written === undefined ? undefined : plainType(written);
  const { value } = node.fields;
  return [
    {
      name: textOf(unit, name),
      ...(plain === undefined ? {} : { type: plain }),
      ...(value === undefined ? {} : { value }),
    },
  ];
}

/** `client, settings = connect(), read()` */
function pairsOf(left: Syntax, right: Syntax): { to: Syntax; value: Syntax }[] {
  if (left.kind !== 'pattern_list' || right.kind !== 'expression_list') return [{ to: left, value: right }];
  return left.children.flatMap((to, index) => {
    const value = right.children[index];
    return value === undefined ? [] : [{ to, value }];
  });
}

/** `from a.b import C as D`, `import a.b as c` */
function importsOf(unit: Unit, node: Syntax) {
  if (node.kind !== 'import_from_statement' && node.kind !== 'import_statement') return [];
  const from = node.fields.module_name;
  const module = from === undefined ? '' : textOf(unit, from);
  return node.children
    .filter((one) => one !== from)
    .map((one) => {
      const [name, alias] = one.kind === 'aliased_import' ? one.children : [one];
      const imported = name === undefined ? '' : textOf(unit, name);
      if (one.kind === 'wildcard_import') return { local: '*', target: module };
      const isBare = from === undefined && alias === undefined;
      const local = alias === undefined ? imported.replace(isBare ? /\..*$/ : /^$/, '') : textOf(unit, alias);
      return { local, target: isBare ? local : joinModule(module, imported) };
    });
}

export const python: Grammar = {
  strings: /^string$/,
  members: /^attribute$/,
  classOf: (unit, node) =>
    node.kind === 'class_definition' && node.fields.name !== undefined
      ? { name: textOf(unit, node.fields.name), parents: node.fields.superclasses?.children ?? [] }
      : undefined,
  functionOf: (unit, node) => {
    if (node.kind !== 'function_definition' && node.kind !== 'lambda') return undefined;
    const { name, return_type: returns, parameters } = node.fields;
    const type =
      returns === undefined ? undefined : plainType(textOf(unit, returns).replace(/^Optional\[|['"\]]/g, ''));
    return {
      name: name === undefined ? undefined : textOf(unit, name),
      parameters: (parameters?.children ?? []).flatMap((one) => parameterOf(unit, one)),
      ...(type === undefined ? {} : { returns: type }),
    };
  },
  expressionOf,
  callOf: (unit, node) => {
    if (node.kind !== 'call') return undefined;
    const called = node.fields.function;
    const values = valuesOf(node);
    // getattr(client, operation)(…)
    if (called?.kind === 'call' && called.fields.function !== undefined) {
      const [holder, operation] = valuesOf(called);
      const isGetter = textOf(unit, called.fields.function) === 'getattr' && holder !== undefined;
      if (!isGetter || operation === undefined) return undefined;
      const name = operation.kind === 'string' ? unquote(textOf(unit, operation)) : undefined;
      return { of: expressionOf(unit, holder), name, values };
    }
    const value = expressionOf(unit, node);
    return value.kind === 'call' ? { of: value.of, name: value.name, values } : undefined;
  },
  madeOf: (unit, node) => {
    const value = node.kind === 'call' ? expressionOf(unit, node) : UNKNOWN;
    return value.kind === 'new' ? { type: value.type, values: valuesOf(node) } : undefined;
  },
  typedOf: (unit, node) => {
    const { left, type } = node.fields;
    if (node.kind !== 'assignment' || left === undefined || type === undefined) return [];
    const plain = plainType(textOf(unit, type));
    const target = expressionOf(unit, left);
    if (plain === undefined || (target.kind !== 'variable' && target.kind !== 'member')) return [];
    return [{ name: target.name, type: plain, member: target.kind === 'member' }];
  },
  assignedOf: (_unit, node) => {
    const { left, right, name, value } = node.fields;
    if (node.kind === 'assignment' && left !== undefined && right !== undefined) return pairsOf(left, right);
    if (node.kind === 'named_expression' && name !== undefined && value !== undefined) return [{ to: name, value }];
    const [held, target] = node.children;
    const to = node.kind === 'as_pattern' ? target?.children[0] : undefined;
    return to === undefined || held === undefined ? [] : [{ to, value: held }];
  },
  returnedOf: (_unit, node) => (node.kind === 'return_statement' ? node.children[0] : undefined),
  importsOf,
  namespaceOf: () => undefined,
  pairOf: (unit, node) => {
    const { key, name, value } = node.fields;
    const written = node.kind === 'pair' ? key : node.kind === 'keyword_argument' ? name : undefined;
    return written === undefined || value === undefined ? undefined : { key: unquote(textOf(unit, written)), value };
  },
  linkOf: (unit, node) => {
    const { fields } = node;
    if (node.kind === 'subscript') {
      const index = fields.subscript;
      return { name: index?.kind === 'string' ? unquote(textOf(unit, index)) : undefined, of: fields.value };
    }
    if (node.kind === 'attribute')
      return { name: fields.attribute === undefined ? undefined : textOf(unit, fields.attribute), of: fields.object };
    // `answer.get('CaptureResult')`
    const called = node.kind === 'call' ? fields.function : undefined;
    if (called?.kind !== 'attribute' || called.fields.attribute === undefined) return undefined;
    const [key] = valuesOf(node);
    const isGet = textOf(unit, called.fields.attribute) === 'get' && key?.kind === 'string';
    return { name: isGet && key !== undefined ? unquote(textOf(unit, key)) : undefined, of: called.fields.object };
  },
  namedOf: (unit, node, parent) => {
    if (node.kind !== 'identifier' || parent === undefined || /import|dotted_name/.test(parent.kind)) return undefined;
    const name = textOf(unit, node);
    return CLASS.test(name) && (parent.kind === 'type' || parent.kind === 'argument_list') ? name : undefined;
  },
};
