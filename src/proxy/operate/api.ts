import type { BreakerState } from '../deliver/breaker';
import type { Evidence } from '../compare/evidence';
import type { Reservation } from '../compare/reservations';
import type { Mode } from '../modes/mode';
import type { Side } from '../observer';
import type { AuditCheck, AuditEntry } from '../store/audit';
import type { MovedByHand } from '../store/order-sides';
import type { Overview } from '../store/overview';

export type { AuditEntry } from '../store/audit';
export type { ComparisonGroup as DivergenceGroup, Divergence } from '../store/comparisons';
export type { DeadLetter } from '../store/dead-letters';
export type { Quarantined } from '../store/quarantine';
export type { Redriven } from '../deliver/dead-letters';
export type { ReplayRecord as ReplayLine } from '../deliver/replay-record';
export type { Evidence } from '../compare/evidence';
export type { LookedAgain } from '../receive/look-again';
export type { AuditCheck } from '../store/audit';
export type { MessageCheck } from '../store/verify-messages';
export type { StoreCheck } from '../store/verify-store';

/** What the API of the admin port answers; the dashboard and the commands of the terminal read the same. */

export interface TargetStatus {
  readonly side: Side;
  readonly breaker: BreakerState;
  readonly waiting: number;
  readonly oldestMs: number;
}

export interface Status extends Overview {
  readonly mode: Mode;
  /** Of the orders, in percent, that cutover has moved. */
  readonly sharePercent: number;
  /** Of the last change of mode; null where there was none. */
  readonly change: Pick<AuditEntry, 'at' | 'who' | 'why'> | null;
  /** Orders that somebody moved alone, by the side that they are on. */
  readonly movedByHand: MovedByHand;
  readonly store: Readonly<Record<string, string>>;
  /** None where the configuration names no handlers. */
  readonly targets: readonly TargetStatus[];
  /** Those of which both sides are known, however often each was compared. */
  readonly orders: Evidence['orders'];
  readonly gate: Evidence['gate'];
  /** What makes the evidence weaker than its figures look. */
  readonly reservations: readonly Reservation[];
  /** What a person should look at, most urgent first. */
  readonly warnings: readonly string[];
}

/** How it is after a change of mode. */
export interface ModeSwitched extends Status {
  /** What the gate missed, which only force goes over; null where it was not asked. */
  readonly gateMissing: readonly string[] | null;
  /** Orders that somebody had moved alone, and that the mode took from where they were. */
  readonly handMovesEnded: number;
  /** Orders of v2 that the legacy handler had until now. */
  readonly v2FromLegacy: number;
}

/** What became of the move of one order. */
export interface OrderMoved {
  readonly orderKey: string;
  readonly side: Side;
  /** False: it was moved there before, and nothing has changed. */
  readonly isMoved: boolean;
}

export interface Replayed {
  /** Of the replay that was begun; null after a dry run. */
  readonly id: string | null;
  readonly messages: number;
  /** Deliveries that are asked for again. */
  readonly deliveries: number;
  /** Those that are not: the mode gives the message to the other handler, or its first delivery waits still. */
  readonly notNeeded: number;
  /** Of those that are asked for, the ones that count for the shop. */
  readonly primaries: number;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly check: AuditCheck;
}
