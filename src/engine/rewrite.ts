import type { CodemodInput, Edit, FindingDraft, NewFile, SourceUnit } from '../../codemods/codemod';
import type { Selection } from './codemod-list';

/** What the codemods said about a set of texts, and the texts as they would be. */
export interface Rewritten {
  readonly findings: readonly FindingDraft[];
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly newFiles: readonly NewFile[];
  readonly failures: readonly { readonly path: string; readonly error: string }[];
  /** All units with the edits applied, and the new files. */
  readonly units: readonly SourceUnit[];
}

/** Replaces spans of a text; the edits are sorted and do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: replacement } of edits) {
    result += text.slice(from, start) + replacement;
    from = end;
  }
  return result + text.slice(from);
}

const byPosition = (a: Edit, b: Edit): number => a.start - b.start || a.end - b.end;

/** The merged edits, or undefined when two of them touch the same text. */
function merge(before: readonly Edit[], added: readonly Edit[]): Edit[] | undefined {
  const all = [...before, ...added].sort(byPosition);
  const overlaps = all.some((edit, index) => {
    const next = all[index + 1];
    return next !== undefined && next.start < edit.end;
  });
  return overlaps ? undefined : all;
}

interface Accumulated {
  readonly findings: FindingDraft[];
  readonly edits: Map<string, readonly Edit[]>;
  readonly newFiles: NewFile[];
  readonly failures: { path: string; error: string }[];
}

function addEdits(into: Accumulated, name: string, edits: readonly Edit[]): void {
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const own = edits.filter((edit) => edit.path === path);
    const merged = merge(into.edits.get(path) ?? [], own);
    if (merged === undefined) {
      into.failures.push({
        path,
        error: `the edits of ${name} overlap others; they were left out. This is a bug: please report it.`,
      });
    } else into.edits.set(path, merged);
  }
}

const applyAll = (units: readonly SourceUnit[], into: Accumulated): SourceUnit[] => [
  ...units.map((unit) => ({ ...unit, text: applyEdits(unit.text, into.edits.get(unit.path) ?? []) })),
  ...into.newFiles.map(({ path, text }): SourceUnit => ({
    path,
    text,
    language: path.endsWith('.ts') ? 'typescript' : 'javascript',
  })),
];

async function runOne(
  into: Accumulated,
  { entry, edits }: Selection['entries'][number],
  input: CodemodInput,
  keep: boolean,
): Promise<void> {
  const codemod = await entry.load();
  const result = await codemod.run(input);
  const rewrites = edits && keep;
  into.findings.push(...result.findings.map((finding) => (edits ? finding : { ...finding, rewritten: false })));
  into.failures.push(...result.failures);
  if (!rewrites) return;
  into.newFiles.push(...result.newFiles);
  addEdits(into, entry.name, result.edits);
}

/**
 * Runs the codemods over one set of texts. Those that come last see what the others have written, so that they can tell
 * what is still used.
 *
 * @param keep false for audit: everything is found, nothing is rewritten
 */
export async function rewrite(input: CodemodInput, selection: Selection, keep: boolean): Promise<Rewritten> {
  const into: Accumulated = { findings: [], edits: new Map(), newFiles: [], failures: [] };
  for (const chosen of selection.entries.filter(({ entry }) => entry.last !== true))
    await runOne(into, chosen, input, keep);
  const later = { ...input, files: applyAll(input.files, into) };
  for (const chosen of selection.entries.filter(({ entry }) => entry.last === true))
    await runOne(into, chosen, later, keep);
  return { ...into, units: applyAll(input.files, into) };
}
