import type { LanguageName } from '../../src/catalog/languages';
import { checkDepth, type ParserNode } from '../grammars';

/** A node of a syntax tree. Only named nodes are kept: what stands between them is in the text of the file. */
export interface Syntax {
  readonly kind: string;
  /** Offsets in UTF-16 units, as everywhere. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly Syntax[];
  readonly fields: Readonly<Record<string, Syntax>>;
}

/** Fields by which children are told apart. To ask for one costs as much as for a node, so only those that are read stand here. */
const FIELDS: Readonly<Record<LanguageName, readonly string[]>> = {
  php: split('name object scope function arguments left right type return_type parameters body condition alternative'),
  python: split(
    'name object attribute function arguments left right value type return_type parameters superclasses module_name key subscript body',
  ),
  ruby: split('name receiver method arguments left right value superclass parameters body object key'),
  java: split('name object arguments field left right value type parameters superclass consequence alternative'),
  csharp: split(
    'name expression function arguments left right value type returns parameters body condition consequence alternative subscript',
  ),
  go: split('name operand field function arguments type result receiver parameters left right value key'),
};

function split(names: string): readonly string[] {
  return names.split(' ');
}

/** Kinds that have none of these fields, of which a file has most. */
const BARE =
  /^(?:identifier|name|variable_name|string|encapsed_string|string_content|comment|integer|number|php_tag|text|program|\w+_literal|\w*modifiers?|block|compound_statement|arguments?|argument_list|expression_statement|array_creation_expression|array_element_initializer|declaration_list|statement_list|formal_parameters|return_statement)$/;

/**
 * Copies the tree of the parser, which holds memory outside of that which is collected, and which is slow to ask.
 *
 * @param before characters that were put in front of the text
 * @throws RangeError when it is nested deeper than code that people write
 */
export function copyTree(language: LanguageName, node: ParserNode, before = 0, depth = 0): Syntax {
  checkDepth(depth);
  const kind = node.kind();
  const { start, end } = node.range();
  const originals = node.namedChildren();
  const children = originals.map((child) => copyTree(language, child, before, depth + 1));
  const fields: Record<string, Syntax> = {};
  if (originals.length > 0 && !BARE.test(kind)) {
    const byId = new Map(originals.map((child, index) => [child.id(), children[index]]));
    for (const name of FIELDS[language]) {
      const found = node.field(name);
      const copied = found === null ? undefined : byId.get(found.id());
      if (copied !== undefined) fields[name] = copied;
    }
  }
  return { kind, start: start.index - before, end: end.index - before, children, fields };
}
