import { z } from 'zod';
import { stateNamesSchema } from './read-outcome';
import { ruleSchema } from './rules';
import { PLACE } from './sources/endpoint-source';

const states = stateNamesSchema.default({});
const timeoutMs = z.number().int().min(100).max(60_000).default(5000);

const answer = z.strictObject({
  from: z
    .literal('answer')
    .describe(
      'The handler says in its answer how the order is now: JSON, an outcome or an object with one as `outcome`.',
    ),
  /** The shop's own words for states, and which state each is. */
  states,
});
const endpoint = z.strictObject({
  from: z.literal('endpoint').describe('The shop is asked by GET, with the key of the order in place of `{orderKey}`.'),
  url: z
    .url({ protocol: /^https?$/, error: 'is no address: http://127.0.0.1:3000/orders/{orderKey}, say' })
    .refine((url) => url.includes(PLACE) || url.includes(encodeURIComponent(PLACE)), {
      message: `has no ${PLACE}`,
    }),
  token: z.string().min(1).optional().describe('Sent as `Authorization: Bearer`. From the environment or a file.'),
  timeoutMs,
  certificateAuthority: z.string().optional(),
  states,
});
const query = z.strictObject({
  from: z.literal('query').describe("The shop's PostgreSQL database is asked, in a transaction that cannot write."),
  url: z
    .url({ protocol: /^postgres(?:ql)?$/, error: 'is no address of a database: postgres://user@host/database, say' })
    .describe('With the password, so from the environment or a file.'),
  sql: z
    .string()
    .refine((sql) => /^\s*(select|with)\b/i.test(sql), 'is no SELECT')
    .refine((sql) => !sql.includes(';'), 'has a semicolon: one SELECT, and no more')
    .refine((sql) => sql.includes('$1'), 'has no $1 for the key of the order')
    .describe(
      'One SELECT, with the key of the order as `$1` and the columns state, authorized, captured, refunded and currency.',
    ),
  timeoutMs,
  states,
});

export const sideOutcomeSettings = z.discriminatedUnion('from', [answer, endpoint, query]);
export type SideOutcomeSettings = z.infer<typeof sideOutcomeSettings>;

export const gateSettings = z.strictObject({
  orders: z.number().int().min(1).default(300).describe('Orders that both sides handled and that were compared.'),
  agreement: z
    .number()
    .min(0.5)
    .max(0.999999)
    .default(0.99)
    .describe('How much of the orders, at least, the evidence must show to agree, with this confidence.'),
  confidence: z.number().min(0.5).max(0.9999).default(0.95),
  incomparable: z
    .number()
    .min(0)
    .max(1)
    .default(0.02)
    .describe('Of all compared orders, those of which something needed is not known.'),
  missed: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe(
      'Changes at Amazon that no message told, as many as somebody has looked at: none of them goes away again.',
    ),
  lagMinutes: z
    .number()
    .min(0)
    .default(15)
    .describe(
      'Minutes that work may wait; what a handler or Amazon refuses, or cannot be checked, waits from when it came.',
    ),
  types: z
    .array(z.string().regex(/^v[12]:[\w ]{1,60}$/, 'is no type: v1:PaymentRefund or v2:REFUND, say'))
    .default([])
    .describe(
      'Types of messages that have to be among the evidence, beside all that came: `v1:PaymentRefund`, `v2:REFUND`.',
    ),
});
export type GateSettings = z.infer<typeof gateSettings>;

/** How outcomes are learned and compared, and what it takes to be sure. */
export const compareSettings = z.strictObject({
  legacy: sideOutcomeSettings.default({ from: 'answer', states: {} }),
  migrated: sideOutcomeSettings.default({ from: 'answer', states: {} }),
  resampleForMs: z
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .default(300_000)
    .describe(
      'After the settle window (deliver.settleMs): for so long an order whose sides differ is looked at again.',
    ),
  resampleEveryMs: z.number().int().min(1000).max(600_000).default(60_000),
  rules: z
    .array(ruleSchema)
    .default([])
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'two rules have the same id')
    .describe('Differences that are known and meant.'),
  gate: gateSettings.prefault({}),
});
export type CompareSettings = z.infer<typeof compareSettings>;
