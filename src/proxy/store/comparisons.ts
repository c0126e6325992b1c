import { z } from 'zod';
import {
  comparisonVerdicts,
  openVerdicts,
  type AtFault,
  type ComparisonVerdict,
  type Difference,
} from '../compare/verdict';
import { appendAudit } from './audit';
import type { Database, Queries, Value } from './database';

export interface NewComparison {
  readonly orderKey: string;
  /** The last message about the order. */
  readonly inboxId: number | null;
  readonly begunAt: number;
  readonly closedAt: number;
  readonly mode: string;
  readonly verdict: ComparisonVerdict;
  readonly atFault: AtFault;
  readonly ruleIds: readonly string[];
  /** Outcomes as JSON; null for a side that was not run, or of which nothing is known. */
  readonly legacy: string | null;
  readonly migrated: string | null;
  readonly amazon: string | null;
  readonly differences: readonly Difference[];
  readonly signature: string | null;
}

const differenceSchema = z.object({
  field: z.string(),
  legacy: z.string().nullable(),
  migrated: z.string().nullable(),
  amazon: z.string().nullable(),
});

const comparisonSchema = z.object({
  id: z.number(),
  order_key: z.string(),
  inbox_id: z.number().nullable(),
  begun_at: z.number(),
  closed_at: z.number(),
  mode: z.string(),
  verdict: z.enum(comparisonVerdicts),
  at_fault: z.enum(['legacy', 'migrated', 'both']).nullable(),
  rule_id: z.string().nullable(),
  legacy: z.string().nullable(),
  migrated: z.string().nullable(),
  amazon: z.string().nullable(),
  differences: z.string().transform((text) => z.array(differenceSchema).parse(JSON.parse(text))),
  signature: z.string().nullable(),
  resolved_at: z.number().nullable(),
  resolved_by: z.string().nullable(),
  resolution: z.string().nullable(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** One that found something, and whether it waits for a person. */
export interface Divergence extends Comparison {
  readonly isOpen: boolean;
}

const waits = ({ verdict, resolved_at: at }: Comparison): boolean =>
  at === null && openVerdicts.some((open) => open === verdict);

/** Verdicts are words of a closed list. */
export const openList = openVerdicts.map((verdict) => `'${verdict}'`).join(', ');

export async function addComparison(queries: Queries, comparison: NewComparison): Promise<number> {
  const [row] = await queries.query(
    `INSERT INTO comparison (order_key, inbox_id, begun_at, closed_at, mode, verdict, at_fault, rule_id, legacy, migrated,
       amazon, differences, signature)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
    [
      comparison.orderKey,
      comparison.inboxId,
      comparison.begunAt,
      comparison.closedAt,
      comparison.mode,
      comparison.verdict,
      comparison.atFault,
      comparison.ruleIds.length === 0 ? null : comparison.ruleIds.join(','),
      comparison.legacy,
      comparison.migrated,
      comparison.amazon,
      JSON.stringify(comparison.differences),
      comparison.signature,
    ],
  );
  return Number(row?.['id']);
}

export interface ComparisonFilter {
  readonly before?: number | undefined;
  readonly limit: number;
  readonly signature?: string | undefined;
  /** Only those that wait for a person, or only those that do not. */
  readonly isOpen?: boolean | undefined;
}

const isOpenSql = `(verdict IN (${openList}) AND resolved_at IS NULL)`;

/** Comparisons that found something, from new to old, each with all its differences. */
export async function listDivergences(queries: Queries, filter: ComparisonFilter): Promise<readonly Divergence[]> {
  const values: Value[] = [filter.before ?? Number.MAX_SAFE_INTEGER, filter.limit];
  if (filter.signature !== undefined) values.push(filter.signature);
  const open = filter.isOpen === undefined ? '' : `AND ${filter.isOpen ? '' : 'NOT '}${isOpenSql}`;
  const rows = await queries.query(
    `SELECT * FROM comparison WHERE id < $1 AND verdict NOT IN ('match', 'match-late')
     ${filter.signature === undefined ? '' : 'AND signature = $3'} ${open} ORDER BY id DESC LIMIT $2`,
    values,
  );
  return rows.map((row) => {
    const comparison = comparisonSchema.parse(row);
    return { ...comparison, isOpen: waits(comparison) };
  });
}

/** Every difference that waits for a person, first to last. */
export async function listOpen(queries: Queries, since: number): Promise<readonly Comparison[]> {
  const rows = await queries.query(`SELECT * FROM comparison WHERE ${isOpenSql} AND closed_at >= $1 ORDER BY id`, [
    since,
  ]);
  return rows.map((row) => comparisonSchema.parse(row));
}

const groupSchema = z.object({
  signature: z.string(),
  verdict: z.enum(comparisonVerdicts),
  count: z.coerce.number(),
  orders: z.coerce.number(),
  open: z.coerce.number(),
  first_at: z.number(),
  last_at: z.number(),
});
export type ComparisonGroup = z.infer<typeof groupSchema>;

/** Differences by their kind, the open and the frequent ones first. */
export async function listGroups(queries: Queries, since: number): Promise<readonly ComparisonGroup[]> {
  const rows = await queries.query(
    `SELECT signature, verdict, COUNT(*) AS count, COUNT(DISTINCT order_key) AS orders,
       SUM(CASE WHEN ${isOpenSql} THEN 1 ELSE 0 END) AS open, MIN(closed_at) AS first_at, MAX(closed_at) AS last_at
     FROM comparison WHERE signature IS NOT NULL AND closed_at >= $1
     GROUP BY signature, verdict ORDER BY open DESC, count DESC, signature, verdict LIMIT 1000`,
    [since],
  );
  return rows.map((row) => groupSchema.parse(row));
}

export interface Resolution {
  readonly who: string;
  readonly why: string;
  readonly at: number;
}

/** A person has looked at a difference, or at all of one kind. Returns how many that settles; each stays in the evidence. */
export async function resolveComparisons(
  database: Database,
  which: { readonly id: number } | { readonly signature: string },
  { who, why, at }: Resolution,
): Promise<number> {
  return database.transaction(async (queries) => {
    const rows = await queries.query(
      `UPDATE comparison SET resolved_at = $1, resolved_by = $2, resolution = $3
       WHERE ${isOpenSql} AND ${'id' in which ? 'id' : 'signature'} = $4 RETURNING id`,
      [at, who, why, 'id' in which ? which.id : which.signature],
    );
    if (rows.length === 0) return 0;
    const detail = { ...which, comparisons: rows.length };
    await appendAudit(queries, database.dialect, { at, who, why, action: 'resolve', detail });
    return rows.length;
  });
}
