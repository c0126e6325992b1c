import { closeSync, fsyncSync, openSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../store-error';

/** Of statfs(2): file systems whose fsync and locks another machine keeps or does not keep. */
const networkFileSystems: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x5346414f: 'AFS',
  0x01021997: '9P',
};

/** Throws a StoreError `unsafe` for a folder in which an acknowledged message could be lost. */
export function checkFolder(file: string): void {
  const folder = dirname(file);
  const type = statfsSync(folder).type >>> 0;
  const network = networkFileSystems[type];
  if (network !== undefined)
    throw new StoreError('unsafe', `${folder} is on ${network}. An SQLite store needs a disk of this machine.`);
  syncFolder(folder);
}

/** The name of a new file is durable only when its folder was synced, which the WASM build does not do. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What must be read back after it was set: a build may ignore a pragma without a word. */
const required: readonly (readonly [pragma: string, value: string])[] = [
  ['journal_mode', 'wal'],
  ['synchronous', '2'],
  ['locking_mode', 'exclusive'],
];

/** Returns the settings that durability rests on; throws a StoreError `unsafe` when one of them did not take. */
export function checkPragmas(read: (pragma: string) => string): Readonly<Record<string, string>> {
  for (const [pragma, value] of required) {
    const found = read(pragma);
    if (found !== value)
      throw new StoreError('unsafe', `SQLite keeps ${pragma} at "${found}", not "${value}": it could lose messages.`);
  }
  return Object.fromEntries(required);
}

/** A larger file is not read to its end at each start, since messages wait for it; damage shows when a page is used. */
const MAX_CHECKED_BYTES = 256 * 1024 * 1024;

/** Throws a StoreError `unsafe` for a file whose contents contradict each other. */
export function checkContents(
  file: string,
  connection: { all(sql: string): readonly Readonly<Record<string, unknown>>[] },
): void {
  if (statSync(file).size > MAX_CHECKED_BYTES) return;
  const found = String(Object.values(connection.all('PRAGMA quick_check(1)')[0] ?? {})[0]);
  if (found !== 'ok')
    throw new StoreError(
      'unsafe',
      `${file} is damaged (${found.slice(0, 200)}). Keep a copy of it, and restore the last backup.`,
    );
}
