import { z } from 'zod';
import { refusalCodes } from './refusal';

/** What `translate` returns, and what `ipn translate` prints (DESIGN: contracts). */
const notification = z.object({
  MerchantID: z.string().nullable(),
  ObjectType: z.string(),
  ObjectId: z.string(),
  ChargePermissionId: z.string().nullable(),
  NotificationType: z.string(),
  NotificationId: z.string().nullable(),
  NotificationVersion: z.literal('V2'),
});

const fetch = z.object({
  method: z.literal('GET'),
  path: z.string(),
  sdkMethod: z.enum(['getCharge', 'getRefund', 'getChargePermission', 'getDispute']),
  argument: z.string(),
});

const refusal = z.object({ code: z.enum(refusalCodes), message: z.string(), at: z.string() });

const shared = { sample: z.boolean(), warnings: z.array(z.string()) };

export const translationSchema = z.discriminatedUnion('version', [
  z.object({
    version: z.literal('v1'),
    ...shared,
    /** null for samples, and for what v2 has no object for. */
    notification: notification.nullable(),
    fetch: fetch.nullable(),
    error: refusal.optional(),
  }),
  z.object({
    version: z.literal('v2'),
    ...shared,
    /** null for a sample with the id of an object that may exist. */
    notification: notification.nullable(),
    fetch: fetch.nullable(),
    error: refusal.optional(),
  }),
  z.object({
    version: z.literal('unknown'),
    ...shared,
    notification: z.null(),
    fetch: z.null(),
    error: refusal.optional(),
    /** Instead of an error: a message of SNS about the subscription itself. */
    confirmation: z.object({ type: z.string(), topicArn: z.string().nullable() }).optional(),
  }),
]);

export type Translation = z.infer<typeof translationSchema>;
/** The normalised event: the keys of a v2 notification, whatever version it came in. */
export type Notification = z.infer<typeof notification>;
/** The GET to make. `argument` is the id for `sdkMethod`; `path` is without host and environment. */
export type Fetch = z.infer<typeof fetch>;
