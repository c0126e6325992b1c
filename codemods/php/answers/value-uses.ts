import { tableOf, testFor } from '../../node-client/values/value-tests';
import type { Edit } from '../../codemod';
import { isLogged, isTold } from './logging';
import { Refusal } from '../refusal';
import { argumentsOf, consumerOf, literalOf, nameOf, type PhpNode, type PhpSource } from '../tree';

/** Characters of code that a reason repeats. */
const SHOWN = 100;

const EQUALITY = new Set(['==', '===', '!=', '!==', '<>']);

/** What stands for one legacy value in v2; several where any of them is meant. */
function valuesOf(table: string, legacy: string): readonly string[] {
  const rows = tableOf(table);
  if (rows === undefined) throw new Refusal(`nothing is known of the values of ${table}`);
  const test = testFor(rows, legacy);
  if (test.kind === 'unknown') return [legacy];
  if (test.kind === 'none') throw new Refusal(`'${legacy}' has no counterpart in v2: ${test.because}`);
  if (test.kind === 'other-field') throw new Refusal(`'${legacy}' is told by another field in v2, ${test.field}`);
  // Completed is Captured; a capture that was refunded in full is Captured as well, and was Closed, never Completed.
  const isCertain = test.mapping.precision === 'exact' || legacy === 'Completed';
  if (!isCertain)
    throw new Refusal(`'${legacy}' is not one state in v2: ${test.mapping.because ?? 'check the branch'}`);
  return test.values;
}

const quoted = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/**
 * Rewrites what is compared with a state, a reason or an error code. The code that reads the value is `text`. Returns the
 * edits; a use that is no comparison is refused, since whoever gets the value expects the words of legacy.
 */
export function rewriteValueUse(source: PhpSource, node: PhpNode, text: string, table: string): Edit[] {
  const { path } = source;
  const own: Edit[] = source.textOf(node) === text ? [] : [{ path, start: node.start, end: node.end, text }];
  const { consumer, as } = consumerOf(node);
  if (consumer === null) throw new Refusal('a state is read in a place that is not understood');
  if (consumer.kind === 'binary_expression') return compare(source, consumer, as, text, table, own);
  if (consumer.kind === 'parenthesized_expression' && consumer.parent?.kind === 'switch_statement') {
    return [...own, ...branches(source, consumer.parent, 'case_statement', table)];
  }
  if (consumer.kind === 'parenthesized_expression' && consumer.parent?.kind === 'match_expression') {
    return [...own, ...branches(source, consumer.parent, 'match_condition_list', table)];
  }
  const list = listOf(source, consumer);
  if (list !== undefined) {
    return [...own, ...list.parts.flatMap(({ parts }) => literalEdits(source, parts[0], table, ', '))];
  }
  if (isAsked(source, consumer, as) || isLogged(source, as) || isTold(source, as)) return own;
  throw new Refusal(
    'a legacy state or code leaves the code that could be followed, and its readers know the old words',
  );
}

const LOGIC = new Set(['&&', '||', 'and', 'or', 'xor']);

/** `isset($state)`, `empty($state)`, `!$state`, `if ($state)`: whether there is one is the same question in v2. */
export function isAsked(source: PhpSource, consumer: PhpNode, as: PhpNode): boolean {
  if (consumer.kind === 'binary_expression') return consumer.children.some(({ kind }) => LOGIC.has(kind));
  // The condition, which `?:` gives back as well.
  if (consumer.kind === 'conditional_expression') return consumer.parts.length === 3 && consumer.parts[0] === as;
  if (consumer.kind === 'argument') {
    const call = consumer.parent?.parent;
    return call?.kind === 'function_call_expression' && /^(?:isset|empty)$/i.test(nameOf(source, call) ?? '');
  }
  if (consumer.kind === 'unary_op_expression') return consumer.children[0]?.kind === '!';
  if (consumer.kind === 'parenthesized_expression') return true;
  return ['if_statement', 'while_statement'].includes(consumer.kind);
}

/** `$answer === null`: how it is compared, and whether with null or with false. */
export function comparedWithNothing(
  source: PhpSource,
  consumer: PhpNode,
  node: PhpNode,
): { readonly isEqual: boolean; readonly isStrictlyFalse: boolean } | undefined {
  if (consumer.kind !== 'binary_expression') return undefined;
  const operator = consumer.children.find(({ kind }) => EQUALITY.has(kind))?.kind;
  const other = consumer.parts.find((part) => part !== node);
  const text = other === undefined ? '' : source.textOf(other).toLowerCase();
  if (operator === undefined || (text !== 'null' && text !== 'false')) return undefined;
  const isStrict = operator.length === 3;
  return { isEqual: operator.startsWith('='), isStrictlyFalse: isStrict && text === 'false' };
}

function compare(
  source: PhpSource,
  consumer: PhpNode,
  node: PhpNode,
  text: string,
  table: string,
  own: readonly Edit[],
): Edit[] {
  const operator = consumer.children.find((child) => child !== consumer.parts[0] && child !== consumer.parts[1])?.kind;
  if (operator !== undefined && LOGIC.has(operator)) return [...own];
  const other = consumer.parts.find((part) => part !== node);
  const legacy = literalOf(source, other);
  if (operator === '.' && (isLogged(source, node) || isTold(source, node))) return [...own];
  if (operator === undefined || !EQUALITY.has(operator)) {
    const shown = source.textOf(consumer).replace(/\s+/g, ' ').slice(0, SHOWN);
    throw new Refusal(`a legacy state or code becomes a part of ${shown}, and whoever gets that knows the old words`);
  }
  if (other?.kind === 'null' && operator !== undefined && EQUALITY.has(operator)) return [...own];
  if (legacy === undefined || other === undefined) {
    throw new Refusal('a legacy state or code is compared with something that is not written out');
  }
  const values = valuesOf(table, legacy);
  if (values.length === 1) {
    return [...own, ...literalEdits(source, other, table, ', ')];
  }
  const not = operator.startsWith('!') || operator === '<>' ? '!' : '';
  const list = `[${quoted(values)}]`;
  return [
    { path: source.path, start: consumer.start, end: consumer.end, text: `${not}in_array(${text}, ${list}, true)` },
  ];
}

function literalEdits(source: PhpSource, node: PhpNode | undefined, table: string, separator: string): Edit[] {
  const legacy = literalOf(source, node);
  if (legacy === undefined || node === undefined) throw new Refusal('a value is compared that is not written out');
  const values = valuesOf(table, legacy);
  if (values.length === 1 && values[0] === legacy) return [];
  const quote = source.text[node.start] ?? "'";
  const text = values.map((value) => `${quote}${value}${quote}`).join(separator);
  return [{ path: source.path, start: node.start, end: node.end, text }];
}

/** The literals of a `switch` or a `match`. */
function branches(source: PhpSource, owner: PhpNode, kind: string, table: string): Edit[] {
  const inside = source.nodes(owner).filter((node) => node.kind === kind && owningBranch(node) === owner);
  const isSwitch = kind === 'case_statement';
  const literals = inside.flatMap(({ parts }) => (isSwitch ? parts.slice(0, 1) : parts));
  return literals.flatMap((literal) => literalEdits(source, literal, table, isSwitch ? ': case ' : ', '));
}

function owningBranch(node: PhpNode): PhpNode | null {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.kind === 'switch_statement' || outer.kind === 'match_expression') return outer;
  }
  return null;
}

/** The list of `in_array($state, ['Open', 'Closed'])`. */
function listOf(source: PhpSource, consumer: PhpNode): PhpNode | undefined {
  const call = consumer.kind === 'argument' ? consumer.parent?.parent : null;
  if (call?.kind !== 'function_call_expression' || nameOf(source, call)?.toLowerCase() !== 'in_array') return undefined;
  const [needle, list] = argumentsOf(call) ?? [];
  if (needle?.parent !== consumer || list?.kind !== 'array_creation_expression') return undefined;
  if (list.parts.some(({ parts }) => parts.length !== 1)) return undefined;
  return list;
}
