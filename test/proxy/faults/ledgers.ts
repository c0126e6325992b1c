import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checker = join(__dirname, '../../../bench/faults/check.mjs');
export const ORDER = 'P01-1112223-0000001';
export const CHARGE = `${ORDER}-C000001`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export type Entry = Record<string, unknown>;

export interface Ledgers {
  sender: Entry[];
  legacy: Entry[];
  migrated: Entry[];
  amazon: Entry[];
  resources: Entry[];
  plan: Entry;
  recount: Entry[];
  history: Entry[];
  evidence: { missed: Entry[] };
  store: {
    integrity: string;
    messages: Entry[];
    deliveries: Entry[];
    objects: Entry[];
    comparisons: Entry[];
    open: Entry;
    dead: number;
  };
}

/** One request that a handler took, from `at` on for 10 ms. */
export const request = (number: number, message: string, at: number, more: Entry = {}): Entry[] => [
  {
    ...{ what: 'begin', number, at, key: `key-${message}`, message, order: ORDER, isEffect: true },
    ...{ sha256: sha256(message), attempt: 1, role: 'primary', ...more },
  },
  { what: 'end', number, at: at + 10, status: 200 },
];

const sent = (id: string, at: number): Entry[] => [
  { what: 'published', at, id, order: ORDER, sha256: sha256(id), expect: 'handlers' },
  { what: 'sent', at, endAt: at + 5, id, status: 200 },
];

/** Two messages about one order, and everything as it should be. */
export function wellDone(): Ledgers {
  const handler = (): Entry[] => [...request(1, 'one', 10), ...request(2, 'two', 30)];
  const message = (id: string): Entry => ({ id, verdict: 'verified', quarantine: null, seen: 1, sha256: sha256(id) });
  const delivery = (kind: string, id: string): Entry => ({ id, kind, state: 'done', reason: null, replay: null });
  const path = `/v2/charges/${CHARGE}`;
  return {
    sender: [...sent('one', 0), ...sent('two', 20)],
    legacy: handler(),
    migrated: handler(),
    amazon: [{ method: 'GET', path, at: 40, endAt: 45, status: 200, fault: null, told: { sha256: 'a' } }],
    resources: [{ at: 1, rssMB: 120, files: 30, logMB: 4 }],
    plan: { kills: 0, concurrency: 8, recoveryMs: 100, quotaShare: 0.9 },
    recount: [],
    evidence: { missed: [] },
    history: [{ id: CHARGE, order: ORDER, state: 'Captured' }],
    store: {
      integrity: 'ok',
      messages: [message('one'), message('two')],
      deliveries: ['one', 'two'].flatMap((id) => [delivery('deliver-legacy', id), delivery('deliver-migrated', id)]),
      objects: [{ id: CHARGE, version: 1, state: 'Captured', updatedAt: 5, problem: null }],
      comparisons: [],
      open: {},
      dead: 0,
    },
  };
}

/** Runs the checker over ledgers, as a program of its own. Returns its exit code, and what it found to be broken. */
export function check(ledgers: Ledgers): { code: number | null; broken: readonly string[]; figures: Entry } {
  const folder = mkdtempSync(join(tmpdir(), 'ledgers-'));
  const lines = ['sender', 'legacy', 'migrated', 'amazon', 'resources'] as const;
  for (const name of lines)
    writeFileSync(join(folder, `${name}.jsonl`), ledgers[name].map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  for (const name of ['plan', 'recount', 'history', 'evidence', 'store'] as const)
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(ledgers[name]));
  const { status: code, stdout, stderr } = spawnSync(process.execPath, [checker, folder], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (stdout === '') throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as { broken: readonly string[]; figures: Entry }) };
}
