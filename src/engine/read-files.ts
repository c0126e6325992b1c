import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { classify, languageOf } from '../workspace/classify-file';
import { decode } from '../workspace/decode-text';
import type { FailedFile, LoadedFile, Marker } from './loaded-file';

export const LOCK_FILE = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;
/** Bytes. Nobody writes a module of this size by hand. */
const MAX_EXTRA = 1024 * 1024;
/** Bytes that are kept in case a file is asked for again; the rest is read again, so that memory stays bounded. */
const MAX_KEPT = 32 * 1024 * 1024;

/** Reads what stands around the candidates: for what it loads, for its settings, for the codemods, and once for all of them. */
export class FileReader {
  private readonly known = new Map<string, Buffer>();
  private kept = 0;

  constructor(private readonly root: string) {}

  /** The bytes of a file, none of one that is too large or cannot be read: it loads nothing that we know of. */
  bytes(path: string): Buffer {
    try {
      return this.read(path) ?? Buffer.alloc(0);
    } catch {
      return Buffer.alloc(0);
    }
  }

  /** The file as the codemods get it; none where there is nothing to tell them. */
  load(path: string, marker: Marker | null, failed: FailedFile[]): LoadedFile[] {
    const language = languageOf(path);
    // Of a lock file only its being there counts: it says which package manager there is.
    if (LOCK_FILE.test(path)) {
      return [{ path, text: '', encoding: 'utf8', language, marker }];
    }
    try {
      const bytes = this.read(path);
      if (bytes === undefined) return [];
      const { text, encoding } = decode(bytes);
      // A bundle without a marker that a candidate happens to load has nothing to tell.
      if (classify(path, text).kind === 'generated') return [];
      return [{ path, text, encoding, language, marker }];
    } catch (error) {
      failed.push({ path, error: error instanceof Error ? error.message : String(error) });
      return [];
    }
  }

  /** Undefined for what is too large. */
  private read(path: string): Buffer | undefined {
    const before = this.known.get(path);
    if (before !== undefined) return before;
    const full = join(this.root, path);
    if (statSync(full).size > MAX_EXTRA) return undefined;
    const bytes = readFileSync(full);
    if (this.kept + bytes.length <= MAX_KEPT) {
      this.known.set(path, bytes);
      this.kept += bytes.length;
    }
    return bytes;
  }
}
