import type { Clock } from '../clock';
import type { Observer } from '../observer';
import { appendAudit } from '../store/audit';
import type { Database, Queries } from '../store/database';
import { readLastReceivedAt } from '../store/inbox';
import {
  countMovedByHand,
  countOrders,
  countV2AtLegacy,
  endPauses,
  lockSides,
  moveOrders,
  type MovedByHand,
  type OrdersOfSide,
} from '../store/order-sides';
import { askGate, type ReadGate } from './ask-gate';
import type { CurrentMode } from './current-mode';
import type { Mode, ModeInForce, ModeSetting } from './mode';
import { ModeError } from './mode-error';
import { checkReason, reasonOf, type Reason } from './reason';
import { rolesOf, sideUnder } from './roles';

/** What a change needs; `modes` is that of this instance, which knows the change at once. */
export interface ModeParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly modes: CurrentMode;
  readonly observer: Pick<Observer, 'modeChanged'>;
  readonly readGate: ReadGate;
}

export interface ModeChange extends Reason {
  readonly to: Mode;
  /** For `cutover`; all orders when it is left out. */
  readonly sharePercent?: number;
  /**
   * Also while the gate is closed, and also when orders of the migrated handler go back to the legacy one, which only a
   * rollback does by itself.
   */
  readonly force?: boolean;
  /** The gate counts what happened since then (milliseconds since 1970); all that is kept when it is left out. */
  readonly since?: number;
}

/** What came of a change. */
export interface ModeChanged extends ModeInForce {
  /** What the gate missed, which only force goes over; null where it was not asked. */
  readonly gateMissing: readonly string[] | null;
  readonly movedByHand: HandMoves;
  /** Orders of v2 that this change took from the legacy handler: what that had answered before may be lost. */
  readonly v2FromLegacy: number;
}

/** Orders that somebody had moved alone: those that stay on their side, and how many this change took from it. */
export interface HandMoves {
  readonly stay: MovedByHand;
  readonly ended: number;
}

const groups: readonly OrdersOfSide[] = [
  { origin: 'v1', from: 'legacy' },
  { origin: 'v1', from: 'migrated' },
  { origin: 'v2', from: 'legacy' },
  { origin: 'v2', from: 'migrated' },
];

/** The orders that a mode takes from the side that they are on. A cutover of all orders takes those too that had begun. */
const movedBy = ({ mode, sharePercent }: ModeSetting): readonly OrdersOfSide[] =>
  groups.filter(({ origin, from }) => {
    const side = mode === 'cutover' && sharePercent === 100 ? 'migrated' : from;
    return sideUnder(mode, origin, side) !== from;
  });

function readChange(change: ModeChange): ModeSetting {
  checkReason(change);
  const { to, sharePercent = 100 } = change;
  if (!(sharePercent >= 0 && sharePercent <= 100))
    throw new ModeError('share', `A share of ${sharePercent} % is none: use 0 to 100.`);
  if (to !== 'cutover' && change.sharePercent !== undefined)
    throw new ModeError('share', `Only cutover has a share of the orders; ${to} is for all of them.`);
  return { mode: to, sharePercent };
}

async function refuseMovingBack(queries: Queries, setting: ModeSetting): Promise<void> {
  let orders = 0;
  for (const group of movedBy(setting)) if (group.from === 'migrated') orders += await countOrders(queries, group);
  if (orders > 0)
    throw new ModeError(
      'moves-orders-back',
      `${setting.mode} would move ${orders} orders from the migrated handler back to the legacy one. ` +
        `Use rollback for that, or --force when each of them may change hands.`,
    );
}

/**
 * What waits for another try at a side that does not count any more would keep the order from the side that does: it is passed
 * on now, and what comes next goes behind it.
 */
async function passOnWaiting(queries: Queries, { mode }: ModeSetting, now: number): Promise<void> {
  for (const of of groups)
    for (const side of ['legacy', 'migrated'] as const)
      if (rolesOf(mode, of.origin, of.from)[side] !== 'primary') await endPauses(queries, side, { of, now });
}

/**
 * Moves the orders that the mode takes from their side. Under `cutover` both sides may count, and an order that was moved by
 * hand stays where somebody put it; every other mode has one side for all.
 */
async function move(
  queries: Queries,
  setting: ModeSetting,
  now: number,
): Promise<Pick<ModeChanged, 'movedByHand' | 'v2FromLegacy'>> {
  const before = await countMovedByHand(queries);
  const v2AtLegacy = await countV2AtLegacy(queries);
  const how = { why: `mode:${setting.mode}`, now, isSparing: setting.mode === 'cutover' };
  for (const group of movedBy(setting)) await moveOrders(queries, group, how);
  const stay = await countMovedByHand(queries);
  const ended = before.legacy + before.migrated - stay.legacy - stay.migrated;
  return { movedByHand: { stay, ended }, v2FromLegacy: Math.max(0, v2AtLegacy - (await countV2AtLegacy(queries))) };
}

/**
 * Changes the mode for all instances, with the orders that it moves and an entry in the audit, in one transaction. It is in
 * force at once; an instance knows it within a second. Rejects with a ModeError, and then nothing has changed.
 */
export async function changeMode(
  { database, clock, modes, observer, readGate }: ModeParts,
  change: ModeChange,
): Promise<ModeChanged> {
  const setting = readChange(change);
  const { since = null } = change;
  const force = change.force === true;
  const { from, ...changed } = await database.transaction(async (queries) => {
    await lockSides(queries, database.dialect, 'alone');
    const before = await modes.read(queries);
    if (!force && change.to !== 'rollback') await refuseMovingBack(queries, setting);
    const gateMissing = await askGate(queries, { from: before, to: setting, force, since }, readGate);
    const now = clock.now();
    const moved = await move(queries, setting, now);
    await passOnWaiting(queries, setting, now);
    const lastReceivedAt = await readLastReceivedAt(queries);
    const taken = { force, ...(gateMissing && { gateMissing, gateSince: since }), lastReceivedAt };
    const detail = { ...setting, from: before.mode, ...taken, ...moved };
    await appendAudit(queries, database.dialect, { at: now, action: 'mode', detail, ...reasonOf(change) });
    return { from: before.mode, changedAt: now, knownUntil: Math.max(now, lastReceivedAt), gateMissing, ...moved };
  });
  modes.forget();
  observer.modeChanged({ from, to: setting.mode, who: change.who });
  return { ...setting, ...changed };
}
