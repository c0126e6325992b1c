import type { AmazonReader } from '../../amazon-pay/v2/amazon-reader';
import type { Clock } from '../clock';
import type { Observer, Side } from '../observer';
import type { Database, Queries } from '../store/database';
import type { JobQueue } from '../store/jobs';
import type { AmazonSettings } from './settings';

/** What the truth part works with. */
export interface TruthParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly queue: JobQueue;
  readonly reader: AmazonReader;
  readonly observer: Observer;
  readonly settings: AmazonSettings;
  /** Milliseconds between the end of an event and the comparison of its order. */
  readonly settleMs: number;
  /** Which handler counts for an order now. Asked within the transaction that writes what follows from it. */
  readonly primaryOf: (queries: Queries, orderKey: string) => Promise<Side>;
}
