import type { AuditEntry, DeadLetter, Divergence, DivergenceGroup, Status } from './api';
import type { Page } from '../store/listings';

export interface WhoAndWhy {
  readonly who: string;
  readonly why: string;
}

export interface ModeChange extends WhoAndWhy {
  readonly mode: string;
  readonly share?: number | undefined;
}

export interface ReplayFilter {
  readonly inboxIds?: readonly number[] | undefined;
  readonly orderKey?: string | undefined;
  readonly notificationType?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly side?: 'legacy' | 'migrated' | undefined;
}

export interface ReplayRequest extends WhoAndWhy {
  readonly filter: ReplayFilter;
  readonly dryRun: boolean;
  readonly confirm: boolean;
  readonly perSecond?: number | undefined;
}

/** What people and scripts may see and do; the admin API is its only way in. */
export interface Operations {
  status(): Promise<Status>;
  changeMode(change: ModeChange): Promise<void>;
  /** `matched` deliveries fit the filter; a dry run replays none of them. */
  replay(request: ReplayRequest): Promise<{ readonly matched: number; readonly replayed: number }>;
  deadLetters(page: Page): Promise<readonly DeadLetter[]>;
  /** Without ids, all of them. */
  redrive(
    request: WhoAndWhy & { readonly jobIds?: readonly number[] | undefined },
  ): Promise<{ readonly redriven: number }>;
  divergenceGroups(): Promise<readonly DivergenceGroup[]>;
  divergences(
    filter: Page & { readonly signature?: string | undefined; readonly isOpen?: boolean | undefined },
  ): Promise<readonly Divergence[]>;
  resolve(id: number, request: WhoAndWhy): Promise<boolean>;
  audit(): Promise<{ readonly entries: readonly AuditEntry[]; readonly isIntact: boolean }>;
  /** The evidence for the audit report, by its schema. */
  evidence(): Promise<unknown>;
}
