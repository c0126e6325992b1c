import type { Agent } from 'node:https';
import { createSnsVerifier } from '../../amazon-pay/sns-verifier';
import type { Clock } from '../clock';
import { Loop } from '../loop';
import type { Observer } from '../observer';
import type { Database } from '../store/database';
import { Inbox, type Arrival } from '../store/inbox';
import type { JobQueue } from '../store/jobs';
import type { StoreHealth } from '../store-health';
import { checkAsideAgain, countUnverified } from '../store/unverified';
import { openPublicPort } from './listen';
import { planJobs, planWithoutTruth } from './plan-jobs';
import { Receiver } from './receiver';
import { RefusedRing, type RefusedMessage } from './refused-ring';
import type { ReceiveSettings } from './settings';
import { UnverifiedQuota } from './unverified-quota';
import { verifyPending } from './verify-pending';

/** What other instances keep is counted so often. */
const COUNT_EVERY_MS = 10_000;

export interface ReceiveParts {
  readonly settings: ReceiveSettings;
  readonly database: Database;
  readonly queue: JobQueue;
  readonly clock: Clock;
  /**
   * Of this machine, as somebody may have set it. `clock` follows it slowly, and stands still while the machine is suspended
   * (store/store-clock.ts): fresh messages must not look as if they were of the future for hours.
   */
  readonly machineClock: Clock;
  readonly observer: Observer;
  /** There is new work: whoever works it off need not wait for its next look. */
  readonly onWork: () => void;
  readonly health: StoreHealth;
  /** Whether somebody asks Amazon [true]. */
  readonly isAskingAmazon?: boolean;
  /** How connections to the certificates of Amazon are made, for a proxy or a test. */
  readonly agent?: Agent;
}

export interface Receiving {
  readonly url: string;
  readonly connections: number;
  /** The last refused messages, newest first. */
  refused(): readonly RefusedMessage[];
  /** Refuses new connections; resolves when what came was answered and nothing more is verified. */
  stop(graceMs: number): Promise<void>;
}

/** Opens the public port, and checks later what cannot be checked at once. Rejects when the address cannot be used. */
export async function startReceiving(parts: ReceiveParts): Promise<Receiving> {
  const { settings, database, queue, clock, machineClock, observer, onWork, health } = parts;
  const { agent, isAskingAmazon = true } = parts;
  const { topics, maxAgeDays } = settings;
  const now = (): Date => new Date(clock.now());
  // What is kept aside for its topic is then of SNS, and not of anyone.
  const order = { isTopicCheckedLast: true };
  const certificates = new Set<string>();
  const onCertificate = (url: string): void => {
    certificates.add(url);
    verification.wake();
  };
  const verifying = { topics, maxAgeDays, now, onCertificate, ...order };
  const verifier = createSnsVerifier({ ...verifying, ...(agent === undefined ? {} : { agent }) });
  const onCommit = (messages: number, milliseconds: number): void => observer.committed({ messages, milliseconds });
  const plan = isAskingAmazon ? planJobs : planWithoutTruth;
  const inbox = new Inbox(database, clock, plan, onCommit);
  const onStored = ({ verdict }: Arrival): void => (verdict === 'pending' ? verification.wake() : onWork());
  const quota = new UnverifiedQuota(settings);
  const refused = new RefusedRing();
  const judging = { verifier, clock, machineClock, observer };
  const pending = { ...judging, certificates, database, queue, maxAgeDays, topics, planJobs: plan };
  const verification = new Loop('verify', () => verifyPending(pending), observer);
  const counting = new Loop(
    'count-unverified',
    async () => {
      quota.set(await countUnverified(database));
      return COUNT_EVERY_MS;
    },
    observer,
  );
  // Another configuration, or a newer version of this program, may take what the last one did not.
  await database.transaction((queries) => checkAsideAgain(queries, database.dialect, clock.now()));
  quota.set(await countUnverified(database));
  const receiver = new Receiver({ ...judging, settings, inbox, quota, refused, onStored, health });
  const port = await openPublicPort(settings, receiver, observer);
  verification.wake();
  counting.wakeIn(COUNT_EVERY_MS);
  return {
    url: port.url,
    get connections() {
      return port.connections;
    },
    refused: () => refused.list(),
    async stop(graceMs) {
      receiver.stop();
      await port.close(graceMs);
      await Promise.all([verification.stop(), counting.stop()]);
    },
  };
}
