import type { CodemodResult, Edit } from '../../codemods/codemod';
import { applyEdits } from '../../codemods/rewriting/apply-edits';
import { findOverlap, mapBackward, sortSpans, type Span } from './apply-edits';
import type { CodemodRun } from './run-codemods';

/** An edit and the codemod that it comes from. */
export interface AttributedSpan extends Span {
  readonly codemod: string;
}

/** What all codemods together make of the files. */
export interface Rewriting {
  /** Sorted edits of every changed file, in offsets of the file as found. */
  readonly spans: ReadonlyMap<string, readonly AttributedSpan[]>;
  readonly newFiles: ReadonlyMap<string, { readonly text: string; readonly codemod: string }>;
  /** Every file that the codemods were given, with its new text, and the new files. */
  readonly texts: ReadonlyMap<string, string>;
  /** Why edits were left out, by file. */
  readonly dropped: ReadonlyMap<string, string>;
}

/** Files that must stay as they are. */
type Refused = ReadonlyMap<string, unknown>;

/**
 * Applies the edits of all codemods. Where two of them want the same place, those of the later one are left out for the
 * whole file: half of what a codemod wants is worse than nothing.
 */
export function rewrite(
  found: ReadonlyMap<string, string>,
  runs: readonly CodemodRun[],
  refused: Refused,
  isTaken: (path: string) => boolean,
): Rewriting {
  const spans = new Map<string, AttributedSpan[]>();
  const newFiles = new Map<string, { text: string; codemod: string }>();
  const dropped = new Map<string, string>();
  for (const { name, result } of runs) {
    for (const [path, edits] of groupByPath(result.edits)) {
      if (refused.has(path)) continue;
      const added = sortSpans([...edits.map((edit) => ({ ...edit, codemod: name }))]);
      const merged = sortSpans([...(spans.get(path) ?? []), ...added]);
      const problem = findProblem(found.get(path), added, merged, name);
      if (problem === undefined) spans.set(path, merged);
      else dropped.set(path, problem);
    }
    for (const { path, text } of result.newFiles) {
      if (refused.has(path)) continue;
      const earlier = newFiles.get(path);
      if (isTaken(path)) dropped.set(path, `${name} would write a file that is there already`);
      else if (earlier !== undefined && earlier.text !== text) {
        dropped.set(path, `${earlier.codemod} and ${name} would both write this file`);
      } else newFiles.set(path, { text, codemod: name });
    }
  }
  const texts = new Map([...found].map(([path, text]) => [path, applyEdits(text, spans.get(path) ?? [])]));
  // Edits that write what stands there are none.
  for (const path of spans.keys()) if (texts.get(path) === found.get(path)) spans.delete(path);
  for (const [path, { text }] of newFiles) texts.set(path, text);
  return { spans, newFiles, texts, dropped };
}

function groupByPath(edits: readonly Edit[]): Map<string, Edit[]> {
  const groups = new Map<string, Edit[]>();
  for (const edit of edits) {
    const group = groups.get(edit.path);
    if (group === undefined) groups.set(edit.path, [edit]);
    else group.push(edit);
  }
  return groups;
}

function findProblem(
  text: string | undefined,
  added: readonly AttributedSpan[],
  merged: readonly AttributedSpan[],
  name: string,
): string | undefined {
  if (text === undefined) return `${name} would change this file without having been given it`;
  if (added.some(({ start, end }) => !(start >= 0 && start <= end && end <= text.length))) {
    return `${name} would change places that this file does not have`;
  }
  const overlap = findOverlap(merged);
  if (overlap === undefined) return undefined;
  const other = overlap.find(({ codemod }) => codemod !== name)?.codemod;
  return other === undefined
    ? `edits of ${name} overlap each other; they were left out`
    : `edits of ${name} overlap those of ${other}; those of ${name} were left out`;
}

/**
 * Brings what a codemod said about rewritten texts back to the files as found. Edits of text that another codemod wrote
 * have no place there; all edits of such a file are left out and it is a failure.
 */
export function mapToFound({ result, ...run }: CodemodRun, rewriting: Rewriting): CodemodRun {
  const failures = [...result.failures];
  const { name } = run;
  const edits = [...groupByPath(result.edits)].flatMap(([path, group]) => {
    const spans = rewriting.spans.get(path) ?? [];
    const mapped = group.map((edit) => mapEdit(edit, spans));
    if (mapped.every((edit) => edit !== undefined)) return mapped;
    const others = [...new Set(spans.map(({ codemod }) => codemod))].join(', ');
    failures.push({ path, error: `edits of ${name} overlap those of ${others}; those of ${name} were left out` });
    return [];
  });
  const findings = result.findings.map((finding): CodemodResult['findings'][number] => {
    const spans = rewriting.spans.get(finding.path) ?? [];
    const start = mapBackward(spans, finding.start, 'start').offset;
    const end = mapBackward(spans, finding.end, 'end').offset;
    return { ...finding, start, end: Math.max(start, end) };
  });
  return { ...run, result: { ...result, edits, findings, failures } };
}

function mapEdit(edit: Edit, spans: readonly Span[]): Edit | undefined {
  const start = mapBackward(spans, edit.start, 'start');
  if (edit.start === edit.end) return start.isInside ? undefined : { ...edit, start: start.offset, end: start.offset };
  const end = mapBackward(spans, edit.end, 'end');
  if (start.isInside || end.isInside) return undefined;
  return { ...edit, start: start.offset, end: end.offset };
}
