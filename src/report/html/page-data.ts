/** What the page knows, as JSON inside it. Text that many places share stands once, and is referred to by its index. */
export interface PageData {
  readonly texts: readonly string[];
  readonly rules: readonly PageRule[];
  readonly files: readonly PageFile[];
  readonly places: readonly PagePlace[];
}

export interface PageRule {
  readonly id: string;
  readonly title: string;
  /** What it finds and why it matters; empty for a rule that this version does not know. */
  readonly why: string;
}

export interface PageFile {
  readonly path: string;
  readonly language: string;
  readonly diff?: string;
}

export interface PagePlace {
  /** Fingerprint, with a number behind it where several places share one: the address of the place in the page. */
  readonly id: string;
  readonly rule: number;
  readonly file: number;
  readonly line: number;
  readonly endLine: number;
  readonly area: number;
  readonly automation: 'automatic' | 'assisted' | 'manual';
  readonly standing: 'open' | 'migrated' | 'new' | 'remaining' | 'fixed';
  readonly confidence: 'high' | 'medium' | 'low';
  readonly minutes: number;
  readonly message: number;
  readonly guidance: number;
  readonly docs: number;
  readonly legacy: number;
  readonly replacement: number;
  readonly before: number;
  readonly after?: number;
  /** The lines above and below, where the sources were at hand. */
  readonly above?: number;
  readonly below?: number;
  /** Which step to the cutover it is part of; empty when it is done. */
  readonly step: string;
}
