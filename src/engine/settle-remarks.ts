import type { Edit } from '../../codemods/codemod';
import { applyEdits } from '../../codemods/rewriting/apply-edits';
import { mapToFound, type AttributedSpan, type Rewriting } from './rewrite';
import type { CodemodRun } from './run-codemods';

/** Above a statement, or before one that shares its line with others. */
const REMARK = /^(?:\/\/ TODO\(amazon-pay-v2\) [^\n]*\n[ \t]*|\/\* TODO\(amazon-pay-v2\) (?:(?!\*\/)[^\n])*\*\/ )+$/;

/** Lines above a statement that say what somebody has to decide there; the code stays as it is. */
export const isRemark = ({ start, end, text }: Edit): boolean => start === end && REMARK.test(text);

/** Writes text into what edits made of a file, as one more of them. `at` counts what they made. */
function insertInto(spans: readonly AttributedSpan[], added: AttributedSpan, at: number): AttributedSpan[] {
  let shift = 0;
  for (const [index, span] of spans.entries()) {
    const from = span.start + shift;
    if (at < from) break;
    if (at <= from + span.text.length) {
      const text = span.text.slice(0, at - from) + added.text + span.text.slice(at - from);
      return spans.with(index, { ...span, text });
    }
    shift += span.text.length - (span.end - span.start);
  }
  const place = { ...added, start: at - shift, end: at - shift };
  return [...spans, place].sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * Takes over what a second run remarks on rewritten files. Types of legacy leave with the first run, and without them a place
 * can look like one that somebody has to decide: a comment too many is better than a file that stays legacy, and with it
 * every file that works together with it.
 *
 * @param second what the second run said, of these files remarks alone
 */
export function settleRemarks(
  found: ReadonlyMap<string, string>,
  rewriting: Rewriting,
  runs: readonly CodemodRun[],
  second: readonly CodemodRun[],
): { readonly rewriting: Rewriting; readonly runs: readonly CodemodRun[] } {
  const spans = new Map(rewriting.spans);
  const texts = new Map(rewriting.texts);
  const remarks = second.flatMap(({ name, result }) => result.edits.map((edit) => ({ ...edit, codemod: name })));
  // From the end, those of all codemods together, so that the offsets of those before stay.
  for (const { path, start, end, text, codemod } of remarks.sort((a, b) => b.start - a.start)) {
    const original = found.get(path);
    // A file that the first run made is taken as it is, or not at all.
    if (original === undefined) continue;
    spans.set(path, insertInto(spans.get(path) ?? [], { start, end, text, codemod }, start));
    texts.set(path, applyEdits(original, spans.get(path) ?? []));
  }
  const said = new Map(second.map((run) => [run.name, mapToFound(run, rewriting).result.findings]));
  return {
    rewriting: { ...rewriting, spans, texts },
    runs: runs.map((run) => ({
      ...run,
      result: { ...run.result, findings: [...run.result.findings, ...(said.get(run.name) ?? [])] },
    })),
  };
}
