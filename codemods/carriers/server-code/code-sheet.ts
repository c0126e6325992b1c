/** The name that code of a template brings from elsewhere. */
export interface ServerImport {
  /** `*` for everything below the target. */
  readonly local: string;
  readonly target: string;
  readonly start: number;
  readonly end: number;
}

/** The code that a template has for the server. */
export interface ServerCode {
  /** As long as the file: what is no code is blank, so that every offset stays. */
  readonly code: string;
  readonly imports: readonly ServerImport[];
  /** Variables whose class a directive says. */
  readonly typed: readonly { readonly name: string; readonly type: string }[];
}

const QUOTED = /"(?:[^"\\\n]|\\.)*"/y;

/** A blank page of the size of a text, onto which its code is copied. */
export class CodeSheet {
  private readonly characters: string[];
  readonly imports: ServerImport[] = [];
  readonly typed: { name: string; type: string }[] = [];

  /** Characters that may still be searched for ends of brackets: without a bound, a page of open ones takes for ever. */
  private budget: number;

  constructor(readonly text: string) {
    this.budget = 100_000 + 20 * text.length;
    this.characters = text.replace(/[^\r\n]/g, ' ').split('');
  }

  /** Copies `[start, end)`. */
  keep(start: number, end: number): void {
    for (let at = start; at < end; at += 1) this.characters[at] = this.text[at] ?? '';
  }

  /** Writes something else than what stands there. */
  put(at: number, written: string): void {
    for (const [index, character] of [...written].entries())
      if (at + index < this.characters.length) this.characters[at + index] = character;
  }

  /** Copies an expression or statements, and ends them. */
  keepStatement(start: number, end: number): void {
    this.keep(start, end);
    this.put(end, ';');
  }

  /** Where the bracket that opens at `open` closes; texts in double quotes do not count. -1 when it does not. */
  closeOf(open: number): number {
    const opens = this.text[open] ?? '';
    const closes = { '(': ')', '{': '}', '[': ']' }[opens];
    let depth = 0;
    for (let at = open; at < this.text.length && this.budget > 0; at += 1) {
      this.budget -= 1;
      const character = this.text[at];
      if (character === '"' && opens === '(') {
        QUOTED.lastIndex = at;
        at += (QUOTED.exec(this.text)?.[0].length ?? 1) - 1;
      } else if (character === opens) depth += 1;
      else if (character === closes) {
        depth -= 1;
        if (depth === 0) return at;
      }
    }
    return -1;
  }

  importAll(list: string, start: number, local: (target: string) => string): void {
    for (const match of list.matchAll(/\w+(?:\.\w+)*(?:\.\*)?/g)) {
      const [written] = match;
      const target = written.replace(/\.\*$/, '');
      const from = start + match.index;
      this.imports.push({ local: local(written), target, start: from, end: from + written.length });
    }
  }

  toCode(): ServerCode {
    return { code: this.characters.join(''), imports: this.imports, typed: this.typed };
  }
}
