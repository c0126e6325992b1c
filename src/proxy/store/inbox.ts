import { z } from 'zod';
import type { Clock } from '../clock';
import { failPoint } from '../fail-points';
import type { Database, Queries } from './database';
import { acceptMessages } from './accept-messages';
import type { NewJob } from './add-jobs';
import { StoreError } from './store-error';

export const messageKinds = ['v1', 'v2', 'confirmation', 'unknown'] as const;
export type MessageKind = (typeof messageKinds)[number];
/** `pending`: kept and acknowledged, and forwarded to nobody before its signature was checked. */
export const verdicts = ['verified', 'pending', 'unsigned', 'refused'] as const;
export type Verdict = (typeof verdicts)[number];

/** A message as it came, and what could be told of it without believing it. */
export interface Arrival {
  readonly topicArn: string;
  /**
   * Of SNS, where the signature was checked. Else the SHA-256 of its bytes: under the id that it claims, a forged message
   * would make a duplicate of the genuine one.
   */
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly verdict: Verdict;
  /** Why it is kept aside, for the operator; null for what takes its way. */
  readonly quarantine: string | null;
  readonly body: Uint8Array;
  readonly bodySha256: string;
  /** Those that go along when it is forwarded. */
  readonly headers: Readonly<Record<string, string>>;
  readonly notificationId: string | null;
  readonly notificationType: string | null;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly orderKey: string | null;
  readonly isSample: boolean;
}

export interface Accepted {
  readonly id: number;
  readonly isNew: boolean;
}

const messageSchema = z.object({
  id: z.number(),
  topic_arn: z.string(),
  message_id: z.string(),
  received_at: z.number(),
  last_seen_at: z.number(),
  seen_count: z.number(),
  kind: z.enum(messageKinds),
  verdict: z.enum(verdicts),
  quarantine: z.string().nullable(),
  body: z.instanceof(Uint8Array),
  body_sha256: z.string(),
  headers: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  notification_id: z.string().nullable(),
  notification_type: z.string().nullable(),
  object_type: z.string().nullable(),
  object_id: z.string().nullable(),
  order_key: z.string().nullable(),
  is_sample: z.number(),
});
export type StoredMessage = z.infer<typeof messageSchema>;
export const readMessage = (row: unknown): StoredMessage => messageSchema.parse(row);

/** What is to be done about a message that is stored: decided by the receiver, written in the same transaction. */
export type PlanJobs = (id: number, arrival: Arrival, now: number) => readonly NewJob[];

interface Waiting {
  readonly arrival: Arrival;
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
}

const MAX_BATCH = 64;

/**
 * Takes messages in. `accept` resolves when the message and its work are on the disk; those that come while a commit is under
 * way share the next one, since one fsync costs more than all else together.
 */
export class Inbox {
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly planJobs: PlanJobs,
    /** Called with the number of messages of each commit, and how long it took. */
    private readonly onCommit: (messages: number, milliseconds: number) => void = () => undefined,
  ) {}

  accept(arrival: Arrival): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arrival, resolve, reject });
      // A moment later: what else is read in this turn of the event loop comes along.
      if (this.#waiting.length === 1) setImmediate(() => this.#commitNext());
    });
  }

  #commitNext(): void {
    const parallel = this.database.dialect === 'postgres' ? 4 : 1;
    while (this.#running < parallel && this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      this.#running += 1;
      void this.#commit(batch).finally(() => {
        this.#running -= 1;
        this.#commitNext();
      });
    }
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      failPoint('accept-before-transaction');
      const started = performance.now();
      const accepted = await this.#store(batch.map(({ arrival }) => arrival));
      failPoint('accept-committed');
      this.onCommit(batch.length, performance.now() - started);
      batch.forEach(({ resolve }, index) => resolve(accepted[index] as Accepted));
    } catch (error) {
      // One that the store refuses takes no other with it; where the store itself fails, all wait for the sender's next try.
      const isOfOne = batch.length > 1 && !(error instanceof StoreError && error.code !== 'refused');
      if (isOfOne) for (const one of batch) await this.#commit([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  #store(arrivals: readonly Arrival[]): Promise<readonly Accepted[]> {
    return this.database.transaction(async (queries) => {
      const accepted = await acceptMessages(queries, arrivals, this.clock.now(), this.planJobs, this.database.dialect);
      failPoint('accept-before-commit');
      return accepted;
    });
  }

  /** Resolves when nothing waits to be written. */
  get isIdle(): boolean {
    return this.#running === 0 && this.#waiting.length === 0;
  }

  /** How many messages wait for their commit. */
  get waiting(): number {
    return this.#waiting.length;
  }
}

/** Returns a stored message with its exact bytes, or null. */
export async function findMessage(queries: Queries, id: number): Promise<StoredMessage | null> {
  const [row] = await queries.query('SELECT * FROM inbox WHERE id = $1', [id]);
  return row === undefined ? null : readMessage(row);
}

/** When the last message came, by the clock of then, which may have been set back since; 0 where there is none. */
export async function readLastReceivedAt(queries: Queries): Promise<number> {
  const [row] = await queries.query('SELECT MAX(received_at) AS last FROM inbox');
  return Number(row?.['last'] ?? 0);
}
