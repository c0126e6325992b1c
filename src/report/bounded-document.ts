/** A text that is put together block by block and never grows beyond a number of bytes; what did not fit is counted. */
export class BoundedDocument {
  private readonly blocks: string[] = [];
  private readonly leftOut = new Map<string, number>();
  private bytes = 0;

  /** `reserve` bytes are kept free for what `finish` appends. */
  constructor(
    private readonly maxBytes: number,
    private readonly reserve: number,
  ) {}

  /** Appends the whole block or nothing: half a block would leave a fence or a `<details>` open. */
  add(block: string, kind: string): boolean {
    const bytes = Buffer.byteLength(block) + 1;
    if (this.bytes + bytes > this.maxBytes - this.reserve) {
      this.leftOut.set(kind, (this.leftOut.get(kind) ?? 0) + 1);
      return false;
    }
    this.blocks.push(block);
    this.bytes += bytes;
    return true;
  }

  /** The text, with a notice at its end when something was left out. */
  finish(writeNotice: (leftOut: ReadonlyMap<string, number>) => string): string {
    const notice = this.leftOut.size > 0 ? [writeNotice(this.leftOut)] : [];
    return `${[...this.blocks, ...notice].join('\n')}\n`;
  }
}
