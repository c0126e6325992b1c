import { z } from 'zod';
import type { NotifiedObject } from '../../catalog/notifications';
import { notifiedObjects } from '../../catalog/notifications';
import { quotas, type Quota } from '../../catalog/quotas';
import type { Environment } from '../../amazon-pay/v2/account';
import type { Clock } from '../clock';
import type { Database } from '../store/database';
import { lockSetting, writeSetting } from '../store/setting';

const bucketSchema = z.object({
  tokens: z.number(),
  /** When they were counted. */
  at: z.number(),
  /** Until then the share is halved. */
  slowUntil: z.number(),
  /** Until then nothing is asked. */
  pausedUntil: z.number(),
});
type Bucket = z.infer<typeof bucketSchema>;

const SLOW_MS = 60_000;

/** Get Dispute has no published quota: the smallest of those that are takes its place. */
function quotaOf(objectType: NotifiedObject, environment: Environment): Quota {
  const { sdkMethod } = notifiedObjects[objectType];
  return sdkMethod === 'getDispute' ? quotas.getRefund.sandbox : quotas[sdkMethod][environment];
}

/**
 * How often Amazon is asked. The quota belongs to the merchant and is used by the checkout, too, so there is one bucket for
 * each operation, in the store: instances share it whatever their number, none holds back a share that it does not need, and
 * a restart does not begin with a full one. A GET costs a row that is written, at a few GETs a second.
 */
export class QuotaBuckets {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly environment: Environment,
    private readonly share: number,
  ) {}

  /** How many GETs of a kind an interval has room for. */
  capacity(objectType: NotifiedObject, milliseconds: number): number {
    return (quotaOf(objectType, this.environment).perSecond * this.share * milliseconds) / 1000;
  }

  /**
   * Takes the right to one GET. Returns 0, or the milliseconds after which to try again. Work that can wait leaves half of a
   * full bucket to what cannot.
   */
  take(objectType: NotifiedObject, urgency: 'now' | 'can-wait'): Promise<number> {
    const { burst, perSecond } = this.#share(objectType);
    const needed = 1 + (urgency === 'now' ? 0 : Math.floor(burst / 2));
    return this.#change(objectType, (bucket, now) => {
      if (now < bucket.pausedUntil) return { bucket, result: bucket.pausedUntil - now };
      if (bucket.tokens >= needed) return { bucket: { ...bucket, tokens: bucket.tokens - 1 }, result: 0 };
      const rate = (now < bucket.slowUntil ? perSecond / 2 : perSecond) / 1000;
      return { bucket, result: Math.max(1, Math.ceil((needed - bucket.tokens) / rate)) };
    });
  }

  /** Amazon answered 429: half the share for a minute, and nothing for as long as it asked. */
  async slowDown(objectType: NotifiedObject, retryAfterMs: number | null): Promise<number> {
    return this.#change(objectType, (bucket, now) => {
      const pausedUntil = Math.max(bucket.pausedUntil, now + (retryAfterMs ?? 1000));
      const slowUntil = Math.max(pausedUntil, now) + SLOW_MS;
      // Nothing comes back during the pause: what follows it is no burst.
      return { bucket: { tokens: 0, at: pausedUntil, pausedUntil, slowUntil }, result: pausedUntil };
    });
  }

  #share(objectType: NotifiedObject): Quota {
    const { burst, perSecond } = quotaOf(objectType, this.environment);
    return { burst: Math.max(1, burst * this.share), perSecond: perSecond * this.share };
  }

  #change(
    objectType: NotifiedObject,
    change: (bucket: Bucket, now: number) => { readonly bucket: Bucket; readonly result: number },
  ): Promise<number> {
    const quota = this.#share(objectType);
    const name = `quota:${this.environment}:${notifiedObjects[objectType].sdkMethod}`;
    return this.database.transaction(async (queries) => {
      const content = await lockSetting(queries, this.database.dialect, name);
      const now = this.clock.now();
      const { bucket, result } = change(refill(content, quota, now), now);
      await writeSetting(queries, name, JSON.stringify(bucket), now);
      return result;
    });
  }
}

function refill(content: string | null, { burst, perSecond }: Quota, now: number): Bucket {
  if (content === null) return { tokens: burst, at: now, slowUntil: 0, pausedUntil: 0 };
  const bucket = bucketSchema.parse(JSON.parse(content));
  // A clock that was set back gives nothing.
  const elapsed = Math.max(0, now - bucket.at);
  const slow = Math.min(elapsed, Math.max(0, bucket.slowUntil - bucket.at));
  const tokens = bucket.tokens + ((elapsed - slow / 2) / 1000) * perSecond;
  return { ...bucket, tokens: Math.min(burst, tokens), at: Math.max(bucket.at, now) };
}
