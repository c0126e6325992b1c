import { createHash } from 'node:crypto';
import { rules } from '../catalog';
import type { Edit, FindingDraft } from '../../codemods/codemod';
import { maskSecrets } from './mask-secrets';
import type { Finding } from './run';
import { LineIndex, mapSpan } from './text-positions';

const MAX_LINES = 12;
const MAX_LENGTH = 1000;

export interface FindingSource {
  /** Text in which the drafts' offsets count. */
  readonly text: string;
  /** The text after migration and the edits that led to it; absent when the file does not change. */
  readonly change?: { readonly text: string; readonly edits: readonly Edit[] };
}

const excerpt = (text: string): string => {
  const lines = text.split(/\r?\n/);
  const cut = lines.slice(0, MAX_LINES).join('\n').slice(0, MAX_LENGTH);
  return maskSecrets(cut.length < text.length && lines.length > MAX_LINES ? `${cut}\n…` : cut);
};

/** Stays the same when the code moves: it knows the text, not the line. */
function fingerprint(draft: FindingDraft, matched: string, seen: Map<string, number>): string {
  const key = [
    draft.rule,
    draft.path,
    draft.legacy.name,
    draft.legacy.operation ?? '',
    matched.replace(/\s+/g, ' ').trim(),
  ].join('\0');
  const ordinal = seen.get(key) ?? 0;
  seen.set(key, ordinal + 1);
  return createHash('sha256').update(`${key}\0${ordinal}`).digest('hex').slice(0, 16);
}

function toFinding(draft: FindingDraft, source: FindingSource, index: LineIndex, seen: Map<string, number>): Finding {
  const rule = rules[draft.rule];
  const { change } = source;
  const span = change === undefined ? undefined : mapSpan(draft.start, draft.end, change.edits);
  const migrated = change !== undefined && draft.rewritten && draft.automation === 'automatic';
  const after =
    change === undefined || span === undefined || !draft.rewritten
      ? undefined
      : new LineIndex(change.text).lines(span.start, span.end);
  return {
    fingerprint: fingerprint(draft, source.text.slice(draft.start, draft.end), seen),
    rule: draft.rule,
    codemod: draft.codemod,
    surface: draft.surface,
    automation: draft.automation,
    status: migrated ? 'migrated' : 'open',
    confidence: draft.confidence,
    file: draft.path,
    range: { start: index.position(draft.start), end: index.position(draft.end) },
    legacy: draft.legacy,
    replacement: draft.replacement,
    message: maskSecrets(draft.message),
    guidance: draft.guidance ?? rule?.guidance ?? '',
    docs: draft.docs ?? rule?.docs ?? '',
    effortMinutes: draft.effortMinutes ?? rule?.effortMinutes ?? 0,
    before: excerpt(index.lines(draft.start, draft.end)),
    ...(after === undefined ? {} : { after: excerpt(after) }),
  };
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

const inReadingOrder = (a: FindingDraft, b: FindingDraft): number =>
  compare(a.path, b.path) ||
  compare(a.start, b.start) ||
  compare(a.end, b.end) ||
  compare(a.rule, b.rule) ||
  compare(a.message, b.message);

/** Turns what the codemods said into findings of the report, in reading order. */
export function toFindings(
  drafts: readonly FindingDraft[],
  sourceOf: (path: string) => FindingSource | undefined,
): Finding[] {
  const seen = new Map<string, number>();
  const indexes = new Map<string, LineIndex>();
  return [...drafts].sort(inReadingOrder).flatMap((draft): Finding[] => {
    const source = sourceOf(draft.path);
    if (source === undefined) return [];
    const index = indexes.get(draft.path) ?? new LineIndex(source.text);
    indexes.set(draft.path, index);
    return [toFinding(draft, source, index, seen)];
  });
}
