import { z } from 'zod';
import { listGroups, listOpen } from '../store/comparisons';
import type { Queries } from '../store/database';
import { listDeletedTypes } from '../store/deleted-types';
import {
  countExcusedOrders,
  countOrders,
  countRules,
  countSandboxOrders,
  countTransitions,
  countTypes,
  countVerdicts,
  readWaiting,
} from '../store/evidence-figures';
import { countInDoubt } from '../store/in-doubt';
import { listGaps } from '../store/gaps';
import { countKeptAside } from '../store/quarantine';
import { listMissedChanges } from '../truth/missed-changes';
import { exactLowerBound } from './exact-bound';
import { openGate } from './gate';
import { listReservations, reservationSchema, type Referee } from './reservations';
import { isExpired } from './rules';
import type { CompareSettings } from './settings';
import { comparisonVerdicts } from './verdict';

const whole = z.number().int().min(0);
const share = z.number().min(0).max(1);
const time = z.iso.datetime();
const text = z.string().nullable();

/** What the dual run has shown, for the audit report and for whoever decides. Holds ids and amounts, and no word of a buyer. */
export const evidenceSchema = z.strictObject({
  schemaVersion: z.literal(1),
  period: z.strictObject({ since: time, until: time }),
  messages: z.strictObject({ total: whole, byType: z.record(z.string(), whole) }),
  comparisons: z.strictObject({
    total: whole,
    /** Those of which both sides are known: only they are evidence of agreement. */
    bothSides: whole,
    byVerdict: z.record(z.enum(comparisonVerdicts), whole),
  }),
  orders: z.strictObject({ compared: whole, agreeing: whole, differing: whole, incomparable: whole }),
  agreement: z.strictObject({
    observed: share.nullable(),
    /** With this confidence no smaller share of all orders agrees (Clopper–Pearson, one-sided). */
    atLeast: share,
    confidence: share,
  }),
  coverage: z.strictObject({
    types: z.array(
      z.strictObject({
        type: z.string(),
        messages: whole,
        agreeingOrders: whole,
        /** What retention deleted of them, and whether an order with one had agreed: the type is wanted all the same. */
        deletedMessages: whole,
        hasAgreedBefore: z.boolean(),
      }),
    ),
    transitions: z.array(z.strictObject({ transition: z.string(), seen: whole, agreeing: whole })),
  }),
  groups: z.array(
    z.strictObject({
      signature: z.string(),
      verdict: z.enum(comparisonVerdicts),
      comparisons: whole,
      orders: whole,
      open: whole,
      firstAt: time,
      lastAt: time,
    }),
  ),
  openDifferences: z.array(
    z.strictObject({
      id: whole,
      orderKey: z.string(),
      closedAt: time,
      verdict: z.enum(comparisonVerdicts),
      atFault: text,
      mode: z.string(),
      differences: z.array(z.strictObject({ field: z.string(), legacy: text, migrated: text, amazon: text })),
    }),
  ),
  rules: z.array(
    z.strictObject({
      id: z.string(),
      field: z.string(),
      owner: z.string(),
      reason: z.string(),
      expires: z.string(),
      isExpired: z.boolean(),
      uses: whole,
    }),
  ),
  /** Changes that only the sweep has seen: no message came. */
  missed: z.array(
    z.strictObject({
      objectId: z.string(),
      objectType: z.string(),
      orderKey: z.string(),
      from: z.string(),
      to: z.string(),
      foundAt: time,
    }),
  ),
  deadLetters: whole,
  /** Messages that may be genuine, and that no handler was given. */
  keptAside: whole,
  lagMs: whole,
  gate: z.strictObject({
    isOpen: z.boolean(),
    figures: z.array(z.strictObject({ name: z.string(), found: z.string(), wanted: z.string(), isMet: z.boolean() })),
    /** What is missing, the gravest first. */
    missing: z.array(z.string()),
  }),
  /** What makes it weaker than its figures look, for whoever signs for it. */
  reservations: z.array(reservationSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;
/** All but the gate, which is decided by it, and how much that is worth. */
export type Findings = Omit<Evidence, 'gate' | 'reservations'>;

export interface EvidenceOptions {
  /** Only what happened after that: since the migrated handler was last changed, say. 0: everything that is kept. */
  readonly since: number;
  readonly now: number;
  readonly settings: Pick<CompareSettings, 'rules' | 'gate'>;
  /** What is asked how an order is; without it there is no referee. */
  readonly amazon?: Referee | undefined;
}

const iso = (instant: number): string => new Date(instant).toISOString();

async function readComparisons(queries: Queries, since: number): Promise<Pick<Findings, 'comparisons'>> {
  const verdicts = await countVerdicts(queries, since);
  const sum = (of: (verdict: (typeof verdicts)[number]) => number): number =>
    verdicts.reduce((total, verdict) => total + of(verdict), 0);
  const byVerdict = Object.fromEntries(
    comparisonVerdicts.map((name) => {
      const row = verdicts.find(({ verdict }) => verdict === name);
      return [name, row === undefined ? 0 : row.both_sides + row.one_side];
    }),
  ) as Evidence['comparisons']['byVerdict'];
  const bothSides = sum(({ both_sides: both }) => both);
  return { comparisons: { total: bothSides + sum(({ one_side: one }) => one), bothSides, byVerdict } };
}

async function readAgreement(
  queries: Queries,
  { since, settings }: EvidenceOptions,
): Promise<Pick<Findings, 'orders' | 'agreement'>> {
  const { compared, differing, incomparable } = await countOrders(queries, since);
  const agreeing = compared - differing;
  const { confidence } = settings.gate;
  return {
    orders: { compared, agreeing, differing, incomparable },
    agreement: {
      observed: compared === 0 ? null : agreeing / compared,
      atLeast: exactLowerBound(agreeing, compared, confidence),
      confidence,
    },
  };
}

async function readCoverage(queries: Queries, since: number): Promise<Pick<Findings, 'messages' | 'coverage'>> {
  const types = await countTypes(queries, since);
  const deleted = new Map((await listDeletedTypes(queries, since)).map((row) => [row.type, row]));
  const all = [...new Set([...types.map(({ type }) => type), ...deleted.keys()])].sort();
  return {
    messages: {
      total: types.reduce((sum, { messages }) => sum + messages, 0),
      byType: Object.fromEntries(types.map(({ type, messages }) => [type, messages])),
    },
    coverage: {
      types: all.map((type) => {
        const kept = types.find((row) => row.type === type);
        const gone = deleted.get(type);
        return {
          ...{ type, messages: kept?.messages ?? 0, agreeingOrders: kept?.agreeing_orders ?? 0 },
          ...{ deletedMessages: gone?.messages ?? 0, hasAgreedBefore: gone?.has_agreed === 1 },
        };
      }),
      transitions: (await countTransitions(queries, since)).map((row) => ({ ...row })),
    },
  };
}

async function readDifferences(queries: Queries, since: number): Promise<Pick<Findings, 'groups' | 'openDifferences'>> {
  return {
    groups: (await listGroups(queries, since)).map((group) => ({
      signature: group.signature,
      verdict: group.verdict,
      comparisons: group.count,
      orders: group.orders,
      open: group.open,
      firstAt: iso(group.first_at),
      lastAt: iso(group.last_at),
    })),
    openDifferences: (await listOpen(queries, since)).map((comparison) => ({
      id: comparison.id,
      orderKey: comparison.order_key,
      closedAt: iso(comparison.closed_at),
      verdict: comparison.verdict,
      atFault: comparison.at_fault,
      mode: comparison.mode,
      differences: comparison.differences,
    })),
  };
}

async function readRules(
  queries: Queries,
  { since, now, settings }: EvidenceOptions,
): Promise<Pick<Findings, 'rules'>> {
  const uses = await countRules(queries, since);
  const rules = settings.rules.map((rule) => {
    const { id, field, owner, reason, expires } = rule;
    return { id, field, owner, reason, expires, isExpired: isExpired(rule, now), uses: uses.get(id) ?? 0 };
  });
  return { rules: rules.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/**
 * What the dual run has shown up to now, and whether that is enough. The same store, time and configuration give the same
 * evidence, byte for byte. Nothing in it is estimated: whoever counts the store comes to the same figures.
 */
export async function exportEvidence(queries: Queries, options: EvidenceOptions): Promise<Evidence> {
  const { since, now, settings, amazon } = options;
  const { gate } = settings;
  const waiting = await readWaiting(queries, now);
  const aside = await countKeptAside(queries);
  const findings: Findings = {
    schemaVersion: 1,
    period: { since: iso(since), until: iso(now) },
    ...(await readCoverage(queries, since)),
    ...(await readComparisons(queries, since)),
    ...(await readAgreement(queries, options)),
    ...(await readDifferences(queries, since)),
    ...(await readRules(queries, options)),
    missed: (await listMissedChanges(queries, since)).map((each) => ({ ...each, foundAt: iso(each.foundAt) })),
    deadLetters: waiting.dead,
    keptAside: aside.genuine,
    lagMs: waiting.oldest === null ? 0 : Math.max(0, now - waiting.oldest),
  };
  const sandboxOrders = await countSandboxOrders(queries, since);
  return evidenceSchema.parse({
    ...findings,
    gate: openGate(findings, gate),
    reservations: listReservations({
      gate,
      amazon,
      sandboxOrders,
      types: findings.coverage.types.map(({ type }) => type),
      excused: await countExcusedOrders(queries, since),
      rules: settings.rules,
      inDoubt: await countInDoubt(queries),
      doubtful: aside.doubtful,
      gaps: await listGaps(queries, since),
    }),
  });
}
