import { lstatSync } from 'node:fs';
import { directoryOf } from '../directories';
import type { ImportIndex } from '../import-index';
import type { Hit } from '../search-files';
import type { WalkResult } from '../walk';
import { parseTree, serialiseTree, type SavedTree } from './saved-tree';

/** Figures of a file: size, times of change of its content and of its entry, number of its entry. */
const FIGURES = 4;
/** Milliseconds. Two changes closer than the clock of a file system ticks look the same; FAT ticks every two seconds. */
const RACY = 2000;

/**
 * Remembers of every file how it looked to the file system when it was searched, so that only those are read again that may
 * be others now. A file that changed shortly before it was searched is not remembered: it may change once more without
 * looking different.
 */
export class TreeMemory {
  private readonly saved: SavedTree | undefined;
  private stats = new Float64Array(1024 * FIGURES);
  private count = 0;
  private readonly directories: string[] = [];
  private readonly names: string[] = [];
  /** Of every file by its number among the searched ones, and then of the known ones, its number here. */
  private readonly recordOf: number[] = [];
  private readonly known: { path: string; record: number; old: number }[] = [];
  private walked: WalkResult | undefined;
  private isSame = false;
  private readonly startedAt = Date.now();

  /**
   * @param isAnswered whether nothing need be searched when nothing has changed
   */
  constructor(
    private readonly root: string,
    parts: readonly Buffer[] | undefined,
    private readonly isAnswered: boolean,
  ) {
    this.saved = parts === undefined ? undefined : parseTree(parts);
  }

  /** True after a walk that found every file as it was. */
  get isUnchanged(): boolean {
    return this.isSame;
  }

  /** Passes on of a walk what has to be searched. */
  *walkRest(walking: Generator<readonly string[], WalkResult>): Generator<readonly string[], WalkResult> {
    const held: { path: string; record: number }[] = [];
    let isSame = this.saved !== undefined;
    for (;;) {
      const next = walking.next();
      if (next.done === true) {
        this.walked = next.value;
        break;
      }
      const paths = next.value;
      if (paths.length === 0) continue;
      const directory = directoryOf(paths[0] ?? '');
      this.directories.push(directory);
      const names = paths.map((path) => (directory === '' ? path : path.slice(directory.length + 1))).join('\0');
      this.names.push(names);
      const lookUp = this.saved?.lookUp(directory, names);
      const rest: string[] = [];
      for (const [index, path] of paths.entries()) {
        const record = this.note(path);
        const old = lookUp?.(index) ?? -1;
        if (old === -1 || !this.looksAs(record, old)) {
          isSame = false;
          this.recordOf.push(record);
          rest.push(path);
        } else if (this.saved?.held[old] === 1) held.push({ path, record });
        else this.known.push({ path, record, old });
      }
      yield rest;
    }
    this.isSame = isSame && this.count === this.saved?.count && this.saved.walk === JSON.stringify(this.walked);
    if (!(this.isSame && this.isAnswered)) {
      for (const { record } of held) this.recordOf.push(record);
      yield held.map(({ path }) => path);
    }
    return this.walked;
  }

  /** Adds to what was searched what is known of the rest. */
  complete(paths: string[], imports: ImportIndex): void {
    if (this.saved === undefined) return;
    const numbers = new Int32Array(this.saved.count).fill(-1);
    for (const { path, record, old } of this.known) {
      numbers[old] = paths.length;
      this.recordOf.push(record);
      paths.push(path);
    }
    imports.merge(renumber(this.saved.imports, (file) => numbers[file] ?? -1));
  }

  /** What the next run is to know. */
  serialise(imports: ImportIndex, hits: readonly Hit[]): Buffer[] {
    const held = new Uint8Array(this.count);
    const records = this.recordsOf(hits);
    for (const { path, found } of hits) {
      const record = records.get(path);
      if (record === undefined) continue;
      held[record] = 1;
      if (found.kind === 'failed') this.stats[record * FIGURES] = NaN;
    }
    return serialiseTree({
      directories: this.directories,
      names: this.names,
      stats: this.stats.subarray(0, this.count * FIGURES),
      held,
      imports: renumber(imports.take(), (file) => this.recordOf[file] ?? -1),
      walk: JSON.stringify(this.walked),
    });
  }

  private recordsOf(hits: readonly Hit[]): Map<string, number> {
    const wanted = new Set(hits.map(({ path }) => path));
    const records = new Map<string, number>();
    let record = 0;
    for (const [index, names] of this.names.entries()) {
      const directory = this.directories[index] ?? '';
      for (const name of names.split('\0')) {
        const path = directory === '' ? name : `${directory}/${name}`;
        if (wanted.has(path)) records.set(path, record);
        record += 1;
      }
    }
    return records;
  }

  private note(path: string): number {
    const record = this.count;
    this.count += 1;
    const at = record * FIGURES;
    if (at === this.stats.length) {
      const larger = new Float64Array(this.stats.length * 2);
      larger.set(this.stats);
      this.stats = larger;
    }
    const found = lstatSync(`${this.root}/${path}`, { throwIfNoEntry: false });
    const isRacy =
      found === undefined || !found.isFile() || Math.max(found.mtimeMs, found.ctimeMs) > this.startedAt - RACY;
    this.stats[at] = found === undefined || !found.isFile() ? NaN : found.size;
    this.stats[at + 1] = found?.mtimeMs ?? NaN;
    this.stats[at + 2] = found?.ctimeMs ?? NaN;
    this.stats[at + 3] = isRacy ? NaN : found.ino;
    return record;
  }

  private looksAs(record: number, old: number): boolean {
    const stats = this.saved?.stats;
    if (stats === undefined) return false;
    // What is not remembered is not a number, which nothing equals.
    for (let figure = 0; figure < FIGURES; figure += 1)
      if (this.stats[record * FIGURES + figure] !== stats[old * FIGURES + figure]) return false;
    return true;
  }
}

/** Pairs of a file and what it loads, with the files by other numbers; -1 leaves one out. */
function renumber(pairs: Int32Array, numberOf: (file: number) => number): Int32Array {
  const result = new Int32Array(pairs.length);
  let length = 0;
  for (let at = 0; at < pairs.length; at += 2) {
    const file = numberOf(pairs[at] ?? -1);
    if (file === -1) continue;
    result[length] = file;
    result[length + 1] = pairs[at + 1] ?? 0;
    length += 2;
  }
  return result.subarray(0, length);
}
