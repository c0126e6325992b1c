import { textOf, UNKNOWN, type Expression, type FileNames, type Scope } from '../names';
import { scopeWithin, type NameReader } from '../read-names';
import type { Syntax } from '../syntax';
import { entriesOf, keysOf } from './php-arrays';
import { expressionOf, memberName, stringOf, typeOf, valueOf, variableOf } from './php-expressions';

/** `[$client, 'capture']` is nothing else than a call that somebody makes later. */
const CALLS = /^(?:nullsafe_)?member_call_expression$|^scoped_call_expression$|^function_call_expression$/;
const CHAIN = /^(?:subscript_expression|(?:nullsafe_)?member_access_expression|(?:nullsafe_)?member_call_expression)$/;

/** Reads what PHP says of names, with the types in its comments. */
export function createPhpReader(): NameReader {
  let comment: Syntax | undefined;
  /** Strings that were noted together with their keys. */
  const noted = new Set<Syntax>();

  const noteText = (file: FileNames, text: string, node: Syntax, key: string | undefined): void => {
    if (noted.has(node)) return;
    noted.add(node);
    file.texts.push({ text, node, key });
  };

  /** The comment that stands right in front of a declaration. */
  const commentOf = (file: FileNames, node: Syntax): string => {
    const between = comment === undefined ? 'none' : file.unit.text.slice(comment.end, node.start);
    return comment !== undefined && comment.end <= node.start && between.trim() === ''
      ? textOf(file.unit, comment)
      : '';
  };

  const readFunction = (file: FileNames, node: Syntax, outer: Scope): Scope => {
    const { unit } = file;
    const name = node.fields.name;
    const functionName = name === undefined ? undefined : textOf(unit, name);
    const scope = scopeWithin(outer, functionName === undefined ? {} : { functionName });
    const parameters = node.fields.parameters?.children ?? [];
    file.functions.push({
      scope,
      parameters: parameters.flatMap(({ fields }) =>
        fields.name === undefined ? [] : [variableOf(unit, fields.name)],
      ),
    });
    for (const parameter of parameters) readParameter(file, parameter, scope);
    const said = commentOf(file, node);
    for (const [, type = '', parameter = ''] of said.matchAll(/@param\s+([\w\\|?]+)\s+\$(\w+)/g))
      noteType(file, scope, parameter, false, type);
    const type = typeOf(unit, node.fields.return_type) ?? /@return\s+([\w\\]+)/.exec(said)?.[1];
    if (type !== undefined) file.returned.push({ scope, type });
    if (node.kind === 'arrow_function') file.returned.push({ scope, value: valueOf(unit, node.fields.body) });
    return scope;
  };

  const readParameter = (file: FileNames, node: Syntax, scope: Scope): void => {
    const { type, name } = node.fields;
    if (name === undefined) return;
    const local = variableOf(file.unit, name);
    const written = typeOf(file.unit, type);
    if (node.kind === 'property_promotion_parameter') {
      if (written !== undefined) noteType(file, scope, local, true, written);
      const field: Expression = { kind: 'member', of: { kind: 'this' }, name: local };
      file.assigned.push({ scope, to: field, value: { kind: 'variable', name: local } });
    }
    if (written !== undefined) noteType(file, scope, local, false, written);
  };

  const noteType = (file: FileNames, scope: Scope, name: string, member: boolean, written: string): void => {
    const type = written.split('|').find((one) => /^\??\\?[A-Z]/.test(one));
    if (type !== undefined) file.typed.push({ scope, name, member, type: type.replace(/^\?/, '') });
  };

  const readProperty = (file: FileNames, node: Syntax, scope: Scope): void => {
    const said = /@var\s+([\w\\|?]+)/.exec(commentOf(file, node))?.[1];
    const type = typeOf(file.unit, node.fields.type) ?? said;
    for (const element of node.children) {
      if (element.kind !== 'property_element' || element.fields.name === undefined) continue;
      if (type !== undefined) noteType(file, scope, variableOf(file.unit, element.fields.name), true, type);
    }
  };

  const readClass = (file: FileNames, node: Syntax, scope: Scope): Scope => {
    const { unit } = file;
    const name = node.fields.name === undefined ? undefined : textOf(unit, node.fields.name);
    const parents = node.children
      .filter(({ kind }) => kind === 'base_clause' || kind === 'class_interface_clause')
      .flatMap(({ children }) => children);
    for (const parent of parents) file.mentioned.push({ type: textOf(unit, parent), node: parent });
    if (name !== undefined)
      file.classes.push({
        name,
        parents: parents.map((parent) => textOf(unit, parent)),
        node: node.fields.name ?? node,
      });
    const inner = scopeWithin(scope, name === undefined ? {} : { className: name });
    for (const [, type = '', field = ''] of commentOf(file, node).matchAll(
      /@property(?:-read)?\s+([\w\\|?]+)\s+\$(\w+)/g,
    ))
      noteType(file, inner, field, true, type);
    return inner;
  };

  const readCall = (file: FileNames, node: Syntax, scope: Scope): void => {
    const { unit } = file;
    const { fields } = node;
    const called = expressionOf(unit, node);
    const of = called.kind === 'call' ? called.of : expressionOf(unit, fields.object);
    const values = valuesOf(node);
    const name = called.kind === 'call' ? called.name : undefined;
    // `$callback($value)` has no receiver and no name.
    if (name === undefined && fields.object === undefined) return;
    file.calls.push({
      scope,
      of,
      name,
      node,
      arguments: values.map((value) => expressionOf(unit, value)),
      argumentNodes: values,
      keys: values.flatMap((value) => keysOf(unit, value)),
    });
    const [key, value] = values;
    const named = stringOf(unit, key);
    const text = stringOf(unit, value);
    if (named !== undefined && text !== undefined && value !== undefined) noteText(file, text, value, named);
  };

  const readAssignment = (file: FileNames, node: Syntax, scope: Scope): void => {
    const { unit } = file;
    const { left, right } = node.fields;
    if (left === undefined || right === undefined) return;
    if (left.kind === 'subscript_expression') {
      const [held, key] = left.children;
      const name = stringOf(unit, key);
      if (held?.kind !== 'variable_name' || name === undefined) return;
      file.written.push({ scope, name: variableOf(unit, held), keys: [name] });
      const text = stringOf(unit, right);
      if (text !== undefined) noteText(file, text, right, name);
      return;
    }
    if (left.kind === 'variable_name')
      file.written.push({ scope, name: variableOf(unit, left), keys: keysOf(unit, right) });
    const to = expressionOf(unit, left);
    if (to !== UNKNOWN) file.assigned.push({ scope, to, value: valueOf(unit, right) });
  };

  /** `$answer['CaptureResult']['CaptureDetails']`, `$answer->CaptureResult`, `$answer->getCaptureResult()`. */
  const readChain = (file: FileNames, node: Syntax, scope: Scope, parent: Syntax | undefined): void => {
    // What is written is not read.
    if (parent?.kind === 'assignment_expression' && parent.fields.left === node) return;
    const names: string[] = [];
    let first: Syntax | undefined;
    for (let link: Syntax | undefined = node; link !== undefined && CHAIN.test(link.kind);) {
      const called = /call/.test(link.kind);
      const name =
        link.kind === 'subscript_expression'
          ? stringOf(file.unit, link.children[1])
          : memberName(file.unit, link.fields.name);
      if (name !== undefined && (!called || /^get[A-Z]/.test(name))) {
        names.unshift(called ? name.slice(3) : name);
        first = link.fields.object;
      }
      link = link.kind === 'subscript_expression' ? link.children[0] : link.fields.object;
    }
    if (names.length === 0) return;
    file.reads.push({
      names,
      node,
      ...(first === undefined ? {} : { holder: { scope, of: expressionOf(file.unit, first) } }),
    });
  };

  return {
    read(node, scope, file, parent) {
      const { unit } = file;
      if (CALLS.test(node.kind)) readCall(file, node, scope);
      if (CHAIN.test(node.kind) && !(parent !== undefined && CHAIN.test(parent.kind) && isHolder(parent, node)))
        readChain(file, node, scope, parent);
      switch (node.kind) {
        case 'comment': {
          comment = node;
          const said = /@var\s+(?:([\w\\|?]+)\s+\$(\w+)|\$(\w+)\s+([\w\\|?]+))/.exec(textOf(unit, node));
          const name = said?.[2] ?? said?.[3];
          const type = said?.[1] ?? said?.[4];
          if (name !== undefined && type !== undefined) noteType(file, scope, name, false, type);
          return undefined;
        }
        case 'namespace_definition':
          if (node.fields.name !== undefined) file.namespaces.push(textOf(unit, node.fields.name));
          return undefined;
        case 'namespace_use_declaration':
          readUse(file, node);
          return undefined;
        case 'class_declaration':
        case 'interface_declaration':
        case 'trait_declaration':
        case 'enum_declaration':
        case 'anonymous_class':
          return readClass(file, node, scope);
        case 'function_definition':
        case 'method_declaration':
        case 'anonymous_function':
        case 'arrow_function':
          return readFunction(file, node, scope);
        case 'property_declaration':
          readProperty(file, node, scope);
          return undefined;
        case 'assignment_expression':
        case 'augmented_assignment_expression':
          readAssignment(file, node, scope);
          return undefined;
        case 'return_statement':
          file.returned.push({ scope, value: valueOf(unit, node.children[0]) });
          return undefined;
        case 'object_creation_expression': {
          const made = expressionOf(unit, node);
          if (made.kind !== 'new') return undefined;
          const handed = valuesOf(node);
          file.made.push({
            scope,
            type: made.type,
            node,
            arguments: handed.map((value) => expressionOf(unit, value)),
            keys: handed.flatMap((value) => keysOf(unit, value)),
          });
          return undefined;
        }
        case 'array_creation_expression':
          for (const { key, value } of entriesOf(unit, node)) {
            const text = stringOf(unit, value);
            if (key !== undefined && text !== undefined) noteText(file, text, value, key);
          }
          return undefined;
        case 'string':
        case 'encapsed_string':
        case 'heredoc':
        case 'nowdoc':
          noteText(file, stringOf(unit, node) ?? textOf(unit, node), node, undefined);
          return undefined;
        case 'named_type':
          file.mentioned.push({ type: textOf(unit, node), node });
          return undefined;
        case 'class_constant_access_expression':
        case 'scoped_call_expression':
        case 'scoped_property_access_expression':
        case 'binary_expression': {
          const named = node.kind === 'binary_expression' ? node.fields.right : node.children[0];
          if (named !== undefined && /^(?:qualified_)?name$/.test(named.kind))
            file.mentioned.push({ type: textOf(unit, named), node: named });
          return undefined;
        }
        default:
          return undefined;
      }
    },
  };
}

/** What is handed over at a call. */
const valuesOf = (node: Syntax): Syntax[] =>
  [node.fields.arguments ?? node.children.find(({ kind }) => kind === 'arguments')]
    .flatMap((list) => list?.children ?? [])
    .filter(({ kind }) => kind === 'argument')
    .flatMap(({ children }) => children[children.length - 1] ?? []);

/** Whether a node is what its parent takes something from, and not an index or an argument. */
const isHolder = (parent: Syntax, node: Syntax): boolean =>
  parent.kind === 'subscript_expression' ? parent.children[0] === node : parent.fields.object === node;

/** `use A\B;`, `use A\B as C;`, `use A\{B, C as D};` */
function readUse(file: FileNames, node: Syntax): void {
  const prefix = node.children.find(({ kind }) => kind === 'namespace_name');
  const clauses = node.children.flatMap((one) => (one.kind === 'namespace_use_group' ? one.children : [one]));
  for (const clause of clauses) {
    if (clause.kind !== 'namespace_use_clause') continue;
    const [name, alias] = clause.children;
    if (name === undefined) continue;
    const below = textOf(file.unit, name).replace(/^\\/, '');
    const target = prefix === undefined ? below : `${textOf(file.unit, prefix)}\\${below}`;
    const local = alias === undefined ? target.replace(/^.*\\/, '') : textOf(file.unit, alias);
    file.imports.push({ local, target, node: clause });
  }
}
