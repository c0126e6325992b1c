import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Compiles what stands between a process and its disk; returns the library to load. */
export function compileSystemCalls(folder: string): string {
  const library = join(folder, 'system-calls.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, join(__dirname, 'system-calls.c'), '-ldl']);
  return library;
}

/** One change of a file, as it was made. */
export interface DiskChange {
  readonly kind: 'write' | 'truncate' | 'remove' | 'sync';
  readonly path: string;
  readonly offset: number;
  readonly data: Buffer;
  /** How long the record was after it: what was acknowledged at that length needs nothing that comes later. */
  readonly end: number;
}

const kinds = { W: 'write', T: 'truncate', U: 'remove', S: 'sync' } as const;

/** Reads what system-calls.c has recorded. */
export function readRecord(bytes: Buffer): readonly DiskChange[] {
  const changes: DiskChange[] = [];
  for (let at = 0; at < bytes.length;) {
    const kind = kinds[String.fromCharCode(bytes[at] ?? 0) as keyof typeof kinds];
    const pathEnd = at + 5 + bytes.readUInt32LE(at + 1);
    const dataEnd = pathEnd + 12 + bytes.readUInt32LE(pathEnd + 8);
    changes.push({
      kind,
      path: bytes.toString('utf8', at + 5, pathEnd),
      offset: Number(bytes.readBigInt64LE(pathEnd)),
      data: bytes.subarray(pathEnd + 12, dataEnd),
      end: dataEnd,
    });
    at = dataEnd;
  }
  return changes;
}
