import { MwsReader, ReaderWithMws } from '../amazon-pay/mws/mws-reader';
import { openAmazonReader, type AmazonReader } from '../amazon-pay/v2/amazon-reader';
import type { Clock } from './clock';
import { openSources } from './compare/open-sources';
import { startCompare, type Comparing } from './compare/start-compare';
import type { ProxySettings } from './configuration/settings';
import type { CurrentMode } from './modes/current-mode';
import { RoleDecider } from './modes/decide-role';
import type { Observer } from './observer';
import type { Database } from './store/database';
import type { JobQueue } from './store/jobs';
import { stopAsking } from './store/unasked-messages';
import type { AmazonSettings } from './truth/settings';
import { startTruth } from './truth/start-truth';
import type { TruthParts } from './truth/truth-parts';

export interface KnowingParts {
  readonly settings: ProxySettings;
  readonly database: Database;
  readonly clock: Clock;
  readonly queue: JobQueue;
  readonly observer: Observer;
  readonly modes: CurrentMode;
  /** Whether messages are being taken. */
  readonly isTaking: () => boolean;
}

export interface Knowing {
  /** Resolves when what was begun is finished. */
  stop(): Promise<void>;
}

const SETTLE_MS = 300_000;

/** Which handler counts for an order, by what the store says at that moment. */
function primaryOf({ database, clock, modes, settings }: KnowingParts): TruthParts['primaryOf'] {
  const decider = new RoleDecider(database, clock, modes, settings.deliver?.migrated.dryRunUrl !== undefined);
  return async (queries, orderKey) => {
    const message = { kind: 'v2', order_key: orderKey, message_id: orderKey } as const;
    return (await decider.decideWithin(queries, message)).roles.migrated === 'primary' ? 'migrated' : 'legacy';
  };
}

/** v2, and with settings for it MWS for what v2 does not have. */
async function openReader(amazon: AmazonSettings): Promise<AmazonReader> {
  const v2 = await openAmazonReader(amazon, amazon);
  const { mws, region, quotaShare } = amazon;
  if (mws === undefined) return v2;
  return new ReaderWithMws(v2, new MwsReader({ ...mws, region, quotaShare, environment: v2.environment }));
}

function startComparing(parts: KnowingParts): Comparing | null {
  const { settings, database, clock, queue, observer, modes } = parts;
  if (settings.deliver === undefined) return null;
  const { compare } = settings;
  const currentMode = async (): Promise<string> => (await modes.get()).mode;
  return startCompare({
    ...{ database, clock, queue, observer, currentMode },
    settings: compare,
    sources: openSources(compare),
  });
}

/** Asks Amazon how things are, and compares the sides with it, as far as the configuration names what that takes. */
export async function startKnowing(parts: KnowingParts): Promise<Knowing> {
  const { settings, database, clock, queue, observer, isTaking } = parts;
  const { amazon } = settings;
  const reader = amazon === undefined ? null : await openReader(amazon);
  // What a start with a key has left: comparisons would wait for it for ever.
  if (reader === null) await stopAsking(database, clock.now());
  const truthParts = {
    ...{ database, clock, queue, observer },
    settleMs: settings.deliver?.settleMs ?? SETTLE_MS,
    primaryOf: primaryOf(parts),
  };
  const truth =
    reader === null || amazon === undefined ? null : startTruth({ ...truthParts, reader, settings: amazon }, isTaking);
  const comparing = startComparing(parts);
  return {
    async stop() {
      const stopped = Promise.all([truth?.stop(), comparing?.stop()]);
      // An Amazon that does not answer is not waited for: what was asked is asked again by the next start.
      await reader?.close();
      await stopped;
    },
  };
}
