import { z } from 'zod';
import { algorithms, checkPrivateKey, environmentOf, regions } from '../../amazon-pay/v2/account';
import { checkEndpoint } from '../../amazon-pay/v2/amazon-reader';

/** The v2 API, from which the proxy reads and to which it never writes. */
export const amazonSettings = z
  .strictObject({
    publicKeyId: z
      .string()
      .min(1)
      .max(200)
      .describe('Of the key pair in Seller Central; with its prefix LIVE- or SANDBOX-, which decides the environment.'),
    privateKey: z.string().min(1).describe('PEM. From the environment or a file, never in the configuration itself.'),
    region: z.enum(regions),
    sandbox: z.boolean().optional().describe('Only for a public key id without prefix.'),
    algorithm: z.enum(algorithms).default('AMZN-PAY-RSASSA-PSS-V2'),
    endpoint: z
      .url('is no address: http://127.0.0.1:18080, say')
      .optional()
      .describe("Instead of Amazon's own address: for the emulator. https, or http to this machine."),
    certificateAuthority: z.string().optional().describe('PEM of who signed the certificate of `endpoint`.'),
    mws: z
      .strictObject({
        accessKeyId: z.string().min(1).max(200),
        secretKey: z.string().min(1).describe('From the environment or a file.'),
        sellerId: z.string().min(1).max(40),
        authToken: z.string().min(1).optional(),
        endpoint: z.url('is no address: http://127.0.0.1:18080, say').optional(),
      })
      .optional()
      .describe('The legacy API, while it lives: asked for objects that v2 does not have. Only operations that read.'),
    merchantId: z
      .string()
      .max(40)
      .optional()
      .describe('Stands in the notifications that the proxy makes of what a sweep found.'),
    // Facts: v2-rest.md section 5.
    quotaShare: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.5)
      .describe("How much of the merchant's quota the proxy may use: the checkout needs the rest."),
    sweepMinutes: z
      .number()
      .min(1)
      .max(1440)
      .default(15)
      .describe('Minutes between sweeps: GETs of what may have changed without a message.'),
    // Facts: captures.md section 7.
    watchCapturedDays: z
      .number()
      .min(0)
      .max(730)
      .default(180)
      .describe('Refunds have no time limit. A captured charge is looked at daily for so long.'),
    gapSeconds: z
      .number()
      .min(30)
      .max(3600)
      .default(60)
      .describe('Seconds without a sign of life that make a gap, after which everything open is looked at.'),
  })
  .superRefine((settings, context) => {
    const check = (path: string, work: () => unknown): void => {
      try {
        work();
      } catch (error) {
        context.addIssue({ code: 'custom', path: [path], message: (error as Error).message });
      }
    };
    check('publicKeyId', () => environmentOf(settings));
    check('privateKey', () => checkPrivateKey(settings.privateKey));
    const { endpoint } = settings;
    if (endpoint !== undefined) check('endpoint', () => checkEndpoint(endpoint));
    const legacy = settings.mws?.endpoint;
    if (legacy !== undefined) check('mws', () => checkEndpoint(legacy));
  });
export type AmazonSettings = z.infer<typeof amazonSettings>;
