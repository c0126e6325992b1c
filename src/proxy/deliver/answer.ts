import type { Queries } from '../store/database';
import type { Role } from '../store/attempts';
import type { Side } from '../observer';
import type { Answer } from './endpoint';
import { failureOfStatus, type Failure } from './failure';

/** What a handler said about a message that it took. Nothing of it is kept but what `ReadOutcome` makes of it. */
export interface HandlerAnswer {
  readonly side: Side;
  readonly role: Role;
  readonly orderKey: string | null;
  readonly inboxId: number;
  readonly status: number;
  /** The answer as JSON; undefined where it was none. */
  readonly json: unknown;
  readonly answeredAt: number;
}

/** Keeps the outcome of a handler, in the transaction in which its delivery ends. Part of `compare`. */
export type ReadOutcome = (queries: Queries, answer: HandlerAnswer) => Promise<void>;

export interface Judged {
  /** Null where all is well; a failure of the kind `taken` goes with a success. */
  readonly failure: Failure | null;
  readonly json: unknown;
}

/** Says what an answer means. An empty one, or a plain "OK", is success without an outcome. */
export function judgeAnswer({ status, contentType, body, isCut }: Answer): Judged {
  const failure = failureOfStatus(status);
  if (failure !== null) return { failure, json: undefined };
  if (isCut) return { failure: 'too-large', json: undefined };
  const text = body.toString('utf8').trim();
  if (text === '') return { failure: null, json: undefined };
  try {
    return { failure: null, json: JSON.parse(text) as unknown };
  } catch {
    // A page with status 200 is most often that of a log-in, or of an error.
    const isMeant = /json|html/i.test(contentType) || text.startsWith('<');
    return { failure: isMeant ? 'unreadable' : null, json: undefined };
  }
}
