import { descendantsOf } from '../class-line';
import { receiverOf } from '../find-callee';
import { findCallers, findConstructions } from '../find-callers';
import type { PhpFile, Project } from '../project';
import { Refusal } from '../refusal';
import {
  classOf,
  consumerOf,
  declaredName,
  functionOf,
  isFunction,
  isPropertyRead,
  nameOf,
  parametersOf,
  placeOf,
  usesTraits,
  visibilityOf,
  type PhpNode,
} from '../tree';
import type { Notes } from './client-file';

/**
 * Looks where each parameter, property and return value that is a client gets it from. One that comes from where nobody
 * looks stays a legacy client, and so does every other one that may meet it.
 */
export function lookWhereClientsComeFrom(project: Project, notes: Notes): void {
  const { source } = notes.file;
  for (const node of source.nodes()) {
    if (isFunction(node) && node.kind !== 'program') {
      lookAtParameters(project, notes, node);
      lookAtReturns(project, notes, node);
    }
    if (node.kind === 'property_element' || node.kind === 'property_promotion_parameter')
      lookAtProperty(project, notes, node);
  }
}

const isNull = (value: PhpNode | undefined): boolean => value?.kind === 'null';

function lookAtParameters(project: Project, notes: Notes, owner: PhpNode): void {
  const { source, types } = notes.file;
  for (const [index, parameter] of parametersOf(owner).entries()) {
    const variable = parameter.parts.find(({ kind }) => kind === 'variable_name');
    if (variable === undefined || !types.isClient(variable)) continue;
    notes.guard(parameter, 'takes one', () => {
      const isMade = declaredName(source, owner)?.toLowerCase() === '__construct';
      const calls = isMade ? findConstructions(project, notes.file, owner) : findCallers(project, notes.file, owner);
      for (const { file, call } of calls) {
        const given = call.children.find(({ kind }) => kind === 'arguments')?.parts ?? [];
        const value = given[index]?.parts[0];
        if (given.some(({ parts }) => parts.length !== 1 || parts[0]?.kind === 'variadic_unpacking'))
          throw new Refusal(`${placeOf(file.source, call)} does not say which argument is which`);
        const hasDefault = parameter.parts.some(isNull);
        if (value === undefined ? !hasDefault : !isNull(value) && !file.types.isClient(value))
          throw new Refusal(`it is not certain what ${placeOf(file.source, call)} gives it`);
        notes.link(file);
      }
    });
  }
}

function lookAtReturns(project: Project, notes: Notes, owner: PhpNode): void {
  const { source, types } = notes.file;
  const name = types.returnedClass(owner);
  if (name === undefined || !types.names.isClient(`\\${name}`)) return;
  notes.guard(owner, 'returns one', () => {
    const values = source.nodes(owner).filter((node) => node.kind === 'return_statement' && functionOf(node) === owner);
    for (const {
      parts: [value],
    } of values) {
      if (value !== undefined && !isNull(value) && !types.isClient(value)) throw new Refusal('it is not certain which');
    }
    if (values.length === 0) throw new Refusal('another class says which');
    for (const { file, call } of findCallers(project, notes.file, owner)) {
      if (!file.types.isClient(call) && consumerOf(call).consumer?.kind !== 'expression_statement')
        throw new Refusal(`${placeOf(file.source, call)} uses it in a way that is not followed`);
      notes.link(file);
    }
  });
}

function lookAtProperty(project: Project, notes: Notes, element: PhpNode): void {
  const { source, types } = notes.file;
  const owner = classOf(element);
  const variable = element.parts.find(({ kind }) => kind === 'variable_name');
  if (owner === undefined || variable === undefined) return;
  const name = source.textOf(variable).slice(1);
  const accesses = source
    .nodes(owner)
    .filter((node) => propertyOf(notes.file, node) === name && isOwn(notes.file, node) && classOf(node) === owner);
  const declaration = element.kind === 'property_element' && element.parent !== null ? element.parent : element;
  const type = types.declaredType(declaration);
  const isTyped = type !== undefined && types.names.isClient(source.textOf(type));
  if (!isTyped && !accesses.some((node) => types.isClient(node))) return;
  for (const access of accesses) {
    const { parent } = access;
    const value = parent?.kind === 'assignment_expression' && parent.parts[0] === access ? parent.parts[1] : undefined;
    if (value !== undefined && !isNull(value) && !types.isClient(value))
      notes.block(access, 'keeps what may be another');
  }
  notes.guard(element, 'keeps one that others may reach', () =>
    refuseOtherAccess(project, notes.file, owner, { name, visibility: visibilityOf(source, declaration) }),
  );
}

/** The name of the property that an expression reads or writes. */
function propertyOf({ source }: PhpFile, node: PhpNode): string | undefined {
  if (isPropertyRead(node)) return nameOf(source, node);
  const property = node.kind === 'scoped_property_access_expression' ? node.parts[1] : undefined;
  return property === undefined ? undefined : source.textOf(property).replace(/^\$/, '');
}

const isOwn = ({ source }: PhpFile, { parts: [object] }: PhpNode): boolean =>
  object !== undefined && /^(?:\$this|self|static)$/i.test(source.textOf(object));

/** A property that is not private is reached from other classes, without a word of what it holds. */
function refuseOtherAccess(
  project: Project,
  file: PhpFile,
  owner: PhpNode,
  { name, visibility }: { readonly name: string; readonly visibility: ReturnType<typeof visibilityOf> },
): void {
  const className = file.types.names.nameOf(owner);
  if (className === undefined) throw new Refusal('its class has no name of its own');
  // `$this->$name` in a method that everyone may call.
  if (/->\s*(?:\$|\{)|get_object_vars/.test(file.source.textOf(owner)))
    throw new Refusal('its class reads properties by computed names');
  if (visibility === 'private' && !usesTraits(owner)) return;
  const family = [className, ...descendantsOf(project, className).map((one) => one.name)];
  const access = new RegExp(`(?:->|::\\$)${name}\\b`);
  for (const other of project.filesWith(access)) {
    const reach = other.source.nodes().find((node) => {
      if (propertyOf(other, node) !== name || (classOf(node) === owner && isOwn(other, node))) return false;
      const holder = receiverOf(other, node);
      return holder === undefined || family.includes(holder);
    });
    if (reach !== undefined) throw new Refusal(`${placeOf(other.source, reach)} may reach it`);
  }
  const extending = new RegExp(`\\bextends\\s+[\\w\\\\]*\\b${className.replace(/^.*\\/, '')}\\b`, 'i');
  const trait = new RegExp(`\\btrait\\s+\\w[\\s\\S]*->${name}\\b`);
  project.refuseElsewhere({ private: trait, protected: extending, public: access }[visibility], name);
  if (visibility === 'protected' && usesTraits(owner)) project.refuseElsewhere(trait, name);
}
