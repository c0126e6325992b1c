import { hostname } from 'node:os';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';
import { StoreError } from '../store-error';

/**
 * Who has the database open. `node-sqlite3-wasm` locks with a directory, `FILE.lock`, which outlives a killed process and
 * says of no one whose it is: then every start would end in "database is locked". This file says it.
 */
const ownerSchema = z.object({
  pid: z.number().int().positive(),
  /** Of the process, in ticks since the boot; a pid alone is used again. Empty where the system does not tell. */
  startTime: z.string(),
  boot: z.string(),
  host: z.string(),
});
type Owner = z.infer<typeof ownerSchema>;

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
};

/** /proc/PID/stat from the third field on; the name before it is in brackets and may hold anything. */
function statOf(pid: number): readonly string[] {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const startTimeOf = (pid: number): string => statOf(pid)[19] ?? '';

/**
 * It ended, and its parent has not asked how: in a container whose first process does not, it stays so for ever. Nothing of it
 * runs any more once it has no other thread.
 */
function isZombie(pid: number): boolean {
  if (statOf(pid)[0] !== 'Z') return false;
  try {
    return readdirSync(`/proc/${pid}/task`).length <= 1;
  } catch {
    return true;
  }
}

const ownSelf = (): Owner => ({
  pid: process.pid,
  startTime: startTimeOf(process.pid),
  boot: readOrEmpty('/proc/sys/kernel/random/boot_id'),
  host: hostname(),
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Whether the owner is gone for certain. What runs on another machine cannot be seen from here. */
function isProvablyDead(owner: Owner, self: Owner): boolean {
  if (owner.host !== self.host) return false;
  if (owner.boot !== self.boot) return true;
  if (!isAlive(owner.pid) || isZombie(owner.pid)) return true;
  return owner.startTime !== startTimeOf(owner.pid);
}

function readOwner(path: string): { text: string; owner: Owner | null } {
  const text = readOrEmpty(path);
  try {
    return { text, owner: ownerSchema.parse(JSON.parse(text)) };
  } catch {
    return { text, owner: null };
  }
}

function writeSynced(path: string, text: string): void {
  const descriptor = openSync(path, 'w', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function create(path: string, self: Owner): boolean {
  // Written and synced beside, and linked into place: it is there whole or not at all, also after the power was cut.
  const draft = `${path}.${self.pid}`;
  try {
    writeSynced(draft, JSON.stringify(self));
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes the file of a dead owner away, unless someone else was faster and this is already the file of a living one. */
function removeStale(path: string, text: string, self: Owner): void {
  const aside = `${path}.stale.${self.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readOrEmpty(aside) !== text) linkSync(aside, path);
  rmSync(aside, { force: true });
}

/**
 * Makes this process the owner of a database file, and returns what gives it back. Takes over what a process left that was
 * killed. Throws a StoreError `in-use` when another process has it, or may have it.
 */
export function ownDatabase(file: string): () => void {
  const path = `${file}.owner`;
  const self = ownSelf();
  for (let tries = 0; tries < 3; tries += 1) {
    if (create(path, self)) {
      removeLockDirectory(file);
      return () => rmSync(path, { force: true });
    }
    const { text, owner } = readOwner(path);
    if (text === '') continue;
    if (owner === null || !isProvablyDead(owner, self)) throw inUse(file, path, owner);
    removeStale(path, text, self);
  }
  throw inUse(file, path, readOwner(path).owner);
}

function removeLockDirectory(file: string): void {
  try {
    rmdirSync(`${file}.lock`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function inUse(file: string, path: string, owner: Owner | null): StoreError {
  const who = owner === null ? 'someone' : `process ${owner.pid} on ${owner.host}`;
  return new StoreError(
    'in-use',
    `${file} is open in ${who}. One instance may use an SQLite store; for several, set store.driver to "postgres". ` +
      `If you know that it no longer runs, remove ${path} and start again.`,
  );
}
