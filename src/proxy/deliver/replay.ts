import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import { failPoint } from '../fail-points';
import type { Reason } from '../modes/reason';
import type { CurrentMode } from '../modes/current-mode';
import type { RoleDecider } from '../modes/decide-role';
import type { ModeInForce } from '../modes/mode';
import { rolesOf } from '../modes/roles';
import type { Side } from '../observer';
import { appendAudit } from '../store/audit';
import type { Database, Queries } from '../store/database';
import type { StoredMessage } from '../store/inbox';
import { addJobs, type NewJob } from '../store/jobs';
import { countForwarded, findFirstDelivery, nextForwarded, type ForwardedGroup } from '../store/replays';
import { listSettings, lockSetting, writeSetting } from '../store/setting';
import { againTo } from './ownership';
import {
  replayFilterSchema,
  replayRecordSchema,
  replaySetting,
  type ReplayFilter,
  type ReplayRecord,
} from './replay-record';

export type ReplayErrorCode =
  /** Something of it would count for the shop. */
  | 'needs-confirm'
  /** The filter fits other messages than when the dry run was shown. */
  | 'plan-changed'
  | 'nothing-to-replay'
  | 'no-reason';

/** Why a replay was not begun. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
  constructor(
    readonly code: ReplayErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The dry run: what a replay would do. */
export interface ReplayPlan {
  readonly filter: ReplayFilter;
  readonly messages: number;
  /** Deliveries that would be asked for, each handler's counted by itself. */
  readonly deliveries: number;
  /** Those that would not: the mode gives the message to the other handler, or its first delivery waits still. */
  readonly notNeeded: number;
  /** Of those, the ones that would count for the shop now. */
  readonly primaries: number;
  readonly byType: readonly Readonly<{ kind: string; notificationType: string | null; messages: number }>[];
  readonly lastInboxId: number;
  /** Stands for all of it: a replay begins only with what was shown. */
  readonly digest: string;
}

const sidesOf = ({ side }: ReplayFilter): readonly Side[] => (side === undefined ? ['legacy', 'migrated'] : [side]);

/** What decides who gets a message. */
export interface ReplayModes {
  readonly modes: CurrentMode;
  /** Whether the configuration declares that the migrated handler can be called without effect. */
  readonly canDryRun: boolean;
}

/** What a side may be to the messages of a group. Of an order that is on no side yet that is not known: then either. */
function possibleRoles(group: ForwardedGroup, side: Side, mode: ModeInForce, canDryRun: boolean): readonly string[] {
  const possible: readonly Side[] = group.side === null ? ['legacy', 'migrated'] : [group.side];
  return possible
    .map((own) => rolesOf(mode.mode, group.origin ?? group.kind, own)[side])
    .map((role) => (role === 'dry-run' && side === 'migrated' && !canDryRun ? 'none' : role));
}

/** Says what a replay would do, and does nothing. */
export async function planReplay(
  queries: Queries,
  { modes, canDryRun }: ReplayModes,
  given: ReplayFilter,
): Promise<ReplayPlan> {
  const filter = replayFilterSchema.parse(given);
  const groups = await countForwarded(queries, filter);
  const mode = await modes.read(queries);
  const count = (isCounted: (roles: readonly string[]) => boolean): number =>
    groups
      .flatMap((group) => sidesOf(filter).map((side) => ({ group, side })))
      .filter(({ group, side }) => isCounted(possibleRoles(group, side, mode, canDryRun)))
      .reduce((total, { group, side }) => total + group.again[side], 0);
  const messages = groups.reduce((total, group) => total + group.messages, 0);
  const deliveries = count((roles) => roles.some((role) => role !== 'none'));
  const shown = { filter, messages, lastInboxId: Math.max(0, ...groups.map(({ lastId }) => lastId)) };
  // The mode decides what counts; what ends to wait meanwhile changes figures, and nothing that was decided.
  const digest = createHash('sha256')
    .update(JSON.stringify([shown, mode.mode, mode.sharePercent]))
    .digest('hex');
  return {
    ...shown,
    deliveries,
    notNeeded: messages * sidesOf(filter).length - deliveries,
    primaries: count((roles) => roles.includes('primary')),
    byType: typesOf(groups),
    digest: digest.slice(0, 16),
  };
}

function typesOf(groups: readonly ForwardedGroup[]): ReplayPlan['byType'] {
  const types = new Map<string, ReplayPlan['byType'][number]>();
  for (const { kind, notificationType, messages: count } of groups) {
    const key = `${kind} ${notificationType}`;
    types.set(key, { kind, notificationType, messages: count + (types.get(key)?.messages ?? 0) });
  }
  return [...types.values()];
}

export interface ReplayRequest extends Reason {
  /** What `planReplay` showed. */
  readonly plan: Pick<ReplayPlan, 'filter' | 'digest'>;
  readonly ratePerSecond?: number;
  /** Also where it counts for the shop. */
  readonly confirm?: boolean;
}

const DEFAULT_RATE = 5;

/** Begins a replay; it goes on by itself in whichever instance runs, also after a crash. Rejects with a ReplayError. */
export async function startReplay(
  { database, clock, ...modes }: ReplayModes & { readonly database: Database; readonly clock: Clock },
  { plan, ratePerSecond = DEFAULT_RATE, confirm = false, ...reason }: ReplayRequest,
): Promise<ReplayRecord> {
  if (reason.who.trim() === '' || reason.why.trim() === '')
    throw new ReplayError('no-reason', 'A replay says who asked for it and why.');
  return database.transaction(async (queries) => {
    const found = await planReplay(queries, modes, plan.filter);
    if (found.digest !== plan.digest)
      throw new ReplayError(
        'plan-changed',
        'What the replay would do is not what was shown. Look at the dry run again.',
      );
    if (found.messages === 0)
      throw new ReplayError('nothing-to-replay', 'The filter fits no message that was forwarded.');
    if (found.deliveries === 0)
      throw new ReplayError(
        'nothing-to-replay',
        `The filter fits ${found.messages} messages, and no delivery of them is to be made again: the mode gives them to the other handler, or their first delivery waits still.`,
      );
    if (found.primaries > 0 && !confirm)
      throw new ReplayError(
        'needs-confirm',
        `${found.primaries} of the ${found.deliveries} deliveries would count for the shop. Confirm that, or choose a side that does not count.`,
      );
    const now = clock.now();
    const record: ReplayRecord = {
      id: randomBytes(8).toString('hex'),
      filter: found.filter,
      ratePerSecond,
      confirm,
      who: reason.who.trim(),
      startedAt: now,
      lastInboxId: found.lastInboxId,
      state: 'running',
      cursor: 0,
      replayed: 0,
      skipped: 0,
      paidUntil: now,
    };
    await save(queries, record, now);
    const { id, filter } = record;
    const detail = { id, filter, ratePerSecond, confirm, messages: found.messages, primaries: found.primaries };
    const who = { who: record.who, why: reason.why.trim() };
    await appendAudit(queries, database.dialect, { at: now, action: 'replay-started', detail, ...who });
    return record;
  });
}

const save = (queries: Queries, record: ReplayRecord, now: number): Promise<void> =>
  writeSetting(queries, replaySetting(record.id), JSON.stringify(record), now);

/** All replays that are kept, the last changed first. */
export async function listReplays(queries: Queries): Promise<readonly ReplayRecord[]> {
  const contents = await listSettings(queries, 'replay:');
  return contents.map((content) => replayRecordSchema.parse(JSON.parse(content)));
}

/** Ends a replay before its time; what is on its way already is delivered. False: it does not run. */
export function cancelReplay(database: Database, clock: Clock, id: string, reason: Reason): Promise<boolean> {
  return database.transaction(async (queries) => {
    const record = await lockRunning(queries, database, id);
    if (record === null) return false;
    await end(queries, database, { ...record, state: 'cancelled' }, reason, clock.now());
    return true;
  });
}

async function lockRunning(queries: Queries, { dialect }: Database, id: string): Promise<ReplayRecord | null> {
  const content = await lockSetting(queries, dialect, replaySetting(id));
  const record = content === null ? null : replayRecordSchema.parse(JSON.parse(content));
  return record?.state === 'running' ? record : null;
}

async function end(
  queries: Queries,
  { dialect }: Database,
  record: ReplayRecord,
  reason: Reason,
  now: number,
): Promise<void> {
  await save(queries, record, now);
  const { id, state, replayed, skipped } = record;
  await appendAudit(queries, dialect, {
    at: now,
    action: 'replay-ended',
    detail: { id, state, replayed, skipped },
    ...reason,
  });
}

export interface ReplayParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly decider: Pick<RoleDecider, 'decideWithin'>;
}

/** Takes every replay a step on, as far as its rate allows. Returns how many still run. */
export async function continueReplays(parts: ReplayParts): Promise<number> {
  const running = (await listReplays(parts.database)).filter(({ state }) => state === 'running');
  for (const { id } of running) {
    await continueReplay(parts, id);
    failPoint('replay:stepped');
  }
  return running.length;
}

const MAX_STEP = 100;

/** The messages of a step and how far it came are one transaction: a crash neither leaves one out nor takes one twice. */
async function continueReplay({ database, clock, decider }: ReplayParts, id: string): Promise<void> {
  await database.transaction(async (queries) => {
    const record = await lockRunning(queries, database, id);
    if (record === null) return;
    const now = clock.now();
    const sides = sidesOf(record.filter);
    // What was not used in time is lost: after a pause it does not all go at once.
    const from = Math.max(record.paidUntil, now - Math.max(1000, (sides.length * 1000) / record.ratePerSecond));
    const limit = Math.min(MAX_STEP, Math.floor(((now - from) * record.ratePerSecond) / 1000 / sides.length));
    const isFirst = record.cursor === 0;
    if (limit < 1 && !isFirst) return;
    const page = { after: record.cursor, last: record.lastInboxId, limit: Math.max(limit, 1) };
    const messages = await nextForwarded(queries, record.filter, page);
    const jobs: NewJob[] = [];
    for (const message of messages) {
      const { roles } = await decider.decideWithin(queries, message);
      for (const side of sides.filter((one) => roles[one] !== 'none')) {
        const again = await deliveryAgain(queries, message, side, id, now);
        if (again !== null) jobs.push(again);
      }
    }
    await addJobs(queries, jobs, now, database.dialect);
    failPoint('replay:added');
    const cursor = messages.at(-1)?.id ?? record.lastInboxId;
    const used = (messages.length * sides.length * 1000) / record.ratePerSecond;
    const next: ReplayRecord = {
      ...record,
      cursor,
      replayed: record.replayed + jobs.length,
      skipped: record.skipped + messages.length * sides.length - jobs.length,
      paidUntil: from + used,
    };
    if (cursor < record.lastInboxId) return save(queries, next, now);
    const reason = { who: record.who, why: 'every message of the plan was looked at' };
    return end(queries, database, { ...next, state: 'done' }, reason, now);
  });
}

/** The delivery that a replay asks for; null where the first one waits still, or there was none. */
async function deliveryAgain(
  queries: Queries,
  message: StoredMessage,
  side: Side,
  replay: string,
  now: number,
): Promise<NewJob | null> {
  const first = await findFirstDelivery(queries, message.id, side);
  if (first === null || first.isOpen) return null;
  const like = {
    lane: first.lane,
    subject: String(message.id),
    inbox_id: message.id,
    order_key: message.order_key,
    idempotency_key: first.idempotencyKey,
  };
  return againTo(side, like, now, replay, REPLAY_PRIORITY);
}

/** Behind what came just now. */
const REPLAY_PRIORITY = 5;
