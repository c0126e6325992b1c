import type { Clock } from '../clock';
import { lastAudit } from '../store/audit';
import type { Database, Queries } from '../store/database';
import { recordedModeSchema, type ModeInForce, type ModeSetting } from './mode';

/** Reads the mode from the store: the last change says it. Null where it was never changed. */
export async function readMode(queries: Queries): Promise<ModeInForce | null> {
  const entry = await lastAudit(queries, 'mode');
  if (entry === null) return null;
  const { lastReceivedAt, ...setting } = recordedModeSchema.parse(JSON.parse(entry.detail));
  return { ...setting, changedAt: entry.at, knownUntil: Math.max(entry.at, lastReceivedAt) };
}

const MAX_AGE_MS = 1000;

/** The mode in force, as this instance knows it: never older than a second. */
export class CurrentMode {
  #known: { readonly mode: ModeInForce; readonly readAt: number } | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    /** Of the configuration: in force until the mode is changed for the first time. */
    private readonly first: ModeSetting = { mode: 'observe', sharePercent: 100 },
  ) {}

  async get(): Promise<ModeInForce> {
    const age = this.#known === null ? Infinity : this.clock.now() - this.#known.readAt;
    if (this.#known !== null && age >= 0 && age < MAX_AGE_MS) return this.#known.mode;
    return this.read(this.database);
  }

  /** Reads it anew, within a transaction that must not go by what is a second old. */
  async read(queries: Queries): Promise<ModeInForce> {
    const readAt = this.clock.now();
    const mode = (await readMode(queries)) ?? { ...this.first, changedAt: 0, knownUntil: 0 };
    this.#known = { mode, readAt };
    return mode;
  }

  /** After a change made by this instance. */
  forget(): void {
    this.#known = null;
  }
}
