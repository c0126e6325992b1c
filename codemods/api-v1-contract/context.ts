import { rules } from '../../src/catalog';
import type { Carrier, ParsedRegion } from '../carriers';
import { commentAbove } from '../rewriting/comment-above';
import type { Edit, FindingDraft, SourceUnit } from '../codemod';

export const NAME = 'api-v1-contract';

/** A file whose scripts are searched, and what is found in it. Offsets are those of the file. */
export class FileReport {
  readonly edits: Edit[] = [];
  readonly findings: FindingDraft[] = [];

  constructor(
    readonly unit: SourceUnit,
    readonly carrier: Carrier,
    readonly regions: readonly ParsedRegion[],
  ) {}

  add(
    rule: string,
    range: { readonly start: number; readonly end: number },
    said: Pick<FindingDraft, 'message' | 'legacy' | 'replacement'> & {
      readonly edit?: string;
      readonly certain?: boolean;
    },
  ): void {
    const { edit, certain = true, ...rest } = said;
    const automation = edit === undefined ? 'manual' : (rules[rule]?.automation ?? 'manual');
    if (edit !== undefined) this.edits.push({ path: this.unit.path, ...range, text: edit });
    this.findings.push({
      rule,
      codemod: NAME,
      surface: 'api-v1-contract',
      automation,
      confidence: certain ? 'high' : 'medium',
      path: this.unit.path,
      ...range,
      ...rest,
      rewritten: edit !== undefined,
    });
  }

  /** Lists a place of a script that is not rewritten; the comment keeps it on the list when the rest is of version 2. */
  leaveOpen(
    rule: string,
    range: { readonly start: number; readonly end: number },
    at: number,
    said: Pick<FindingDraft, 'message' | 'legacy' | 'replacement'> & { readonly certain?: boolean },
  ): void {
    const { certain = true, ...rest } = said;
    const line = this.unit.text.lastIndexOf('\n', at - 1) + 1;
    const above = this.unit.text.slice(this.unit.text.lastIndexOf('\n', line - 2) + 1, at);
    // An earlier run said it, and the comment itself is listed.
    if (above.includes(`TODO(amazon-pay-v2) ${rule}: ${said.message}`)) return;
    this.findings.push({
      rule,
      codemod: NAME,
      surface: 'api-v1-contract',
      automation: 'assisted',
      confidence: certain ? 'high' : 'medium',
      path: this.unit.path,
      ...range,
      ...rest,
      rewritten: true,
    });
    this.decide(at, rule, said.message);
  }

  /** Leaves a decision in the code, once for a statement. */
  decide(start: number, rule: string, decision: string): void {
    const edit = { path: this.unit.path, start, end: start, text: commentAbove(this.unit.text, start, rule, decision) };
    if (!this.edits.some((each) => each.start === start && each.text === edit.text)) this.edits.push(edit);
  }
}
