import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { Clock } from './clock';
import { tableNames, type TableName, type Tables } from './ledger/rows';
import type { Change, Store } from './ledger/store';

/** A file that holds what the emulator knows. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

const CHUNK = 64 * 1024;
const HEADER = '{"amazonPayEmulator":1}\n';
type Line = readonly [table: TableName, id: string, row: Tables[TableName] | null][];

interface ClockLine {
  readonly clock: number;
}
const isClock = (line: Line | ClockLine): line is ClockLine => 'clock' in line;

/**
 * Keeps the rows in a file: one line of JSON for each transaction, written before the request is answered. A process that
 * is killed loses nothing that was answered; a line that was cut off by it is dropped.
 */
export class Journal {
  #file: number | null = null;

  constructor(private readonly path: string) {}

  /** Reads what was kept, then writes it anew without what has been overwritten since. */
  open(store: Store, clock: Clock): void {
    if (existsSync(this.path)) {
      for (const line of this.#readLines()) {
        if (isClock(line)) clock.offset = line.clock;
        else for (const [table, id, row] of line) store.restore(table, id, row ?? undefined);
      }
    }
    this.#compact(store);
    this.keepClock(clock.offset);
  }

  #readLines(): (Line | ClockLine)[] {
    const text = readFileSync(this.path, 'utf8');
    if (text !== '' && !text.startsWith(HEADER))
      throw new JournalError(`${this.path} was not written by this emulator. Name another file, or remove it.`);
    const complete = text.slice(HEADER.length, text.lastIndexOf('\n') + 1);
    return complete
      .split('\n')
      .filter((line) => line !== '')
      .map((line, index) => {
        try {
          return JSON.parse(line) as Line | ClockLine;
        } catch (cause) {
          throw new JournalError(`Line ${index + 2} of ${this.path} is damaged. Remove the file to begin anew.`, {
            cause,
          });
        }
      });
  }

  #compact(store: Store): void {
    const temporary = `${this.path}.new`;
    const file = openSync(temporary, 'w', 0o600);
    writeSync(file, HEADER);
    let text = '';
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
    this.#file = openSync(this.path, 'a');
  }

  append(changes: readonly Change[]): void {
    const line: Line = changes.map(({ table, before, after }) => [table, (after ?? before)?.id ?? '', after ?? null]);
    this.#write(`${JSON.stringify(line)}\n`);
  }

  /** How far the clock of the emulator is ahead of the real one. */
  keepClock(offset: number): void {
    this.#write(`${JSON.stringify({ clock: offset })}\n`);
  }

  #write(text: string): void {
    if (this.#file !== null) writeSync(this.#file, text);
  }

  close(): void {
    if (this.#file === null) return;
    fsyncSync(this.#file);
    closeSync(this.#file);
    this.#file = null;
  }
}
