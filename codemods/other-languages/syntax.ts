import type { ParserNode } from '../grammars';

/** A node of a syntax tree. Only named nodes are kept: what stands between them is in the text of the file. */
export interface Syntax {
  readonly kind: string;
  /** Offsets in UTF-16 units, as everywhere. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly Syntax[];
  readonly fields: Readonly<Record<string, Syntax>>;
}

/** Fields by which children are told apart, over all grammars. */
const FIELDS = [
  ...[
    'name',
    'alias',
    'object',
    'scope',
    'function',
    'arguments',
    'receiver',
    'method',
    'attribute',
    'operand',
    'field',
  ],
  ...['left', 'right', 'value', 'type', 'return_type', 'result', 'returns', 'parameters', 'body', 'constructor'],
  ...[
    'module_name',
    'path',
    'superclass',
    'superclasses',
    'expression',
    'default_value',
    'key',
    'subscript',
    'condition',
  ],
  ...['consequence', 'alternative', 'pattern'],
] as const;

/** Kinds that have none of these fields, of which a file has most. */
const BARE =
  /^(?:identifier|name|variable_name|string|string_content|comment|integer|number|php_tag|text|program|\w+_literal|\w*modifiers?|block|compound_statement|arguments?|argument_list|expression_statement)$/;

/** Deeper than this nobody writes, and no recursion over a tree may go. */
const MAX_DEPTH = 1000;

/**
 * Copies the tree of the parser, which holds memory outside of that which is collected, and which is slow to ask.
 *
 * @throws RangeError when it is nested deeper than code that people write
 */
export function copyTree(node: ParserNode, depth = 0): Syntax {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
  const kind = node.kind();
  const { start, end } = node.range();
  const originals = node.namedChildren();
  const children = originals.map((child) => copyTree(child, depth + 1));
  const fields: Record<string, Syntax> = {};
  if (originals.length > 0 && !BARE.test(kind)) {
    const byId = new Map(originals.map((child, index) => [child.id(), children[index]]));
    for (const name of FIELDS) {
      const found = node.field(name);
      const copied = found === null ? undefined : byId.get(found.id());
      if (copied !== undefined) fields[name] = copied;
    }
  }
  return { kind, start: start.index, end: end.index, children, fields };
}

/** Every node from the outside in, in the order of the text. */
export function walk(node: Syntax, visit: (node: Syntax, ancestors: readonly Syntax[]) => void): void {
  const ancestors: Syntax[] = [];
  const enter = (current: Syntax): void => {
    visit(current, ancestors);
    ancestors.push(current);
    for (const child of current.children) enter(child);
    ancestors.pop();
  };
  enter(node);
}
