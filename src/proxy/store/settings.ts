import { z } from 'zod';

/** Where messages and the work that they make are kept. */
export const storeSettings = z.discriminatedUnion('driver', [
  z.strictObject({
    driver: z.literal('sqlite'),
    /** On a disk of this machine; one instance at a time. */
    path: z.string().min(1).default('amazon-pay-proxy.db'),
  }),
  z.strictObject({
    driver: z.literal('postgres'),
    /** With the password, so from the environment or a file: `postgres://user:password@host/database`. */
    url: z.url({ protocol: /^postgres(?:ql)?$/ }),
    /** The tables' own schema, made when it is not there. */
    schema: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'is no plain name: use a-z, 0-9 and _')
      .default('amazon_pay_proxy'),
    /** At a time, by this instance. */
    connections: z.number().int().min(2).max(100).default(10),
  }),
]);

export type StoreSettings = z.infer<typeof storeSettings>;
