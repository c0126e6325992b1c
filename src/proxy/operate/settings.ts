import { z } from 'zod';

const DAY_MS = 86_400_000;

export const operateSettingsSchema = z.strictObject({
  admin: z
    .strictObject({
      host: z
        .string()
        .default('127.0.0.1')
        .describe(
          'Where the dashboard, its API and the metrics are. Loopback: whoever reaches it and has the token may switch.',
        ),
      port: z.number().int().min(0).max(65_535).default(8081),
      token: z
        .string()
        .min(16)
        .optional()
        .describe(
          'What lets people and scripts in; from the environment or a file. Without it, each start makes one and tells it.',
        ),
      hostNames: z
        .array(
          z
            .string()
            .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, 'is no name of a host: without scheme and port')
            .toLowerCase(),
        )
        .default([])
        .describe(
          'Names under which a browser may reach it besides localhost; others are refused, so that no foreign page can.',
        ),
      protectMetrics: z.boolean().default(true).describe('Whether /metrics needs the token too.'),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') }).prefault({}),
  alerts: z
    .strictObject({
      lagMinutes: z.number().min(1).default(15),
      refusedPerMinute: z
        .number()
        .min(0)
        .default(30)
        .describe('Forged messages come to every public address; many at once are an attack, or a mistake.'),
    })
    .prefault({})
    .describe('When somebody is woken; what is not here needs no limit: one dead letter is enough.'),
  retention: z
    .strictObject({
      messageDays: z
        .number()
        .int()
        .min(30)
        .default(90)
        .describe('Days that a message and what became of it are kept; longer than Amazon repeats one (14 days).'),
      comparisonDays: z
        .number()
        .int()
        .min(30)
        .default(400)
        .describe('Days that a comparison is kept; an open difference stays until it is settled.'),
    })
    .prefault({}),
});
export type OperateSettings = z.infer<typeof operateSettingsSchema>;

export const daysToMs = (days: number): number => days * DAY_MS;
