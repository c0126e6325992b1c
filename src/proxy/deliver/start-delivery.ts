import type { Clock } from '../clock';
import { Loop } from '../loop';
import type { CurrentMode } from '../modes/current-mode';
import { RoleDecider } from '../modes/decide-role';
import type { Observer, Side } from '../observer';
import type { Database } from '../store/database';
import { GroupCommit } from '../store/group-commit';
import type { JobQueue } from '../store/jobs';
import type { ReadOutcome } from './answer';
import { Breaker, type BreakerState } from './breaker';
import { Delivery, type DeliveryParts, type Line, type Lines } from './delivery';
import { Endpoint } from './endpoint';
import { continueReplays } from './replay';
import type { DeliverSettings } from './settings';
import { DeliveryWorker } from './worker';

export interface DeliveryOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly queue: JobQueue;
  readonly modes: CurrentMode;
  /** Of this machine [`clock`]. Handlers compare it with theirs; that of the store follows one that was set slowly. */
  readonly machineClock?: Clock;
  readonly settings: DeliverSettings;
  readonly observer: Observer;
  readonly readOutcome: ReadOutcome;
  readonly random?: () => number;
}

/** The workers of both targets. */
export interface Deliveries {
  /** Starts to deliver, and to go on with replays. Leases that ran out are freed elsewhere, for all kinds of work. */
  start(): void;
  /** There is new work: a message was stored, or the mode was changed. */
  wake(): void;
  /** The mode was changed: what a side has to pass on to the other does not wait for its handler, which may be down. */
  passOn(): void;
  breaker(side: Side): BreakerState;
  /** Delivers all that is due by the clock, to both targets. */
  deliverDue(): Promise<void>;
  /** Resolves when what is under way has ended; what has no answer after `graceMs` is cut, and sent again by the next start. */
  stop(graceMs?: number): Promise<void>;
}

const REPLAY_STEP_MS = 200;
const IDLE_MS = 1000;
/** No exchange takes longer. */
const MAX_GRACE_MS = 60_000;

/** Makes what delivers messages to both targets; nothing happens before `start`. */
export function createDelivery(options: DeliveryOptions): Deliveries {
  const { database, clock, queue, settings, observer } = options;
  const canDryRun = settings.migrated.dryRunUrl !== undefined;
  const parts: DeliveryParts = {
    database,
    clock,
    machineClock: options.machineClock ?? clock,
    queue,
    commits: new GroupCommit(database),
    decider: new RoleDecider(database, clock, options.modes, canDryRun),
    settings,
    observer,
    readOutcome: options.readOutcome,
    random: options.random ?? Math.random,
  };
  const linesOf: Readonly<Record<Side, Lines>> = {
    legacy: openLines('legacy', parts),
    migrated: openLines('migrated', parts),
  };
  const workerOf = (side: Side): DeliveryWorker =>
    new DeliveryWorker(side, linesOf[side], new Delivery(side, linesOf[side], parts), parts);
  const workers = { legacy: workerOf('legacy'), migrated: workerOf('migrated') };
  const wake = (): void => Object.values(workers).forEach((worker) => worker.wake());
  const replays = new Loop(
    'replay',
    async () => ((await continueReplays(parts)) > 0 ? REPLAY_STEP_MS : IDLE_MS),
    observer,
  );
  return {
    start() {
      Object.values(workers).forEach((worker) => worker.start());
      replays.wake();
    },
    wake,
    passOn: () => Object.values(workers).forEach((worker) => worker.passOn()),
    breaker: (side) => linesOf[side].primary.breaker.state(clock.now()),
    async deliverDue() {
      // What one side leaves may be handed to the other.
      for (let delivered = [1]; delivered.some((count) => count > 0);)
        delivered = await Promise.all(Object.values(workers).map((worker) => worker.deliverDue()));
    },
    async stop(graceMs = MAX_GRACE_MS) {
      const timer = setTimeout(() => void closeLines(linesOf), graceMs);
      await Promise.all([replays, ...Object.values(workers)].map((part) => part.stop()));
      clearTimeout(timer);
      await closeLines(linesOf);
    },
  };
}

async function closeLines(linesOf: Readonly<Record<Side, Lines>>): Promise<void> {
  const lines = Object.values(linesOf).flatMap(({ primary, dryRun }) => [primary, dryRun]);
  await Promise.all(lines.map((line) => line?.endpoint.close()));
}

function openLines(side: Side, { settings, observer }: DeliveryParts): Lines {
  const target = settings[side];
  const open = (url: string, name: string): Line => ({
    endpoint: new Endpoint({ ...target, url }),
    breaker: new Breaker(settings.breaker, (state) => observer.breakerChanged({ target: name, state })),
  });
  const { dryRunUrl } = settings.migrated;
  const hasDryRun = side === 'migrated' && dryRunUrl !== undefined;
  return { primary: open(target.url, side), dryRun: hasDryRun ? open(dryRunUrl, `${side}-dry-run`) : null };
}
