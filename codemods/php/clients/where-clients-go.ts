import { comparedWithNothing, isAsked } from '../answers/value-uses';
import { findCallees } from '../find-callee';
import type { Project } from '../project';
import { Refusal } from '../refusal';
import { isHidden } from '../variables';
import { consumerOf, functionOf, isMethodCall, isPropertyRead, nameOf, parameterAt, type PhpNode } from '../tree';
import type { Notes } from './client-file';

const VALUES =
  /^(?:variable_name|(?:nullsafe_)?member_(?:access|call)_expression|scoped_(?:call|property_access)_expression|function_call_expression|object_creation_expression|(?:augmented_)?assignment_expression|conditional_expression|binary_expression)$/;
/** Where a variable is declared or leaves. */
const DECLARES =
  /^(?:simple_parameter|property_promotion_parameter|property_element|static_variable_declaration|anonymous_function_use_clause|unset_statement|expression_statement)$/;
const ASKS = /^(?:isset|empty|is_null|is_object)$/i;

/** Looks where each client of a file goes: a use that is neither rewritten nor followed keeps it a legacy one. */
export function lookWhereClientsGo(project: Project, notes: Notes, isRewritten: (node: PhpNode) => boolean): void {
  const { source, types } = notes.file;
  for (const node of source.nodes()) {
    const isProperty = node.parent?.kind === 'scoped_property_access_expression' && node.parent.parts[1] === node;
    if (VALUES.test(node.kind) && !isProperty && types.isClient(node)) lookAt(project, notes, node, isRewritten);
  }
}

function lookAt(project: Project, notes: Notes, node: PhpNode, isRewritten: (node: PhpNode) => boolean): void {
  const { source, types } = notes.file;
  const { consumer, as } = consumerOf(node);
  if (node.kind === 'variable_name' && isHidden(source, functionOf(node))) notes.block(node, 'may be used by its name');
  if (consumer === null) return notes.block(node, 'uses it in a way that is not followed');
  if (isMethodCall(consumer) && consumer.parts[0] === as) {
    if (node.kind === 'object_creation_expression') notes.block(consumer, 'makes it for one call');
    if (!isRewritten(consumer)) notes.block(consumer, `calls ${nameOf(source, consumer) ?? 'a computed method'}`);
    return;
  }
  if (isPropertyRead(consumer) && consumer.parts[0] === as) return lookAtProperty(notes, consumer, isRewritten);
  if (/assignment_expression$/.test(consumer.kind)) {
    const [left] = consumer.parts;
    const isKept = left === as || (left !== undefined && types.isClient(left));
    return isKept ? undefined : notes.block(consumer, 'keeps it where others find it');
  }
  if (DECLARES.test(consumer.kind) && node.kind !== 'object_creation_expression') return;
  switch (consumer.kind) {
    case 'expression_statement':
    // Every value that a function returns is looked at with the function.
    case 'return_statement':
      return;
    case 'argument':
      return notes.guard(consumer, 'hands it on', () => lookAtArgument(project, notes, consumer));
    default:
  }
  const isInstance = consumer.children.some(({ kind }) => kind === 'instanceof');
  const isTest = isInstance || isAsked(source, consumer, as) || comparedWithNothing(source, consumer, as) !== undefined;
  // One client or another: what comes of it is looked at itself.
  if (!isTest && !types.isClient(consumer)) notes.block(consumer, 'uses it in a way that is not followed');
}

function lookAtProperty(notes: Notes, read: PhpNode, isRewritten: (node: PhpNode) => boolean): void {
  const { source } = notes.file;
  const name = nameOf(source, read);
  const { consumer } = consumerOf(read);
  if (isRewritten(read)) return;
  const isWritten = consumer?.kind.endsWith('assignment_expression') === true && consumer.parts[0] === read;
  if (name === 'currency_code' && !isWritten && consumer?.kind !== 'encapsed_string') notes.currencies.push(read);
  else notes.block(read, `reads its ${name ?? 'computed'} property`);
}

function lookAtArgument(project: Project, notes: Notes, argument: PhpNode): void {
  const { source } = notes.file;
  const list = argument.parent;
  const call = list?.parent ?? null;
  if (list === null || call === null || argument.parts.length !== 1) throw new Refusal('it is not certain to what');
  if (call.kind === 'function_call_expression' && ASKS.test(nameOf(source, call) ?? '')) return;
  const [owner] = call.parts;
  if (call.kind === 'scoped_call_expression' && owner !== undefined && /^\\?AmazonPayV2$/.test(source.textOf(owner)))
    return;
  for (const { file, node } of findCallees(project, notes.file, call)) {
    const parameter = parameterAt(node, list.parts.indexOf(argument));
    const variable = parameter?.parts.find(({ kind }) => kind === 'variable_name');
    if (parameter === undefined || variable === undefined || !file.types.isClient(variable)) {
      throw new Refusal(`${file.source.path} does not say that it takes one`);
    }
    notes.link(file);
  }
}
