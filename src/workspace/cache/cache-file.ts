import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

/** What every cache begins with; a file that begins otherwise is someone else's and is not overwritten. */
const MAGIC = Buffer.from('amazon-pay-migrate cache 1\n');
const DIGEST = 32;
/** Bytes. A tree of a million files needs about 80 MB. */
const MAX_SIZE = 256 * 1024 * 1024;

export type CacheRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged' }
  /** Not written by this tool. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'read'; readonly parts: readonly Buffer[] };

const digestOf = (body: Uint8Array): Buffer => createHash('sha256').update(body).digest();

/** Reads the parts that `writeCache` wrote; whatever is not whole is damaged. */
export function readCache(path: string): CacheRead {
  if (!existsSync(path)) return { kind: 'none' };
  const found = statSync(path);
  if (!found.isFile() || found.size > MAX_SIZE) return { kind: 'foreign' };
  if (found.size === 0) return { kind: 'none' };
  const bytes = readFileSync(path);
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return { kind: 'foreign' };
  const body = bytes.subarray(MAGIC.length + DIGEST);
  if (!bytes.subarray(MAGIC.length, MAGIC.length + DIGEST).equals(digestOf(body))) return { kind: 'damaged' };
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const length = body.readUInt32LE(at);
    parts.push(body.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { kind: 'read', parts };
}

/** Replaces a cache as a whole, readable by its owner alone. False when it would be too large. */
export function writeCache(path: string, parts: readonly Uint8Array[]): boolean {
  const body = Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(part.byteLength);
      return [length, part];
    }),
  );
  if (body.length > MAX_SIZE - 1024) return false;
  const temporary = `${path}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    for (const piece of [MAGIC, digestOf(body), body])
      for (let written = 0; written < piece.length;) written += writeSync(descriptor, piece, written);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
  return true;
}
