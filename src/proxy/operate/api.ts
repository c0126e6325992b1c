import type { KindOfWork } from '../store/overview';

/** What the API of the admin port answers; the dashboard and the commands of the terminal read the same. */

export interface TargetStatus {
  readonly side: 'legacy' | 'migrated';
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly waiting: number;
  readonly oldestMs: number;
}

export interface GateFigure {
  readonly name: string;
  readonly found: string;
  readonly wanted: string;
  readonly isMet: boolean;
}

export interface Status {
  readonly mode: string;
  /** Of the orders, in percent, that cutover has moved. */
  readonly share: number;
  readonly changedAt: number | null;
  readonly changedBy: string | null;
  readonly why: string | null;
  readonly store: Readonly<Record<string, string>>;
  readonly messages: readonly {
    readonly kind: string;
    readonly verdict: string;
    readonly count: number;
    readonly seen: number;
  }[];
  readonly lastReceivedAt: number | null;
  readonly work: readonly KindOfWork[];
  readonly targets: readonly TargetStatus[];
  readonly deadLetters: number;
  readonly quarantined: number;
  readonly pendingVerification: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly openMismatches: number;
  readonly isReadyForCutover: boolean;
  readonly gate: readonly GateFigure[];
  /** What a person should look at, most urgent first. */
  readonly warnings: readonly string[];
}

export interface DivergenceGroup {
  readonly signature: string;
  readonly count: number;
  readonly open: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface FieldDifference {
  readonly field: string;
  readonly legacy: string | null;
  readonly migrated: string | null;
  readonly amazon: string | null;
}

export interface Divergence {
  readonly id: number;
  readonly orderKey: string;
  readonly closedAt: number;
  readonly verdict: string;
  readonly atFault: string | null;
  readonly ruleId: string | null;
  readonly signature: string | null;
  readonly differences: readonly FieldDifference[];
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
  readonly resolution: string | null;
}

export interface DeadLetter {
  readonly jobId: number;
  readonly kind: string;
  readonly inboxId: number | null;
  readonly orderKey: string | null;
  readonly reason: string | null;
  readonly attempts: number;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

export interface AuditEntry {
  readonly sequence: number;
  readonly at: number;
  readonly who: string;
  readonly action: string;
  readonly detail: string;
  readonly why: string;
}
