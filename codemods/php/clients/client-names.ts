import type { PhpFile } from '../project';
import type { PhpNode } from '../tree';

/** How one file names the class of the legacy client. */
export interface ClientName {
  readonly node: PhpNode;
  /** import: a clause of `use`. made: `new Client()`. type: of a parameter, a property, a return value, or `instanceof`. */
  readonly kind: 'import' | 'made' | 'type' | 'other';
}

const TYPES = new Set(['named_type', 'optional_type', 'union_type']);

/** Every place in the code of a file that names the class of the legacy client. */
export function clientNames({ source, types }: PhpFile): readonly ClientName[] {
  return source.all('name', 'qualified_name').flatMap((node): ClientName[] => {
    const { parent } = node;
    if (parent === null || parent.kind === 'qualified_name' || parent.kind === 'namespace_name') return [];
    if (parent.kind === 'namespace_use_clause') {
      const isAlias = parent.parts[0] !== node;
      return !isAlias && types.names.isClient(`\\${types.names.imported(parent)}`)
        ? [{ node: parent, kind: 'import' }]
        : [];
    }
    if (!names(parent, node) || !types.names.isClient(source.textOf(node))) return [];
    if (parent.kind === 'object_creation_expression') return [{ node: parent, kind: 'made' }];
    const isAsked = parent.kind === 'binary_expression' && parent.children.some(({ kind }) => kind === 'instanceof');
    const isClass = !/Interface$/i.test(types.names.resolve(source.textOf(node)));
    return [{ node, kind: (TYPES.has(parent.kind) || isAsked) && isClass ? 'type' : 'other' }];
  });
}

/** Whether a name stands for a class where it is: the names of variables, methods and constants do not. */
function names(parent: PhpNode, node: PhpNode): boolean {
  if (TYPES.has(parent.kind)) return true;
  switch (parent.kind) {
    case 'object_creation_expression':
    case 'base_clause':
    case 'class_interface_clause':
      return true;
    case 'binary_expression':
      return parent.children.some(({ kind }) => kind === 'instanceof');
    case 'class_constant_access_expression':
    case 'scoped_call_expression':
    case 'scoped_property_access_expression':
      return parent.parts[0] === node;
    case 'type_list':
      return true;
    default:
      return false;
  }
}
