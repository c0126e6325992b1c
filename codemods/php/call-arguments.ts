import { argumentsOf, functionOf, literalOf, unwrap, type PhpNode, type PhpSource } from './tree';
import { dominates, isInLoop, mentionsOf, runsWith } from './variables';

/** One parameter of a legacy call. */
export interface Argument {
  /** In small letters: the legacy client took keys in any case (facts: other-languages.md section 2.2). */
  readonly key: string;
  /** The expression that has its value at the call. */
  readonly text: string;
  /** The value where it is written. */
  readonly value: PhpNode;
  /** It may be missing: it is set under a condition. */
  readonly isOptional: boolean;
}

export type ArgumentList =
  | { readonly isKnown: true; readonly list: readonly Argument[]; readonly comments: readonly string[] }
  | { readonly isKnown: false; readonly because: string };

const unknown = (because: string): ArgumentList => ({ isKnown: false, because });

/** What a legacy call is given: an array in place, or one that the same function puts together for this call alone. */
export function readArguments(source: PhpSource, call: PhpNode): ArgumentList {
  const values = argumentsOf(call);
  if (values === undefined) return unknown('its arguments are spread');
  if (values.length === 0) return NOTHING;
  if (values.length > 1) return unknown('it has more than one argument');
  const value = unwrap(values[0] as PhpNode);
  if (value.kind === 'array_creation_expression') return readArray(source, value);
  if (value.kind === 'variable_name') return readVariable(source, call, value);
  return unknown('its parameters come from elsewhere');
}

function readArray(source: PhpSource, array: PhpNode): ArgumentList {
  const list: Argument[] = [];
  for (const entry of array.parts) {
    const [key, value] = entry.parts;
    const name = literalOf(source, key);
    if (entry.parts.length !== 2 || name === undefined || value === undefined || value.kind === 'by_ref') {
      return unknown('its array has entries without a written key');
    }
    list.push({ key: name.toLowerCase(), text: source.textOf(value), value, isOptional: false });
  }
  const comments = source.nodes(array).filter(({ kind }) => kind === 'comment');
  return unique(
    list,
    comments.map((comment) => source.textOf(comment)),
  );
}

/** PHP takes the last of two entries of one name; which one the client took of two that differ in case is not known. */
function unique(list: readonly Argument[], comments: readonly string[]): ArgumentList {
  const twice = list.find(({ key }, index) => list.findIndex((other) => other.key === key) !== index);
  return twice === undefined ? { isKnown: true, list, comments } : unknown(`${twice.key} is given twice`);
}

const NOTHING: ArgumentList = { isKnown: true, list: [], comments: [] };

/** `$parameters = [...]; $parameters['key'] = …; $client->capture($parameters);`; PHP makes the array by its first entry, too. */
function readVariable(source: PhpSource, call: PhpNode, variable: PhpNode): ArgumentList {
  const name = source.textOf(variable);
  const mentions = mentionsOf(source, functionOf(call), name).filter(({ node }) => node !== variable);
  if (mentions.some(({ isShared }) => isShared)) return unknown(`${name} is shared with other code`);
  const starts = mentions.filter(({ isSet }) => isSet);
  const [start] = starts;
  const array = start?.node.parent?.parts[1];
  const isFresh = start === undefined && functionOf(call).kind !== 'program' && !isInLoop(call);
  if (!isFresh && (starts.length !== 1 || array?.kind !== 'array_creation_expression')) {
    return unknown(`${name} is not put together in this function for this call alone`);
  }
  if (start !== undefined && (!dominates(start.node, call) || !runsWith(start.node, call))) {
    return unknown(`${name} is made under another condition than the call`);
  }
  const first = array === undefined ? NOTHING : readArray(source, array);
  if (!first.isKnown) return first;
  const list = new Map(first.list.map((entry) => [entry.key, entry]));
  for (const { node } of mentions) {
    if (node === start?.node) continue;
    const entry = entryOf(source, node);
    if (entry === undefined || node.start > call.start) return unknown(`${name} is used for more than this call`);
    const isOptional = !dominates(node, call) && list.get(entry.key)?.isOptional !== false;
    list.set(entry.key, { ...entry, isOptional });
  }
  const quote = (entry: Argument): Argument => ({ ...entry, text: `${name}['${writtenKey(source, entry)}']` });
  return { isKnown: true, list: [...list.values()].map(quote), comments: [] };
}

/** The key as the code writes it, since a PHP array tells apart what the client did not. */
function writtenKey(source: PhpSource, { value, key }: Argument): string {
  const holder = value.parent;
  const written = holder?.kind === 'array_element_initializer' ? holder.parts[0] : holder?.parts[0]?.parts[1];
  return literalOf(source, written) ?? key;
}

/** `$parameters['key'] = value` as a statement. */
function entryOf(source: PhpSource, node: PhpNode): Argument | undefined {
  const subscript = node.parent;
  const assignment = subscript?.parent;
  if (subscript?.kind !== 'subscript_expression' || assignment?.kind !== 'assignment_expression') return undefined;
  if (assignment.parts[0] !== subscript || assignment.parent?.kind !== 'expression_statement') return undefined;
  const key = literalOf(source, subscript.parts[1]);
  const value = assignment.parts[1];
  if (key === undefined || value === undefined) return undefined;
  return { key: key.toLowerCase(), text: source.textOf(value), value, isOptional: false };
}
