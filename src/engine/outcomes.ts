import type { FindingDraft } from '../../codemods/codemod';
import { languageOf } from '../workspace/classify-file';
import type { FailedFile, LegacyCopy, LoadedFile, Marker, NotedFile } from './loaded-file';
import { LEFT_OUT, type FileOutcome } from './run';
import type { Refusal } from './verify';

export interface OutcomeInput {
  readonly command: 'audit' | 'migrate';
  readonly files: readonly LoadedFile[];
  readonly noted: readonly NotedFile[];
  readonly legacyCopies: readonly LegacyCopy[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Could not be read, parsed or processed; all that is said of one file is kept. */
  readonly failed: readonly FailedFile[];
  readonly refused: ReadonlyMap<string, Refusal>;
  /** The masked diff of every changed or new file, and the codemods that changed it. */
  readonly changed: ReadonlyMap<
    string,
    { readonly diff: string; readonly codemods: readonly string[]; readonly isNew: boolean }
  >;
  /** What the codemods found, before `--only` and `--skip`. */
  readonly drafts: readonly FindingDraft[];
  readonly isReported: (draft: FindingDraft) => boolean;
  /** Whether every codemod ran. */
  readonly isComplete: boolean;
}

const V2 = /@amazonpay\/amazon-pay-api-sdk-nodejs|\bamazon-pay-v2\b|\bWebStoreClient\b/;

/** Says what happened to every file that holds a marker, was changed, was skipped or failed; sorted by path. */
export function describeFiles(input: OutcomeInput): FileOutcome[] {
  const outcomes = new Map<string, FileOutcome>();
  const add = (path: string, outcome: Omit<FileOutcome, 'path' | 'language'>): void => {
    outcomes.set(path, { path, language: languageOf(path), ...outcome });
  };
  for (const { path, reason } of input.skipped) add(path, { status: 'skipped', reason });
  for (const { path, reason, marker, line } of input.legacyCopies) {
    add(path, { status: 'skipped', reason: `${reason}; holds the marker ${marker} on line ${line}` });
  }
  for (const file of input.noted) add(file.path, { status: 'unchanged', reason: explainMarker(file, input) });
  const drafts = groupByPath(input.drafts);
  for (const file of input.files) {
    const own = drafts.get(file.path) ?? [];
    if (file.marker === null && own.length === 0) continue;
    add(file.path, { status: 'unchanged', reason: explainUnchanged(file, own, input) });
  }
  for (const [path, { diff, codemods, isNew }] of input.changed) {
    add(path, { status: 'changed', reason: `${isNew ? 'written' : 'changed'} by ${codemods.join(', ')}`, diff });
  }
  for (const [path, { reason, error, declined }] of input.refused) {
    add(
      path,
      declined === true ? { status: 'unchanged', reason: `declined: ${error}` } : { status: 'failed', reason, error },
    );
  }
  for (const [path, errors] of groupErrors(input.failed)) {
    const diff = input.changed.get(path)?.diff;
    const reason = diff === undefined ? 'could not be processed' : 'only partly changed';
    if (!input.refused.has(path))
      add(path, { status: 'failed', reason, ...(diff === undefined ? {} : { diff }), error: errors });
  }
  return [...outcomes.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function explainUnchanged(file: LoadedFile, own: readonly FindingDraft[], input: OutcomeInput): string {
  const reported = own.filter(input.isReported).length;
  if (reported > 0) {
    const count = reported === 1 ? '1 finding' : `${reported} findings`;
    return input.command === 'audit' ? `${count}; audit changes nothing` : `${count}; nothing that could be rewritten`;
  }
  if (own.length > 0) return `its findings are ${LEFT_OUT}`;
  if (V2.test(file.text)) return 'already migrated';
  return explainMarker(file.marker ?? { marker: '', line: 0 }, input);
}

const explainMarker = ({ marker, line }: Marker, { isComplete }: OutcomeInput): string =>
  isComplete
    ? `no match: holds the marker ${marker} on line ${line}, no rule applies`
    : `holds the marker ${marker} on line ${line}; rules that may apply are ${LEFT_OUT}`;

function groupByPath(drafts: readonly FindingDraft[]): Map<string, FindingDraft[]> {
  const groups = new Map<string, FindingDraft[]>();
  for (const draft of drafts) {
    const group = groups.get(draft.path);
    if (group === undefined) groups.set(draft.path, [draft]);
    else group.push(draft);
  }
  return groups;
}

function groupErrors(failed: readonly FailedFile[]): Map<string, string> {
  const errors = new Map<string, string>();
  for (const { path, error } of failed) {
    const known = errors.get(path);
    if (known?.includes(error) !== true) errors.set(path, known === undefined ? error : `${known}; ${error}`);
  }
  return errors;
}
