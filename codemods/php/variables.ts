import { around, functionOf, statementOf, type PhpNode, type PhpSource } from './tree';

const BLOCKS = new Set(['compound_statement', 'program', 'colon_block', 'case_statement', 'default_statement']);
const LOOPS = new Set(['for_statement', 'foreach_statement', 'while_statement', 'do_statement']);

/** The part of the code that surely runs when a statement has run: the rest of its block. */
function blockOf(node: PhpNode): PhpNode {
  const statement = statementOf(node);
  return statement.parent !== null && BLOCKS.has(statement.parent.kind) ? statement.parent : statement;
}

/** Whether a place can be reached only after another one has run. */
export function dominates(first: PhpNode, later: PhpNode): boolean {
  const block = blockOf(first);
  return first.start < later.start && around(later).includes(block);
}

/**
 * Whether a place can be reached only after another one has run to its end. What is tried has, behind the `try`, where each
 * `catch` leaves.
 */
export function hasRunBefore(first: PhpNode, later: PhpNode): boolean {
  if (dominates(first, later)) return true;
  const block = blockOf(first);
  const attempt = block.parent;
  if (attempt?.kind !== 'try_statement' || attempt.parts[0] !== block || around(later).includes(attempt)) return false;
  const catches = attempt.parts.filter(({ kind }) => kind === 'catch_clause');
  return catches.every(leaves) && hasRunBefore(attempt, later);
}

/** Whether nothing behind a block runs after it. */
function leaves(clause: PhpNode): boolean {
  const body = clause.parts[clause.parts.length - 1];
  const last = body?.parts[body.parts.length - 1];
  const [expression] = last?.kind === 'expression_statement' ? last.parts : [];
  return /^(?:return|continue|break|exit)_statement$/.test(last?.kind ?? '') || expression?.kind === 'throw_expression';
}

const loopsAround = (node: PhpNode): PhpNode[] => {
  const owner = functionOf(node);
  return around(node).filter((outer) => LOOPS.has(outer.kind) && around(outer).includes(owner));
};

/** Whether a place can run before another one that stands behind it in the text: both are in one loop. */
export const shareLoop = (one: PhpNode, other: PhpNode): boolean =>
  loopsAround(one).some((loop) => loopsAround(other).includes(loop));

/** Whether a place may run more than once in one run of its function. */
export const isInLoop = (node: PhpNode): boolean => loopsAround(node).length > 0;

/** Whether each run of a place has its own run of another one: no loop is around it alone. */
export const runsWith = (one: PhpNode, place: PhpNode): boolean =>
  loopsAround(place).every((loop) => loopsAround(one).includes(loop));

/**
 * Those of several places, each of which sets one thing, that a later place may see. Undefined when the text does not
 * tell: a loop can bring it back to one that stands behind it.
 */
export function reaching(setters: readonly PhpNode[], place: PhpNode): readonly PhpNode[] | undefined {
  const before = setters.filter(({ end }) => end <= place.start);
  const seen: PhpNode[] = [];
  let isCertain = false;
  for (const setter of [...before].reverse()) {
    seen.push(setter);
    isCertain = dominates(setter, place);
    if (isCertain) break;
  }
  const later = setters.filter(({ end }) => end > place.start);
  if (!isCertain && later.some((setter) => shareLoop(setter, place))) return undefined;
  // Within a loop the first setter must be of the same round.
  const last = seen[seen.length - 1];
  if (isCertain && last !== undefined && later.some((setter) => shareLoop(setter, place) && !shareLoop(last, place)))
    return undefined;
  return seen;
}

/** A place where a variable stands: it is read there, or it gets another value. */
export interface Mention {
  readonly node: PhpNode;
  readonly isSet: boolean;
  /** It leaves the sight of this function: by reference, in a closure, as a global or static variable. */
  readonly isShared: boolean;
}

const SETS = new Set(['assignment_expression', 'reference_assignment_expression', 'augmented_assignment_expression']);
const SHARES = new Set([
  'global_declaration',
  'static_variable_declaration',
  'anonymous_function_use_clause',
  'reference_assignment_expression',
  'by_ref',
  'reference_modifier',
  'dynamic_variable_name',
]);

/** What reads or writes variables by names that are not written out, or comes to places in another order than that of the text. */
const HIDDEN = /\bgoto\s+\w+\s*;|\b(?:extract|compact|get_defined_vars|eval|parse_str)\s*\(|\$\$|\$\{/;

/** Whether a function may use its variables by names that are not written out. */
export const isHidden = (source: PhpSource, owner: PhpNode): boolean => HIDDEN.test(source.textOf(owner));

/** Every mention of a variable in one function. */
export function mentionsOf(source: PhpSource, owner: PhpNode, name: string): readonly Mention[] {
  const hidden = isHidden(source, owner);
  return source
    .nodes(owner)
    .filter((node) => node.kind === 'variable_name' && source.textOf(node) === name)
    .flatMap((node): Mention[] => {
      const inner = functionOf(node);
      const isArrow = inner !== owner && inner.kind === 'arrow_function';
      const isClosing = node.parent?.kind === 'anonymous_function_use_clause';
      if (inner !== owner && !isArrow && !isClosing) return [];
      return [
        { node, isSet: isSet(node), isShared: hidden || isArrow || isClosing || SHARES.has(node.parent?.kind ?? '') },
      ];
    });
}

function isSet(node: PhpNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (SETS.has(parent.kind)) return parent.parts[0] === node;
  if (parent.kind === 'foreach_statement') return parent.parts[0] !== node;
  if (parent.kind === 'pair') return parent.parent?.kind === 'foreach_statement';
  if (['list_literal', 'catch_clause', 'unset_statement', 'update_expression'].includes(parent.kind)) return true;
  return /_parameter$/.test(parent.kind);
}
