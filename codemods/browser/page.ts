import { rules } from '../../src/catalog';
import { parseRegion, readCarrier, type Carrier, type Range } from '../carriers';
import type { Edit, FindingDraft, SourceUnit } from '../codemod';
import { Script, type Said } from './script';

export const NAME = 'browser';

/** A file that holds browser code: its scripts, and what is said about it. */
export class Page {
  readonly carrier: Carrier;
  readonly scripts: readonly Script[];
  readonly findings: FindingDraft[] = [];
  private readonly reported = new Set<string>();
  /** Edits outside of scripts. */
  readonly edits: Edit[] = [];

  constructor(
    readonly unit: SourceUnit,
    /** Nothing is rewritten: the legacy checkout stays. */
    readonly stays: boolean,
    /** Why it stays, where code that could be rewritten is not. */
    private readonly reason?: string,
  ) {
    this.carrier = readCarrier(unit.path, unit.text);
    this.scripts = this.carrier.regions.flatMap((region) => {
      const parsed = parseRegion(unit.text, this.carrier, region);
      return parsed === undefined ? [] : [new Script(this, parsed)];
    });
  }

  report(range: Range, rule: string, said: Said): void {
    const { rewritten = false, confidence = 'high', replacement = null, automation, message, ...rest } = said;
    const place = `${rule} ${range.start} ${range.end} ${said.legacy.operation}`;
    if (this.reported.has(place)) return;
    this.reported.add(place);
    const level = automation ?? rules[rule]?.automation ?? 'manual';
    this.findings.push({
      rule,
      codemod: NAME,
      surface: 'browser',
      automation: rewritten ? level : 'manual',
      confidence,
      path: this.unit.path,
      start: range.start,
      end: range.end,
      replacement,
      message: this.reason === undefined ? message : `${message} Not rewritten: ${this.reason}.`,
      ...rest,
      rewritten,
    });
  }
}
