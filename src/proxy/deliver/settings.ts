import { z } from 'zod';

const milliseconds = z.number().int().positive();

const handlerUrl = z
  .url({ protocol: /^https?$/, error: 'is no address: http://127.0.0.1:3000/ipn, say' })
  .refine((text) => {
    // What is no URL is told already.
    if (!URL.canParse(text)) return true;
    const { username, password, hash } = new URL(text);
    return username === '' && password === '' && hash === '';
  }, 'must have no user name, password or fragment');

const targetShape = {
  url: handlerUrl.describe('Where the handler listens. Redirects are not followed, and no message can change it.'),
  secret: z
    .string()
    .min(32)
    .describe('Signs what the proxy sends, so that the handler can trust it. From the environment or a file.'),
  timeoutMs: milliseconds
    .max(60_000)
    .default(10_000)
    .describe('For the whole exchange, from the connection to the last byte of the answer.'),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(256)
    .default(16)
    .describe('Requests that may be under way to it at once, by this instance.'),
  maxAnswerBytes: z.number().int().min(1024).max(1_048_576).default(65_536).describe('What is read of an answer.'),
  certificateAuthority: z
    .string()
    .optional()
    .describe("Certificates (PEM) of an authority of one's own; the certificate of the handler is always checked."),
};

export const legacyTargetSettings = z.strictObject(targetShape);

export const migratedTargetSettings = z.strictObject({
  ...targetShape,
  dryRunUrl: handlerUrl
    .optional()
    .describe(
      'Declares that the migrated handler can be called without effect, and where. Without it there are no dry runs.',
    ),
  v1Messages: z
    .enum(['as-v2', 'as-received'])
    .default('as-v2')
    .describe(
      'How it gets legacy messages: in v2 shape, which no signature of Amazon fits any more, or byte for byte as Amazon sent them, for a handler that checks the signature. Handlers that amazon-pay-migrate migrated read both versions.',
    ),
});

export const deliverSettings = z.strictObject({
  legacy: legacyTargetSettings,
  migrated: migratedTargetSettings,
  retry: z
    .strictObject({
      baseMs: milliseconds.default(5000).describe('The first pause; each following is twice as long.'),
      maxMs: milliseconds.default(3_600_000),
      giveUpAfterMs: milliseconds
        .default(72 * 3_600_000)
        .describe('After this long a message is dead: kept, shown, and sent again only by a redrive.'),
      maxRetryAfterMs: milliseconds
        .default(24 * 3_600_000)
        .describe('What a handler may ask for with Retry-After; more is not waited.'),
      refusedMs: z
        .array(milliseconds)
        .min(1)
        .default([10_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000])
        .describe('The pauses after a refusal (4xx) or a redirect; after the last one a message is dead.'),
      maxInterruptions: z
        .number()
        .int()
        .min(1)
        .default(20)
        .describe('How often a message may end the proxy before it is dead.'),
    })
    .prefault({}),
  breaker: z
    .strictObject({
      orders: z
        .number()
        .int()
        .min(2)
        .default(5)
        .describe(
          'Failures in a row, of this many orders, until only a probe is sent now and then. One order that fails holds no other.',
        ),
      probeMs: milliseconds.default(15_000),
    })
    .prefault({}),
  leaseMs: milliseconds
    .default(30_000)
    .describe(
      "How long a delivery may be one instance's alone. It is taken over after that, so it must be longer than an exchange.",
    ),
  settleMs: z
    .number()
    .int()
    .min(0)
    .default(300_000)
    .describe('When both outcomes are compared: this long after a delivery ended.'),
  pollMs: milliseconds.max(5000).default(500).describe('How long a worker without work waits until it looks again.'),
});

export type DeliverSettings = z.infer<typeof deliverSettings>;
export type LegacyTarget = z.infer<typeof legacyTargetSettings>;
export type MigratedTarget = z.infer<typeof migratedTargetSettings>;
