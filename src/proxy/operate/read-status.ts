import { readGate } from '../compare/read-gate';
import type { Evidence } from '../compare/evidence';
import { listReservations } from '../compare/reservations';
import { isExpired } from '../compare/rules';
import { countExcusedOrders, countRules, hasSandboxOrders } from '../store/evidence-figures';
import { Tallies } from '../store/tallies';
import { deliveryKinds } from '../store/delivery';
import { lastAudit } from '../store/audit';
import { countApart } from '../store/agreement-sides';
import { listGaps } from '../store/gaps';
import { countKeptAside } from '../store/quarantine';
import { countInDoubt } from '../store/in-doubt';
import { countMovedByHand } from '../store/order-sides';
import { readOverview, type Overview } from '../store/overview';
import type { Side } from '../observer';
import type { Status, TargetStatus } from './api';
import type { OperationParts } from './operations';

/** Counting more comparisons takes longer than a status may. */
const MANY = 10_000;

const sides: readonly Side[] = ['legacy', 'migrated'];

/** Everything at a glance: mode, flow, lag, agreement, what is missing for the cutover, and what to look at first. */
export async function readStatus(parts: OperationParts): Promise<Status> {
  const { database, clock, modes, deliveries, settings } = parts;
  const now = clock.now();
  const tallies = await Tallies.read(database);
  const overview = await readOverview(database, now, tallies);
  const { gate, orders, missed, types } = await readGate(database, tallies, { now, settings: settings.compare });
  const { mode, sharePercent } = await modes.get();
  const change = await lastAudit(database, 'mode');
  const targets = deliveries === null ? [] : sides.map((side) => targetOf(side, overview, deliveries.breaker(side)));
  const status = {
    ...overview,
    mode,
    sharePercent,
    change: change === null ? null : { at: change.at, who: change.who, why: change.why },
    movedByHand: await countMovedByHand(database),
    store: database.facts,
    targets,
    orders,
    gate,
    reservations: await readReservations(parts, tallies, types),
  };
  const beside = { missed, expired: await listExpired(parts, now), apart: await countApart(database) };
  return { ...status, warnings: warningsOf(status, beside, parts) };
}

async function readReservations(
  { database, settings }: OperationParts,
  tallies: Tallies,
  types: readonly string[],
): Promise<Status['reservations']> {
  const { compare, amazon } = settings;
  const sandboxOrders: 'some' | 0 = (await hasSandboxOrders(database)) ? 'some' : 0;
  const excused: Parameters<typeof listReservations>[0]['excused'] =
    tallies.get('verdict:expected') > MANY ? 'many' : await countExcusedOrders(database, 0);
  const inDoubt = await countInDoubt(database);
  const { doubtful } = await countKeptAside(database);
  const gaps = await listGaps(database, 0);
  const counted = { sandboxOrders, types, excused, inDoubt, doubtful, gaps };
  return listReservations({ gate: compare.gate, amazon, rules: compare.rules, ...counted });
}

function targetOf(side: Side, { openJobs }: Overview, breaker: TargetStatus['breaker']): TargetStatus {
  const work = openJobs.find(({ kind }) => kind === deliveryKinds[side]);
  return { side, breaker, waiting: work?.count ?? 0, oldestMs: work?.oldestMs ?? 0 };
}

/** Rules that were of use and are no longer in force. Counted only where there are expired ones, which is rare. */
async function listExpired({ database, settings }: OperationParts, now: number): Promise<readonly string[]> {
  const expired = settings.compare.rules.filter((rule) => isExpired(rule, now)).map(({ id }) => id);
  if (expired.length === 0) return [];
  const uses = await countRules(database, 0);
  return expired.filter((id) => (uses.get(id) ?? 0) > 0).sort();
}

const sayUntold = ({ refused, notFound, objectIds }: Status['untold']): string =>
  `Objects of messages of which Amazon does not tell: refused ${refused}, not found ${notFound} (${objectIds.join(', ')}` +
  `${objectIds.length < refused + notFound ? ', …' : ''}). Their orders cannot be compared. Is the key that of the merchant?`;

/** From here on somebody has set a clock. */
const SKEW_MINUTES = 1;

function sayClock(outOfTime: number, offsetMs: number): readonly (string | false)[] {
  const minutes = Math.floor(Math.abs(offsetMs) / 60_000);
  return [
    outOfTime > 0 &&
      `Messages that wait because their time is not that of this machine: ${outOfTime}. Is its clock right (timedatectl)? ` +
        'One that is late by more than an hour, or weeks ahead, keeps every message waiting until it is set.',
    minutes >= SKEW_MINUTES &&
      `The time of the store is ${minutes} min ${offsetMs > 0 ? 'ahead of' : 'behind'} the clock of this machine: one of them was ` +
        'set. On SQLite start the proxy again once the clock is right, or it follows by 20 seconds a minute.',
  ];
}

interface Beside {
  readonly missed: Evidence['missed']['length'];
  readonly expired: readonly string[];
  /** Payments that are at another handler than the others of their agreement. */
  readonly apart: number;
}

/** The gravest first. */
function warningsOf(
  { mode, sharePercent, messages, targets, untold, ...figures }: Omit<Status, 'warnings'>,
  { missed, expired, apart }: Beside,
  { settings, amazonLine, clock }: OperationParts,
): readonly string[] {
  const { deadLetters, quarantined, pendingVerification, openMismatches } = figures;
  const ofV2 = messages.filter(({ kind }) => kind === 'v2').reduce((sum, { count }) => sum + count, 0);
  const isLegacyAlone = mode === 'observe' || mode === 'shadow';
  const found: readonly (string | false)[] = [
    ...sayClock(figures.outOfTime, clock.offset ?? 0),
    settings.deliver === undefined && 'No handlers are configured: messages are kept, and forwarded to nobody.',
    mode === 'shadow' &&
      settings.deliver !== undefined &&
      settings.deliver.migrated.dryRunUrl === undefined &&
      'The migrated handler is never called in shadow: deliver.migrated.dryRunUrl is not set.',
    ...targets.map(({ side, breaker }) => breaker !== 'closed' && `The ${side} handler fails and is only probed.`),
    amazonLine.state !== 'closed' &&
      'Amazon does not answer, or refuses the key, and is only probed: comparisons wait. The log says which; --check tries the key.',
    deadLetters > 0 && `Dead letters, which were given up: ${deadLetters}.`,
    openMismatches > 0 && `Differences that wait for a person: ${openMismatches}.`,
    missed > 0 && `Changes at Amazon that no message told: ${missed}. Was the URL reachable?`,
    untold.refused + untold.notFound > 0 && sayUntold(untold),
    isLegacyAlone &&
      ofV2 > 0 &&
      `v2 messages while the legacy handler counts: ${ofV2}. It may answer 200 to them and do nothing.`,
    apart > 0 &&
      `Payments on a billing agreement whose other payments are at the other handler: ${apart}. Amazon told of the agreement when ` +
        `they had begun. Each is whole at one; mode --order with the number of the agreement puts all on one side.`,
    mode === 'cutover' &&
      sharePercent > 0 &&
      sharePercent < 100 &&
      settings.amazon === undefined &&
      'Without a key for Amazon nobody knows which payments are of one billing agreement: under a share they may go to both handlers.',
    quarantined > 0 && `Messages that were kept aside: ${quarantined}.`,
    pendingVerification > 0 && `Messages that wait until their signature can be checked: ${pendingVerification}.`,
    expired.length > 0 && `Rules that have expired: ${expired.join(', ')}.`,
    settings.amazon === undefined && 'No key for Amazon is configured: nobody is the referee.',
  ];
  return found.filter((warning) => warning !== false);
}
