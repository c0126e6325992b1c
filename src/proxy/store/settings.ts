import { z } from 'zod';

/** Where messages and the work that they make are kept. */
export const storeSettings = z.discriminatedUnion('driver', [
  z.strictObject({
    driver: z.literal('sqlite'),
    path: z
      .string()
      .min(1)
      .default('amazon-pay-proxy.db')
      .describe('On a disk of this machine; one instance at a time.'),
  }),
  z.strictObject({
    driver: z.literal('postgres'),
    url: z
      .url({ protocol: /^postgres(?:ql)?$/, error: 'is no address of a database: postgres://user@host/database, say' })
      .describe(
        'With the password, so from the environment or a file: `postgres://user:password@host/database`, and `?sslmode=verify-full` where the database is on another machine.',
      ),
    schema: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'is no plain name: use a-z, 0-9 and _')
      .default('amazon_pay_proxy')
      .describe("The tables' own schema, made when it is not there."),
    connections: z.number().int().min(2).max(100).default(10).describe('At a time, by this instance.'),
  }),
]);

export type StoreSettings = z.infer<typeof storeSettings>;
