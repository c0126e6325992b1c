import { Refusal } from '../refusal';
import { functionOf, type PhpNode, type PhpSource } from '../tree';
import { mentionsOf, reaching } from '../variables';

/** The variable that an assignment sets. */
export function variableOf(source: PhpSource, assignment: PhpNode): string {
  const [left] = assignment.parts;
  if (left?.kind !== 'variable_name') {
    throw new Refusal('its answer is kept in a property or an array, and whoever reads that expects the one of legacy');
  }
  return source.textOf(left);
}

/** Every read that sees the value of one assignment; refused where one may see another value as well. */
export function readsOf(source: PhpSource, assignment: PhpNode, name: string): readonly PhpNode[] {
  const owner = functionOf(assignment);
  if (owner.kind === 'program' && includesLater(source, assignment)) {
    throw new Refusal(`a file that is included afterwards sees ${name}`);
  }
  const mentions = mentionsOf(source, owner, name);
  if (mentions.some(({ isShared }) => isShared)) throw new Refusal(`${name} is shared with other code`);
  const setters = mentions.filter(({ isSet }) => isSet).map(({ node }) => node.parent ?? node);
  return mentions.flatMap(({ node, isSet }) => {
    if (isSet || node.start < assignment.start) return [];
    const seen = reaching(setters, node);
    if (seen === undefined) throw new Refusal(`what ${name} holds depends on the round of a loop`);
    if (!seen.includes(assignment)) return [];
    const others = seen.filter((setter) => setter !== assignment && !setsNothing(source, setter));
    if (others.length > 0) throw new Refusal(`${name} holds one answer or another`);
    return [node];
  });
}

function includesLater(source: PhpSource, assignment: PhpNode): boolean {
  return source
    .nodes()
    .some(({ kind, start }) => /^(?:include|require)(?:_once)?_expression$/.test(kind) && start > assignment.start);
}

/** `$response = null;` */
function setsNothing(source: PhpSource, setter: PhpNode): boolean {
  const value = setter.kind === 'assignment_expression' ? setter.parts[1] : undefined;
  return value !== undefined && isNothing(source, value);
}

/** A value that stands for the want of one. */
export const isNothing = (source: PhpSource, value: PhpNode): boolean =>
  /^(?:null|false|\[\]|array\(\)|''|"")$/i.test(source.textOf(value));
