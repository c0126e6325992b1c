import { exportEvidence, type Evidence } from '../compare/evidence';
import type { ProxySettings } from '../configuration/settings';
import type { Clock } from '../clock';
import { listDeadLetters, redrive } from '../deliver/dead-letters';
import { cancelReplay, listReplays, planReplay, startReplay, type ReplayPlan } from '../deliver/replay';
import type { ReplayFilter, ReplayRecord } from '../deliver/replay-record';
import type { Deliveries } from '../deliver/start-delivery';
import { readGate } from '../compare/read-gate';
import type { ReadGate } from '../modes/ask-gate';
import { changeMode, type ModeChange } from '../modes/change-mode';
import { forceOrder, type OrderMove } from '../modes/force-order';
import type { CurrentMode } from '../modes/current-mode';
import { lookAgain, type LookedAgain } from '../receive/look-again';
import { planJobs, planWithoutTruth } from '../receive/plan-jobs';
import type { Reason } from '../modes/reason';
import type { Observer } from '../observer';
import { listAudit, verifyAudit, type AuditCheck } from '../store/audit';
import { listDivergences, listGroups, resolveComparisons, type ComparisonFilter } from '../store/comparisons';
import type { Database } from '../store/database';
import type { DeadLetterFilter } from '../store/dead-letters';
import type { Page } from '../store/listings';
import { listQuarantined, type QuarantineFilter } from '../store/quarantine';
import { Tallies } from '../store/tallies';
import { verifyMessages, type MessageCheck } from '../store/verify-messages';
import { verifyStore, type StoreCheck } from '../store/verify-store';
import type {
  AuditPage,
  DeadLetter,
  Divergence,
  DivergenceGroup,
  ModeSwitched,
  Quarantined,
  Redriven,
  Replayed,
  Status,
} from './api';
import type { AmazonLine } from './amazon-line';
import { readStatus } from './read-status';
import { daysToMs } from './settings';
import { settleDeadLetters, settleQuarantine } from './settle';

export interface OperationParts {
  readonly settings: ProxySettings;
  readonly database: Database;
  /** Of the store, and by how many milliseconds it is ahead of that of this machine. */
  readonly clock: Clock & { readonly offset?: number };
  readonly modes: CurrentMode;
  readonly deliveries: Deliveries | null;
  readonly amazonLine: Pick<AmazonLine, 'state'>;
  readonly observer: Observer;
}

export interface ReplayRequest extends Reason {
  readonly filter: ReplayFilter;
  /** Only says what would be sent. */
  readonly dryRun: boolean;
  /** Also where it counts for the shop. */
  readonly confirm: boolean;
  readonly ratePerSecond?: number | undefined;
}

const AUDIT_ENTRIES = 500;

/** What people and scripts may see and do: the admin API is its only way in. */
export class Operations {
  constructor(private readonly parts: OperationParts) {}

  status(): Promise<Status> {
    return readStatus(this.parts);
  }

  /** Rejects with a ModeError when it would do harm; then nothing has changed. */
  async changeMode(change: ModeChange): Promise<ModeSwitched> {
    const { clock, settings } = this.parts;
    const gateOf: ReadGate = async (queries, since) => {
      const options = { now: clock.now(), settings: settings.compare };
      if (since !== null) return (await exportEvidence(queries, { ...options, since })).gate;
      return (await readGate(queries, await Tallies.read(queries), options)).gate;
    };
    const { gateMissing, movedByHand, v2FromLegacy } = await changeMode({ ...this.parts, readGate: gateOf }, change);
    this.parts.deliveries?.passOn();
    return { ...(await this.status()), gateMissing, handMovesEnded: movedByHand.ended, v2FromLegacy };
  }

  /** Moves one order to the other handler. False: it was moved there before. Rejects with a ModeError. */
  async moveOrder(move: OrderMove): Promise<boolean> {
    const isMoved = await forceOrder(this.parts, move);
    if (isMoved) this.parts.deliveries?.passOn();
    return isMoved;
  }

  /** Begins a replay of just what it finds, or says what it finds. Rejects with a ReplayError. */
  async replay({ filter, dryRun, ...request }: ReplayRequest): Promise<Replayed> {
    const { database, clock, modes, settings } = this.parts;
    const who = { database, clock, modes, canDryRun: settings.deliver?.migrated.dryRunUrl !== undefined };
    const plan: ReplayPlan = await planReplay(database, who, filter);
    const { messages, deliveries, notNeeded, primaries } = plan;
    const id = dryRun ? null : (await startReplay(who, { plan, ...request })).id;
    return { id, messages, deliveries, notNeeded, primaries };
  }

  replays(): Promise<readonly ReplayRecord[]> {
    return listReplays(this.parts.database);
  }

  /** False: no such replay runs. */
  cancelReplay(id: string, reason: Reason): Promise<boolean> {
    const { database, clock } = this.parts;
    return cancelReplay(database, clock, id, reason);
  }

  deadLetters(filter: DeadLetterFilter, page: Page): Promise<readonly DeadLetter[]> {
    return listDeadLetters(this.parts.database, filter, page);
  }

  async redrive(filter: DeadLetterFilter, reason: Reason): Promise<Redriven> {
    const { database, clock, deliveries } = this.parts;
    const redriven = await redrive(database, clock, filter, reason);
    deliveries?.wake();
    return redriven;
  }

  /** Returns how many were settled. */
  settleDeadLetters(filter: DeadLetterFilter, reason: Reason): Promise<number> {
    return settleDeadLetters(this.parts, filter, reason);
  }

  quarantined(filter: QuarantineFilter, page: Page): Promise<readonly Quarantined[]> {
    return listQuarantined(this.parts.database, filter, page);
  }

  /** Returns how many were settled. */
  settleQuarantine(filter: QuarantineFilter, reason: Reason): Promise<number> {
    return settleQuarantine(this.parts, filter, reason);
  }

  /** With what this version and this configuration know. */
  async lookAgain(filter: QuarantineFilter, reason: Reason): Promise<LookedAgain> {
    const { settings, deliveries } = this.parts;
    const plan = settings.amazon === undefined ? planWithoutTruth : planJobs;
    const looked = await lookAgain({ ...this.parts, planJobs: plan }, filter, reason);
    deliveries?.wake();
    return looked;
  }

  divergenceGroups(): Promise<readonly DivergenceGroup[]> {
    return listGroups(this.parts.database, 0);
  }

  divergences(filter: ComparisonFilter): Promise<readonly Divergence[]> {
    return listDivergences(this.parts.database, filter);
  }

  /** Returns how many differences that settles: one, or all of a kind. */
  resolve(which: Parameters<typeof resolveComparisons>[1], reason: Reason): Promise<number> {
    const { database, clock } = this.parts;
    return resolveComparisons(database, which, { ...reason, at: clock.now() });
  }

  async audit(): Promise<AuditPage> {
    const { database } = this.parts;
    const [entries, check] = await Promise.all([listAudit(database, AUDIT_ENTRIES), verifyAudit(database)]);
    return { entries, check };
  }

  /** Goes over the chain of the audit; `knownHead` is a head that somebody kept elsewhere. */
  verifyAudit(knownHead?: string): Promise<AuditCheck> {
    return verifyAudit(this.parts.database, knownHead);
  }

  /** Looks at a part of the stored messages, byte for byte. */
  verifyMessages(after: number): Promise<MessageCheck> {
    const { database, clock, settings } = this.parts;
    return verifyMessages(database, after, clock.now() - daysToMs(settings.operate.retention.messageDays - 1));
  }

  /** Looks at the store below the messages; at a large one only where `isFull`. */
  verifyStore(isFull: boolean): Promise<StoreCheck> {
    return verifyStore(this.parts.database, { isFull });
  }

  /** The evidence since a time (milliseconds since 1970), by its schema. */
  evidence(since: number): Promise<Evidence> {
    const { database, clock, settings } = this.parts;
    return exportEvidence(database, { since, now: clock.now(), settings: settings.compare, amazon: settings.amazon });
  }
}
