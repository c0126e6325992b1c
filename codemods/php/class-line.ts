import type { PhpFile, Project } from './project';
import { Refusal } from './refusal';
import { around, declaredName, type PhpNode } from './tree';

/** A class or interface of the project. */
export interface DeclaredClass {
  readonly file: PhpFile;
  readonly node: PhpNode;
  /** The whole name in small letters. */
  readonly name: string;
}

const DECLARATIONS = ['class_declaration', 'interface_declaration'] as const;
const CLASSES = new Set<string>([...DECLARATIONS, 'trait_declaration', 'anonymous_class', 'enum_declaration']);
const shortName = (name: string): string => name.slice(name.lastIndexOf('\\') + 1);

/** What a class extends and implements, by whole names in small letters. */
export const parentsOf = ({ file, node }: Pick<DeclaredClass, 'file' | 'node'>): readonly string[] =>
  node.parts
    .filter(({ kind }) => kind === 'base_clause' || kind === 'class_interface_clause')
    .flatMap(({ parts }) => parts.map((part) => file.types.names.resolve(file.source.textOf(part))));

/** The declaration of a class by its whole name; refused where there are two. */
export function findClass(project: Project, name: string): DeclaredClass | undefined {
  const files = project.filesDeclaring(shortName(name));
  const found = files.flatMap((file) =>
    file.source
      .all(...DECLARATIONS)
      .flatMap((node) => (file.types.names.nameOf(node) === name ? [{ file, node, name }] : [])),
  );
  if (found.length > 1) throw new Refusal(`${shortName(name)} is declared twice`);
  return found[0];
}

/** The classes that extend a class, through others in between. */
export function descendantsOf(project: Project, name: string): readonly DeclaredClass[] {
  const known = below.get(project) ?? new Map<string, readonly DeclaredClass[]>();
  below.set(project, known);
  const found = known.get(name) ?? findDescendants(project, name);
  known.set(name, found);
  return found;
}

const below = new WeakMap<Project, Map<string, readonly DeclaredClass[]>>();

function findDescendants(project: Project, name: string): readonly DeclaredClass[] {
  const line = new Map<string, DeclaredClass>();
  const pending = [name];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const extending = new RegExp(`\\b(?:extends|implements)\\s[^{]*\\b${shortName(next)}\\b`, 'i');
    for (const file of project.filesWith(extending)) {
      for (const node of file.source.all(...DECLARATIONS, 'anonymous_class')) {
        const own = file.types.names.nameOf(node) ?? `${file.source.path}:${node.start}`;
        if (line.has(own) || !parentsOf({ file, node }).includes(next)) continue;
        line.set(own, { file, node, name: own });
        pending.push(own);
      }
    }
  }
  return [...line.values()];
}

/** The classes and interfaces above a class; refused where one is not of the project. */
export function ancestorsOf(project: Project, declared: DeclaredClass): readonly DeclaredClass[] {
  const line = new Map<string, DeclaredClass>();
  const pending = [...parentsOf(declared)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (line.has(next)) continue;
    const found = findClass(project, next);
    if (found === undefined) throw new Refusal(`its class is a ${shortName(next)}, which is not of this project`);
    line.set(next, found);
    pending.push(...parentsOf(found));
  }
  return [...line.values()];
}

/** The method that a class itself declares. */
export function methodIn(
  { file, node }: Pick<DeclaredClass, 'file' | 'node'>,
  name: string,
): { readonly file: PhpFile; readonly node: PhpNode } | undefined {
  const method = file.source
    .nodes(node)
    .find(
      (inner) =>
        inner.kind === 'method_declaration' &&
        around(inner).find(({ kind }) => CLASSES.has(kind)) === node &&
        declaredName(file.source, inner)?.toLowerCase() === name.toLowerCase(),
    );
  return method === undefined ? undefined : { file, node: method };
}
