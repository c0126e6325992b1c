import type { Edit } from '../../codemod';
import { applyEdits } from '../../rewriting/apply-edits';
import { cutLine } from '../cut-line';
import type { PhpFile } from '../project';
import type { PhpNode } from '../tree';

export const V2_CLIENT = 'Amazon\\Pay\\API\\Client';

/** What becomes of what a file imports. */
export interface Imports {
  readonly edits: readonly Edit[];
  /** Clauses of `use` that another class takes the place of, or none. */
  readonly changed: readonly { readonly clause: PhpNode; readonly isRemoved: boolean }[];
  /** Whole declarations that are gone. */
  readonly removed: ReadonlySet<PhpNode>;
}

/**
 * What a file imports of the legacy SDK, after the edits of everything else: what nothing names any more goes, and the
 * legacy client becomes that of v2 where it has become one.
 */
export function rewriteImports(file: PhpFile, edits: readonly Edit[], isClientInV2: boolean): Imports {
  const { source } = file;
  const declarations = source.all('namespace_use_declaration');
  const rest = applyEdits(source.text, [
    ...edits,
    ...declarations.map((node) => ({ ...spanOf(file, node), text: '' })),
  ]);
  const result = {
    edits: [] as Edit[],
    changed: [] as { clause: PhpNode; isRemoved: boolean }[],
    removed: new Set<PhpNode>(),
  };
  for (const declaration of declarations) {
    const isGroup = declaration.parts.some(({ kind }) => kind === 'namespace_use_group');
    const clauses = source.nodes(declaration).filter(({ kind }) => kind === 'namespace_use_clause');
    const kept: string[] = [];
    const own: string[] = [];
    let isChanged = false;
    for (const clause of clauses) {
      const change = changeOf(file, clause, rest, isClientInV2);
      if (change === undefined) {
        kept.push(source.textOf(clause));
        continue;
      }
      isChanged = true;
      result.changed.push({ clause, isRemoved: change === null });
      if (change !== null) (isGroup ? own : kept).push(change);
    }
    if (!isChanged) continue;
    const text = [...declarationOf(file, declaration, kept, isGroup), ...own.map((one) => `use ${one};`)].join(
      file.style.newline,
    );
    if (text === '') result.removed.add(declaration);
    result.edits.push(text === '' ? cutLine(file, declaration) : { ...spanOf(file, declaration), text });
  }
  return result;
}

/** Undefined where a clause stays, null where it goes, else what it becomes. */
function changeOf(
  { source, types }: PhpFile,
  clause: PhpNode,
  rest: string,
  isClientInV2: boolean,
): string | null | undefined {
  const [name, alias] = clause.parts;
  const full = `\\${types.names.imported(clause)}`;
  const isClient = types.names.isClient(full);
  if (name === undefined || !(isClient || types.names.isOf(full, 'response'))) return undefined;
  const written = source.textOf(name);
  const local = alias === undefined ? written.slice(written.lastIndexOf('\\') + 1) : source.textOf(alias);
  const isOddlyWritten = source
    .all('name')
    .some(
      (node) =>
        source.textOf(node) !== local && source.textOf(node).toLowerCase() === local.toLowerCase() && isType(node),
    );
  if (!new RegExp(`(?<![$\\w\\\\]|->|::)${local}\\b`).test(rest) && !isOddlyWritten) return null;
  if (!isClient || !isClientInV2) return undefined;
  return local === 'Client' ? V2_CLIENT : `${V2_CLIENT} as ${local}`;
}

/** PHP does not tell the case of letters apart, and a variable or method may be named as a class is. */
const isType = ({ parent }: PhpNode): boolean =>
  parent !== null && /^(?:named_type|base_clause|class_interface_clause|binary_expression)$/.test(parent.kind);

function declarationOf({ source }: PhpFile, declaration: PhpNode, kept: readonly string[], isGroup: boolean): string[] {
  if (kept.length === 0) return [];
  const prefix = declaration.parts.find(({ kind }) => kind === 'namespace_name');
  const list = kept.join(', ');
  return [isGroup && prefix !== undefined ? `use ${source.textOf(prefix)}\\{${list}};` : `use ${list};`];
}

const spanOf = ({ source }: PhpFile, { start, end }: PhpNode): Omit<Edit, 'text'> => ({
  path: source.path,
  start,
  end,
});
