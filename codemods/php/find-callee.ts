import { descendantsOf, findClass, methodIn, parentsOf } from './class-line';
import type { PhpFile, Project } from './project';
import { Refusal } from './refusal';
import { classOf, declaredName, nameOf, type PhpNode } from './tree';

/** A function or method that the project declares. */
export interface DeclaredFunction {
  readonly file: PhpFile;
  readonly node: PhpNode;
}

/** The method that a class of the project has, its own or that of a class above it. */
export function findMethod(project: Project, className: string, name: string): DeclaredFunction | undefined {
  const line = new Set([className]);
  for (const one of line) {
    const declared = findClass(project, one);
    const own = declared === undefined ? undefined : methodIn(declared, name);
    if (own !== undefined) return own;
    // An interface has no body that could be entered.
    const [parent] = declared?.node.kind === 'class_declaration' ? parentsOf(declared) : [];
    if (parent !== undefined) line.add(parent);
  }
  return undefined;
}

/** The one function of the project that a name stands for in a file. */
export function findFunction(
  project: Project,
  { types: { names } }: PhpFile,
  written: string,
): DeclaredFunction | undefined {
  const name = written.toLowerCase();
  const simple = name.slice(name.lastIndexOf('\\') + 1);
  const wanted = name.includes('\\') ? [names.resolve(name)] : [names.namespace + name, name];
  const found = project.filesDeclaring(simple).flatMap((file) =>
    file.source
      .all('function_definition')
      .filter((node) =>
        wanted.includes(file.types.names.namespace + (declaredName(file.source, node) ?? '').toLowerCase()),
      )
      .map((node) => ({ file, node })),
  );
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Every function of the project that one call may enter; those of the classes below as well.
 *
 * @throws Refusal where it may enter another one
 */
export function findCallees(project: Project, file: PhpFile, call: PhpNode): readonly DeclaredFunction[] {
  const { source, types } = file;
  const [first] = call.parts;
  const written = first === undefined ? '' : source.textOf(first);
  const unknown = new Refusal(`${written} is not a function or a class of this project that is certain`);
  if (call.kind === 'function_call_expression') {
    const found = nameOf(source, call) === undefined ? undefined : findFunction(project, file, written);
    if (found === undefined) throw unknown;
    return [found];
  }
  const isMade = call.kind === 'object_creation_expression';
  const inPlace = methodAround(file, call);
  if (inPlace !== undefined) return [inPlace];
  const className = isMade ? types.classOf(call) : receiverOf(file, call);
  const name = isMade ? '__construct' : nameOf(source, call);
  if (className === undefined || name === undefined) throw unknown;
  const found = findMethod(project, className, name);
  if (found === undefined) throw unknown;
  const below = isMade
    ? []
    : descendantsOf(project, className).flatMap((one) => findMethod(project, one.name, name) ?? []);
  return [found, ...below.filter(({ node }) => node !== found.node)];
}

/** The method of a trait or of a class without a name that calls itself. */
function methodAround(file: PhpFile, call: PhpNode): DeclaredFunction | undefined {
  const owner = classOf(call);
  const [object] = call.parts;
  if (owner === undefined || object === undefined || file.types.names.nameOf(owner) !== undefined) return undefined;
  if (!OWN.test(file.source.textOf(object)) || call.kind === 'object_creation_expression') return undefined;
  return methodIn({ file, node: owner }, nameOf(file.source, call) ?? '');
}

const OWN = /^(?:self|static|\$this)$/i;

/** The class that a method is called on, or that a property is of. */
export function receiverOf({ source, types }: PhpFile, call: PhpNode): string | undefined {
  const [object] = call.parts;
  if (object === undefined) return undefined;
  const written = source.textOf(object);
  if (OWN.test(written)) {
    const owner = classOf(call);
    return owner === undefined ? undefined : types.names.nameOf(owner);
  }
  if (call.kind.startsWith('scoped_') && !/^[$(]/.test(written)) {
    return /^parent$/i.test(written) ? undefined : types.names.resolve(written);
  }
  return types.classOf(object);
}
