import { z } from 'zod';

/** Line and column are 1-based and count the source as found. */
const position = z.object({ line: z.number().int().positive(), column: z.number().int().positive() });

const named = z.object({ name: z.string(), operation: z.string().optional() });

export const findingSchema = z.object({
  fingerprint: z.string(),
  rule: z.string(),
  codemod: z.string(),
  surface: z.enum([
    'node-client',
    'raw-mws',
    'ipn',
    'browser',
    'api-v1-contract',
    'dependency',
    'configuration',
    'bundle',
    'other-language',
  ]),
  automation: z.enum(['automatic', 'assisted', 'manual']),
  status: z.enum(['open', 'migrated']),
  confidence: z.enum(['high', 'medium', 'low']),
  file: z.string(),
  range: z.object({ start: position, end: position }),
  legacy: named,
  replacement: named.nullable(),
  message: z.string(),
  guidance: z.string(),
  docs: z.string(),
  effortMinutes: z.number().nonnegative(),
  before: z.string(),
  after: z.string().optional(),
});

export const fileSchema = z.object({
  path: z.string(),
  language: z.string(),
  status: z.enum(['changed', 'unchanged', 'skipped', 'failed']),
  reason: z.string(),
  diff: z.string().optional(),
  error: z.string().optional(),
});

/** What is reported of a folder, where that is not everything: one of its shares, what has changed, some rules. */
export const partSchema = z.object({
  /** Below the root: '' for all of it, a package where the runs of several were joined. */
  folder: z.string(),
  shard: z
    .object({ index: z.number().int().positive(), count: z.number().int().positive() })
    .refine(({ index, count }) => index <= count)
    .optional(),
  /** The git revision as it was given. */
  since: z.string().optional(),
  only: z.array(z.string()).optional(),
  skip: z.array(z.string()).optional(),
});

export const runSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('amazon-pay-migrate'), version: z.string() }),
  command: z.enum(['audit', 'migrate']),
  root: z.string(),
  /** Absent when everything below the root is reported, or in a run of a version that did not say. */
  scope: z.array(partSchema).min(1).optional(),
  startedAt: z.string(),
  durationMs: z.number().nonnegative(),
  summary: z.object({
    files: z.object({
      scanned: z.number().int(),
      analysed: z.number().int(),
      changed: z.number().int(),
      failed: z.number().int(),
    }),
    findings: z.object({
      total: z.number().int(),
      automatic: z.number().int(),
      assisted: z.number().int(),
      manual: z.number().int(),
      migrated: z.number().int(),
      open: z.number().int(),
    }),
    /** Percent of the effort that is done, places that speak v2 already included: 100 when nothing is open. */
    readiness: z.number().min(0).max(100),
    /** Minutes of work that the open findings cost. */
    effortMinutes: z.number().nonnegative(),
  }),
  findings: z.array(findingSchema),
  files: z.array(fileSchema),
});
