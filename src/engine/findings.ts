import { createHash } from 'node:crypto';
import type { FindingDraft } from '../../codemods/codemod';
import type { Rule } from '../catalog/types';
import { mapForward, type Span } from './apply-edits';
import { EngineError } from './engine-error';
import { maskSecrets } from './mask-secrets';
import { lineAndColumn, lineStartsOf, wholeLines } from './positions';
import type { Finding } from './run';

/** A file as the findings about it are told. */
export interface FindingSource {
  readonly text: string;
  /** What it becomes; undefined when it stays as it is. */
  readonly rewritten?: { readonly text: string; readonly spans: readonly Span[] };
}

export interface FindingInput {
  readonly drafts: readonly FindingDraft[];
  readonly sourceOf: (path: string) => FindingSource | undefined;
  /** Whether edits of this codemod stand in this file. */
  readonly stands: (draft: FindingDraft) => boolean;
  readonly rules: Readonly<Record<string, Rule>>;
}

const MAX_LINES = 12;
const MAX_LENGTH = 1000;

/** Everything about a file that several findings need, made once. */
interface Prepared {
  readonly text: string;
  readonly masked: string;
  readonly lineStarts: readonly number[];
  readonly maskedLines: readonly string[];
  readonly rewritten?: {
    text: string;
    spans: readonly Span[];
    lineStarts: readonly number[];
    maskedLines: readonly string[];
  };
}

/** Turns what the codemods said into findings, sorted by place. */
export function describeFindings(input: FindingInput): Finding[] {
  const prepared = new Map<string, Prepared>();
  const prepare = (path: string): Prepared => {
    const known = prepared.get(path) ?? prepareSource(path, input.sourceOf(path));
    prepared.set(path, known);
    return known;
  };
  const sorted = [...input.drafts].sort(compareDrafts);
  const ordinals = new Map<string, number>();
  return sorted.map((draft) => {
    const source = prepare(draft.path);
    const { start, end } = clamp(draft, source.text.length);
    const matched = maskSecrets(source.text.slice(start, end), draft.path).replace(/\s+/g, ' ').trim();
    const key = `${draft.rule}\0${draft.path}\0${matched}`;
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    return describe({ ...draft, start, end }, source, fingerprintOf(key, ordinal), input);
  });
}

function describe(
  draft: FindingDraft,
  source: Prepared,
  fingerprint: string,
  { rules, stands }: FindingInput,
): Finding {
  const rule = rules[draft.rule];
  if (rule === undefined) {
    const problem = `${draft.codemod} reports ${draft.rule}, which is no rule of the catalog (${draft.path}).`;
    throw new EngineError(
      'UNKNOWN_RULE',
      problem,
      `This is a bug: please report it. --skip ${draft.codemod} runs the rest.`,
    );
  }
  const isRewritten = draft.rewritten && stands(draft);
  const after = isRewritten ? describeAfter(draft, source) : undefined;
  const mask = (text: string): string => maskSecrets(text);
  const replacement = draft.replacement && { ...draft.replacement, name: mask(draft.replacement.name) };
  return {
    fingerprint,
    rule: draft.rule,
    codemod: draft.codemod,
    surface: draft.surface,
    automation: draft.automation,
    status: isRewritten && draft.automation === 'automatic' ? 'migrated' : 'open',
    confidence: draft.confidence,
    file: draft.path,
    range: { start: lineAndColumn(source.lineStarts, draft.start), end: lineAndColumn(source.lineStarts, draft.end) },
    legacy: { ...draft.legacy, name: mask(draft.legacy.name) },
    replacement,
    message: mask(draft.message),
    guidance: mask(draft.guidance ?? rule.guidance),
    docs: draft.docs ?? rule.docs,
    effortMinutes: draft.effortMinutes ?? rule.effortMinutes,
    before: showLines(source.maskedLines, source.lineStarts, wholeLines(source.text, draft.start, draft.end)),
    ...(after === undefined ? {} : { after }),
  };
}

/** The lines that took the place of the matched ones; undefined when these are as they were. */
function describeAfter({ start, end }: FindingDraft, { text, rewritten }: Prepared): string | undefined {
  if (rewritten === undefined) return undefined;
  const lines = wholeLines(text, start, end);
  const from = mapForward(rewritten.spans, lines.start, 'start');
  const to = Math.max(from, mapForward(rewritten.spans, lines.end, 'end'));
  if (from === to && lines.end > lines.start) return '';
  const range = wholeLines(rewritten.text, from, to);
  if (rewritten.text.slice(range.start, range.end) === text.slice(lines.start, lines.end)) return undefined;
  return showLines(rewritten.maskedLines, rewritten.lineStarts, range);
}

function prepareSource(path: string, source: FindingSource | undefined): Prepared {
  const text = source?.text ?? '';
  const masked = maskSecrets(text, path);
  const base = { text, masked, lineStarts: lineStartsOf(text), maskedLines: masked.split('\n') };
  if (source?.rewritten === undefined) return base;
  const { text: after, spans } = source.rewritten;
  const maskedLines = maskSecrets(after, path).split('\n');
  return { ...base, rewritten: { text: after, spans, lineStarts: lineStartsOf(after), maskedLines } };
}

/** Whole lines are shown, because masking keeps lines and not offsets. */
function showLines(lines: readonly string[], starts: readonly number[], range: { start: number; end: number }): string {
  const first = lineAndColumn(starts, range.start).line;
  const last = lineAndColumn(starts, Math.max(range.start, range.end)).line;
  const shown = lines.slice(first - 1, last).map((line) => line.replace(/\r$/, ''));
  const text = [...shown.slice(0, MAX_LINES), ...(shown.length > MAX_LINES ? ['…'] : [])].join('\n');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}

function clamp({ start, end }: FindingDraft, length: number): { start: number; end: number } {
  const first = Math.min(Math.max(0, start), length);
  return { start: first, end: Math.min(Math.max(first, end), length) };
}

/** By file, place, rule and message. */
function compareDrafts(a: FindingDraft, b: FindingDraft): number {
  return (
    compare(a.path, b.path) ||
    a.start - b.start ||
    a.end - b.end ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same for the same place of an unchanged line, wherever that line moves. */
export const fingerprintOf = (key: string, ordinal: number): string =>
  createHash('sha256').update(`${key}\0${ordinal}`).digest('hex').slice(0, 16);
