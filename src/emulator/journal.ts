import {
  closeSync,
  existsSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from './clock';
import type { Identity } from './identity';
import { tableNames, type TableName, type Tables } from './ledger/rows';
import type { Change, Store } from './ledger/store';
import { readLines } from './read-lines';

/** A file that holds what the emulator knows. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

const CHUNK = 1024 * 1024;
const HEADER = '{"amazonPayEmulator":1}';
/** A file of which more than this part has been overwritten since is written anew. */
const STALE = 0.5;

type Line = readonly [table: TableName, id: string, row: Tables[TableName] | null][];
/** What a file holds besides rows. */
interface Note {
  readonly clock?: number;
  readonly identity?: Partial<Identity>;
  /** How often the file was opened before. */
  readonly start?: number;
}
const isNote = (line: Line | Note): line is Note => !Array.isArray(line);
const sync = promisify(fdatasync);

/**
 * Keeps the rows in a file: one line of JSON for each transaction, written before the request is answered, and on the disk
 * before the answer leaves (`flush`). A process that is killed loses nothing that it answered, and neither does a machine; a
 * line that was cut off is dropped.
 */
export class Journal {
  #file: number | null = null;
  #identity: Partial<Identity> = {};
  #start = 0;
  /** Bytes of complete lines, and how many of them are on the disk. */
  #length = 0;
  #synced = 0;
  #syncing: Promise<void> | null = null;

  constructor(private readonly path: string) {}

  /** Reads what was kept, and writes it anew when most of it has been overwritten since. */
  open(store: Store, clock: Clock): void {
    const kept = existsSync(this.path) ? this.#read(store, clock) : null;
    const rows = tableNames.reduce((sum, table) => sum + store.count(table), 0);
    if (kept === null || kept.rows * STALE > rows) this.#compact(store);
    this.#file = openSync(this.path, 'a');
    // What was cut off is in nobody's way any more.
    if (kept !== null && fstatSync(this.#file).size > kept.end && kept.rows * STALE <= rows)
      ftruncateSync(this.#file, kept.end);
    this.#length = this.#synced = fstatSync(this.#file).size;
    this.#write({ clock: clock.offset, start: this.#start });
  }

  /** How often the file was opened before. */
  get start(): number {
    return this.#start;
  }

  #read(store: Store, clock: Clock): { readonly rows: number; readonly end: number } {
    const seen = { number: 0, rows: 0, end: 0 };
    for (const { text, end } of readLines(this.path)) {
      seen.number += 1;
      if (seen.number > 1) seen.rows += this.#take(text, seen.number, store, clock);
      else if (text !== HEADER) throw this.#isForeign();
      seen.end = end;
    }
    if (seen.number === 0 && statSync(this.path).size > 0) throw this.#isForeign();
    return seen;
  }

  #isForeign(): JournalError {
    return new JournalError(`${this.path} was not written by this emulator. Name another file, or remove it.`);
  }

  /** Returns how many rows a line held. */
  #take(text: string, number: number, store: Store, clock: Clock): number {
    let line: Line | Note;
    try {
      line = JSON.parse(text) as Line | Note;
    } catch (cause) {
      throw new JournalError(`Line ${number} of ${this.path} is damaged. Remove the file to begin anew.`, { cause });
    }
    if (isNote(line)) {
      if (line.clock !== undefined) clock.offset = line.clock;
      this.#identity = { ...this.#identity, ...line.identity };
      if (line.start !== undefined) this.#start = line.start + 1;
      return 0;
    }
    for (const [table, id, row] of line) store.restore(table, id, row ?? undefined);
    return line.length;
  }

  #compact(store: Store): void {
    const temporary = `${this.path}.new`;
    const file = openSync(temporary, 'w', 0o600);
    let text = `${HEADER}\n${JSON.stringify({ identity: this.#identity })}\n`;
    for (const table of tableNames)
      for (const row of store.all(table)) {
        text += `${JSON.stringify([[table, row.id, row]])}\n`;
        if (text.length < CHUNK) continue;
        writeSync(file, text);
        text = '';
      }
    writeSync(file, text);
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, this.path);
    // The name, too, has to be on the disk.
    const folder = openSync(dirname(this.path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  }

  append(changes: readonly Change[]): void {
    const line: Line = changes.map(({ table, before, after }) => [table, (after ?? before)?.id ?? '', after ?? null]);
    this.#write(line);
  }

  /** How far the clock of the emulator is ahead of the real one. */
  keepClock(offset: number): void {
    this.#write({ clock: offset });
  }

  /** Keys and certificates of an earlier run. */
  get identity(): Partial<Identity> {
    return this.#identity;
  }

  keepIdentity(identity: Identity): void {
    if (JSON.stringify(identity) === JSON.stringify(this.#identity)) return;
    this.#identity = identity;
    this.#write({ identity });
  }

  #write(line: Line | Note): void {
    if (this.#file === null) return;
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      const written = writeSync(this.#file, bytes);
      if (written < bytes.byteLength) throw new JournalError(`${this.path} has no room for more.`);
    } catch (error) {
      // Half a line would damage the next one.
      ftruncateSync(this.#file, this.#length);
      throw error;
    }
    this.#length += bytes.byteLength;
  }

  /** Resolves when everything that was written so far is on the disk; who waits at the same time shares the work. */
  async flush(): Promise<void> {
    const goal = this.#length;
    while (this.#file !== null && this.#synced < goal) await (this.#syncing ??= this.#sync(this.#file));
  }

  async #sync(file: number): Promise<void> {
    const length = this.#length;
    try {
      await sync(file);
      this.#synced = length;
    } finally {
      this.#syncing = null;
    }
  }

  async close(): Promise<void> {
    await this.flush();
    if (this.#file === null) return;
    closeSync(this.#file);
    this.#file = null;
  }
}
