import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database, Queries } from './database';

/** What an operator did. Each entry has the hash of the one before it in its own: none can be changed or left out later. */
export const auditActions = [
  'mode',
  'move-order',
  'redrive',
  'replay-started',
  'replay-ended',
  'settle-dead-letters',
  'settle-quarantine',
] as const;

export interface NewAuditEntry {
  readonly at: number;
  readonly who: string;
  /** A word of a list; other parts add their own. */
  readonly action: (typeof auditActions)[number] | (string & {});
  readonly detail: Readonly<Record<string, unknown>>;
  readonly why: string;
}

const entrySchema = z.object({
  sequence: z.number(),
  at: z.number(),
  who: z.string(),
  action: z.string(),
  /** JSON, as it was hashed. */
  detail: z.string(),
  why: z.string(),
  previous_hash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof entrySchema>;

/** Before the first entry there is none to be bound to. */
const NOTHING = '0'.repeat(64);

const hashOf = ({ sequence, at, who, action, detail, why, previous_hash }: Omit<AuditEntry, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([sequence, at, who, action, detail, why, previous_hash]))
    .digest('hex');

/** Adds an entry, in the transaction of what it tells. */
export async function appendAudit(
  queries: Queries,
  dialect: Database['dialect'],
  entry: NewAuditEntry,
): Promise<AuditEntry> {
  // Two instances at once: the second waits for the first's entry, and is bound to it.
  if (dialect === 'postgres') await queries.query('SELECT pg_advisory_xact_lock(7240312)');
  const [last] = await queries.query('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1');
  const unsigned = {
    sequence: Number(last?.['sequence'] ?? 0) + 1,
    at: entry.at,
    who: entry.who,
    action: entry.action,
    detail: JSON.stringify(entry.detail),
    why: entry.why,
    previous_hash: String(last?.['hash'] ?? NOTHING),
  };
  const written: AuditEntry = { ...unsigned, hash: hashOf(unsigned) };
  await queries.query(
    `INSERT INTO audit (sequence, at, who, action, detail, why, previous_hash, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      written.sequence,
      written.at,
      written.who,
      written.action,
      written.detail,
      written.why,
      written.previous_hash,
      written.hash,
    ],
  );
  return written;
}

/** The last entry of an action, or null. */
export async function lastAudit(queries: Queries, action: string): Promise<AuditEntry | null> {
  const [row] = await queries.query('SELECT * FROM audit WHERE action = $1 ORDER BY sequence DESC LIMIT 1', [action]);
  return row === undefined ? null : entrySchema.parse(row);
}

/** Entries before one, last first: a page for people. */
export async function listAudit(queries: Queries, limit: number, before?: number): Promise<readonly AuditEntry[]> {
  const rows = await queries.query('SELECT * FROM audit WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2', [
    before ?? Number.MAX_SAFE_INTEGER,
    limit,
  ]);
  return rows.map((row) => entrySchema.parse(row));
}

export interface AuditCheck {
  readonly entries: number;
  /** Of the last entry. Who kept it elsewhere can tell whether entries were cut off the end. */
  readonly head: string;
  /** The entry whose head was kept elsewhere; null where none was given, or it is not in the chain. */
  readonly known: number | null;
  /** The first entry that does not fit, and why; null when all do. */
  readonly broken: { readonly sequence: number; readonly because: string } | null;
}

const PAGE = 500;

/**
 * Goes over the whole chain. `knownHead`, a head that was kept elsewhere, must be among the hashes: without it a chain that
 * was cut off at the end, or written anew as a whole, looks sound.
 */
export async function verifyAudit(queries: Queries, knownHead?: string): Promise<AuditCheck> {
  let [head, entries] = [NOTHING, 0];
  let known = knownHead === NOTHING ? 0 : null;
  const brokenAt = (sequence: number, because: string): AuditCheck => ({
    entries,
    head,
    known,
    broken: { sequence, because },
  });
  for (;;) {
    const rows = await queries.query('SELECT * FROM audit WHERE sequence > $1 ORDER BY sequence LIMIT $2', [
      entries,
      PAGE,
    ]);
    for (const entry of rows.map((row) => entrySchema.parse(row))) {
      if (entry.sequence !== entries + 1) return brokenAt(entries + 1, 'the entry is missing');
      if (entry.previous_hash !== head) return brokenAt(entry.sequence, 'it is not bound to the entry before it');
      if (entry.hash !== hashOf(entry)) return brokenAt(entry.sequence, 'it was changed after it was written');
      [head, entries] = [entry.hash, entry.sequence];
      if (entry.hash === knownHead) known = entry.sequence;
    }
    if (rows.length < PAGE) break;
  }
  if (knownHead !== undefined && known === null) return brokenAt(entries, 'the head that was kept is not in the chain');
  return { entries, head, known, broken: null };
}
