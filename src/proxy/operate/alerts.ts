import type { BreakerState } from '../deliver/breaker';
import type { Observer, Side } from '../observer';
import { silentObserver } from '../observer';
import type { Overview } from '../store/overview';
import type { OperateSettings } from './settings';

/** What must wake somebody; docs/proxy/runbook.md says for each what it means and what to do. */
export const alerts = [
  'store-not-writable',
  'breaker-open',
  'dead-letters',
  'lag',
  'divergences',
  'signatures-refused',
  'v2-at-legacy',
  'clock',
] as const;
export type Alert = (typeof alerts)[number];

export interface AlertParts {
  readonly limits: OperateSettings['alerts'];
  readonly observer: Pick<Observer, 'alertChanged'>;
  readonly isWritable: () => boolean;
  readonly breaker: (target: Side | 'amazon') => BreakerState;
  /** By how much the time of the store is ahead of the clock of this machine. */
  readonly clockSkewMs: () => number;
  /** Rejects where the store does not answer; then only what needs no store is told. */
  readonly readOverview: () => Promise<Overview>;
}

const MINUTE_MS = 60_000;

/** Looks now and then whether something must wake somebody, and tells when that begins and when it is over. */
export class Alerts {
  readonly #on = new Set<Alert>();
  #refused = 0;

  constructor(private readonly parts: AlertParts) {}

  /** Counts the signatures that were refused since the last look. */
  readonly observer: Observer = {
    ...silentObserver,
    acknowledged: ({ reason }) => {
      if (reason === 'signature') this.#refused += 1;
    },
  };

  /** Looks; `sinceMs` is how long ago the last look was. */
  async look(sinceMs: number): Promise<void> {
    const { limits, isWritable, breaker, clockSkewMs, readOverview } = this.parts;
    const open = (['legacy', 'migrated', 'amazon'] as const).filter((target) => breaker(target) !== 'closed').length;
    const refused = (this.#refused * MINUTE_MS) / sinceMs;
    this.#refused = 0;
    this.#set('store-not-writable', isWritable() ? 0 : 1, 0);
    this.#set('breaker-open', open, 0);
    this.#set('signatures-refused', Math.round(refused), limits.refusedPerMinute);
    const overview = await readOverview();
    this.#set('dead-letters', overview.deadLetters, 0);
    this.#set('divergences', overview.openMismatches, 0);
    this.#set('v2-at-legacy', overview.v2AtLegacy, 0);
    const skewMinutes = Math.floor(Math.abs(clockSkewMs()) / MINUTE_MS);
    this.#set('clock', Math.max(overview.outOfTime, skewMinutes), 0);
    const lagMs = Math.max(0, ...overview.openJobs.map(({ oldestMs }) => oldestMs));
    this.#set('lag', Math.floor(lagMs / MINUTE_MS), limits.lagMinutes);
  }

  #set(alert: Alert, value: number, limit: number): void {
    const isOn = value > limit;
    if (isOn === this.#on.has(alert)) return;
    if (isOn) this.#on.add(alert);
    else this.#on.delete(alert);
    this.parts.observer.alertChanged({ alert, isOn, value });
  }
}
