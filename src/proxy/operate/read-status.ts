import { exportEvidence, type Evidence } from '../compare/evidence';
import { deliveryKinds } from '../store/delivery';
import { lastAudit } from '../store/audit';
import { readOverview, type Overview } from '../store/overview';
import type { Side } from '../observer';
import type { Status, TargetStatus } from './api';
import type { OperationParts } from './operations';

const sides: readonly Side[] = ['legacy', 'migrated'];

/** Everything at a glance: mode, flow, lag, agreement, what is missing for the cutover, and what to look at first. */
export async function readStatus(parts: OperationParts): Promise<Status> {
  const { database, clock, modes, deliveries, settings } = parts;
  const now = clock.now();
  const overview = await readOverview(database, now);
  const { gate, missed, rules } = await exportEvidence(database, { since: 0, now, settings: settings.compare });
  const { mode, sharePercent } = await modes.get();
  const change = await lastAudit(database, 'mode');
  const targets = deliveries === null ? [] : sides.map((side) => targetOf(side, overview, deliveries.breaker(side)));
  const status = {
    ...overview,
    mode,
    sharePercent,
    change: change === null ? null : { at: change.at, who: change.who, why: change.why },
    store: database.facts,
    targets,
    gate,
  };
  return { ...status, warnings: warningsOf(status, { missed, rules }, parts) };
}

function targetOf(side: Side, { openJobs }: Overview, breaker: TargetStatus['breaker']): TargetStatus {
  const work = openJobs.find(({ kind }) => kind === deliveryKinds[side]);
  return { side, breaker, waiting: work?.count ?? 0, oldestMs: work?.oldestMs ?? 0 };
}

/** The gravest first. */
function warningsOf(
  { mode, messages, targets, deadLetters, quarantined, pendingVerification, openMismatches }: Omit<Status, 'warnings'>,
  { missed, rules }: Pick<Evidence, 'missed' | 'rules'>,
  { settings }: OperationParts,
): readonly string[] {
  const expired = rules.filter(({ isExpired, uses }) => isExpired && uses > 0).map(({ id }) => id);
  const ofV2 = messages.filter(({ kind }) => kind === 'v2').reduce((sum, { count }) => sum + count, 0);
  const isLegacyAlone = mode === 'observe' || mode === 'shadow';
  const found: readonly (string | false)[] = [
    settings.deliver === undefined && 'No handlers are configured: messages are kept, and forwarded to nobody.',
    ...targets.map(({ side, breaker }) => breaker !== 'closed' && `The ${side} handler fails and is only probed.`),
    deadLetters > 0 && `Dead letters, which were given up: ${deadLetters}.`,
    openMismatches > 0 && `Differences that wait for a person: ${openMismatches}.`,
    missed.length > 0 && `Changes at Amazon that no message told: ${missed.length}. Was the URL reachable?`,
    isLegacyAlone &&
      ofV2 > 0 &&
      `v2 messages while the legacy handler counts: ${ofV2}. It may answer 200 to them and do nothing.`,
    quarantined > 0 && `Messages that were kept aside: ${quarantined}.`,
    pendingVerification > 0 && `Messages that wait until their signature can be checked: ${pendingVerification}.`,
    expired.length > 0 && `Rules that have expired: ${expired.join(', ')}.`,
    settings.amazon === undefined && 'No key for Amazon is configured: nobody is the referee.',
  ];
  return found.filter((warning) => warning !== false);
}
