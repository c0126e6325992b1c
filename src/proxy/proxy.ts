import { randomBytes } from 'node:crypto';
import type { Agent } from 'node:https';
import { hostname } from 'node:os';
import { systemClock, type Clock } from './clock';
import type { ProxySettings } from './configuration/settings';
import { createRecordAnswer } from './compare/record-answer';
import { createDelivery, type Deliveries } from './deliver/start-delivery';
import { Loop } from './loop';
import { CurrentMode } from './modes/current-mode';
import type { Observer } from './observer';
import { Alerts } from './operate/alerts';
import { AmazonLine } from './operate/amazon-line';
import { createMetrics } from './operate/metrics';
import { observeAll } from './operate/observe-all';
import { openAdmin, urlOf } from './operate/open-admin';
import { daysToMs } from './operate/settings';
import { startReceiving, type Receiving } from './receive/start-receiving';
import type { Database } from './store/database';
import { JobQueue } from './store/jobs';
import { openDatabase } from './store/open-database';
import { startKnowing, type Knowing } from './start-knowing';
import { deleteOld } from './store/retention';
import { gatherTallies } from './store/tallies';
import { StoreClock } from './store/store-clock';
import type { StoreError } from './store/store-error';
import { StoreHealth } from './store-health';
import { readOverview } from './store/overview';

const ADJUST_EVERY_MS = 30_000;
const RELEASE_EVERY_MS = 3000;
const LOOK_EVERY_MS = 15_000;
const DELETE_EVERY_MS = 3_600_000;
/** SNS gives up after 15 seconds, and who runs the proxy waits 10 for its end. */
const GRACE_MS = 8000;

export interface ProxyOptions {
  readonly observer?: Observer;
  /** The clock of this machine, for tests. */
  readonly clock?: Clock;
  /** Milliseconds that have passed since some time, whatever is done to the clock; for tests. */
  readonly elapsed?: () => number;
  /** How connections to the certificates of Amazon are made, for tests. */
  readonly agent?: Agent;
}

/** A proxy that runs. */
export interface Proxy {
  /** Where Amazon sends notifications to. */
  readonly url: string;
  readonly adminUrl: string;
  readonly adminToken: string;
  /** Of the store: version and guarantees. */
  readonly facts: Readonly<Record<string, string>>;
  /**
   * Resolves when the store may have lost what it took, or a newer version has brought it to its schema: nothing can be acknowledged
   * any more, and the process has to end.
   */
  readonly unsafe: Promise<StoreError>;
  /** Refuses new connections, answers what came, gives back what is not finished. Resolves within ten seconds. */
  stop(): Promise<void>;
}

/** Two instances on one machine have the same host, and one after the other may have the same pid. */
const ownerName = (): string => `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;

/** Starts everything that `settings` names. Rejects with a StoreError, or the error of Node where a port is taken. */
export async function startProxy(settings: ProxySettings, options: ProxyOptions = {}): Promise<Proxy> {
  const database = await openDatabase(settings.store);
  try {
    return await startWith(database, settings, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function startWith(database: Database, settings: ProxySettings, options: ProxyOptions): Promise<Proxy> {
  const { agent } = options;
  const metrics = createMetrics();
  // The alerts join them below: they need what is made with the observer.
  const amazonLine = new AmazonLine();
  const listeners = [
    metrics.observer,
    amazonLine.observer,
    ...(options.observer === undefined ? [] : [options.observer]),
  ];
  const observer = observeAll(listeners);
  const machineClock = options.clock ?? systemClock;
  const clock = new StoreClock(database, machineClock, options.elapsed);
  await clock.adjust();
  const queue = new JobQueue(database, clock, ownerName());
  if (database.dialect === 'sqlite') await queue.releaseAll();
  let onUnsafe: (error: StoreError) => void = () => undefined;
  const unsafe = new Promise<StoreError>((resolve) => (onUnsafe = resolve));
  const health = new StoreHealth(database, clock, observer, (error) => onUnsafe(error));
  const modes = new CurrentMode(database, clock);
  const deliveries = openDeliveries({ settings, database, clock, machineClock, queue, observer, modes });
  const receiving = await startReceiving({
    ...{ settings: settings.receive, database, queue, clock, machineClock, observer, health },
    onWork: () => deliveries?.wake(),
    isAskingAmazon: settings.amazon !== undefined,
    ...(agent === undefined ? {} : { agent }),
  });
  let isStopping = false;
  const isReady = (): boolean => health.isWritable && !isStopping;
  const { token = randomBytes(24).toString('base64url') } = settings.operate.admin;
  const adminParts = { settings, database, clock, modes, deliveries, amazonLine, observer, token, metrics, isReady };
  const admin = await openAdmin(adminParts).catch(async (error: unknown) => {
    await receiving.stop(0);
    throw error;
  });
  const alerts = new Alerts({
    limits: settings.operate.alerts,
    observer,
    isWritable: () => health.isWritable,
    breaker: (target) => (target === 'amazon' ? amazonLine.state : (deliveries?.breaker(target) ?? 'closed')),
    clockSkewMs: () => clock.offset,
    readOverview: () => readOverview(database, clock.now()),
  });
  listeners.push(alerts.observer);
  const parts = { settings, database, clock, queue, health, observer, alerts };
  const loops = startLoops({ ...parts, isStopping: () => isStopping });
  deliveries?.start();
  const knowing = await startKnowing({ settings, database, clock, queue, observer, modes, isTaking: isReady });
  return {
    url: receiving.url,
    adminUrl: urlOf(admin, settings.operate.admin.host),
    adminToken: token,
    facts: database.facts,
    unsafe,
    async stop() {
      isStopping = true;
      await stopAll({ receiving, deliveries, knowing, loops, queue, observer });
      await new Promise<void>((resolve) => {
        admin.close(() => resolve());
        admin.closeAllConnections();
      });
      await database.close();
    },
  };
}

interface Running {
  readonly receiving: Receiving;
  readonly deliveries: Deliveries | null;
  readonly knowing: Knowing;
  readonly loops: readonly Loop[];
  readonly queue: JobQueue;
  readonly observer: Observer;
}

async function stopAll({ receiving, deliveries, knowing, loops, queue, observer }: Running): Promise<void> {
  await Promise.all([receiving.stop(GRACE_MS), deliveries?.stop(GRACE_MS), knowing.stop()]);
  await Promise.all(loops.map((loop) => loop.stop()));
  // A store that is gone keeps nothing from ending; leases run out by themselves.
  await queue.giveBack().catch((error: unknown) => observer.failed({ part: 'stop', error }));
}

/** What calls the handlers, in the mode of the store; null where the configuration names none. */
function openDeliveries(
  parts: Omit<LoopParts, 'health' | 'alerts' | 'isStopping'> & {
    readonly modes: CurrentMode;
    readonly machineClock: Clock;
  },
): Deliveries | null {
  const { settings, observer, ...shared } = parts;
  if (settings.deliver === undefined) return null;
  const readOutcome = createRecordAnswer(settings.compare);
  return createDelivery({ ...shared, observer, settings: settings.deliver, readOutcome });
}

interface LoopParts {
  readonly settings: ProxySettings;
  readonly database: Database;
  readonly clock: StoreClock;
  readonly queue: JobQueue;
  readonly health: StoreHealth;
  readonly observer: Observer;
  readonly alerts: Alerts;
  readonly isStopping: () => boolean;
}

function startLoops(parts: LoopParts): readonly Loop[] {
  const { settings, database, clock, queue, health, observer, alerts, isStopping } = parts;
  const { messageDays, comparisonDays } = settings.operate.retention;
  const every = (part: string, milliseconds: number, work: () => Promise<unknown>): Loop =>
    new Loop(part, () => work().then(() => milliseconds), observer);
  const loops = [
    new Loop('store-probe', () => health.probe(), observer),
    every('clock', ADJUST_EVERY_MS, () => clock.adjust()),
    every('leases', RELEASE_EVERY_MS, () => queue.releaseExpired()),
    every('alerts', LOOK_EVERY_MS, () => alerts.look(LOOK_EVERY_MS)),
    every('tallies', DELETE_EVERY_MS, () => gatherTallies(database)),
    every('retention', DELETE_EVERY_MS, () => {
      const now = clock.now();
      const ages = {
        messagesBefore: now - daysToMs(messageDays),
        comparisonsBefore: now - daysToMs(comparisonDays),
      };
      return deleteOld(database, { ages, isStopped: isStopping, onDeleted: (event) => observer.deleted(event) });
    }),
  ];
  for (const loop of loops) loop.wake();
  return loops;
}
