import type { MessageKind, Verdict } from './store/inbox';
import type { JobKind } from './store/jobs';
import type { Deletable } from './store/retention';

/** The handler that a message goes to. */
export type Side = 'legacy' | 'migrated';

/**
 * What the parts tell while they work, one method for each kind of event; `operate` makes logs and metrics of it. Events hold
 * nothing that a buyer or an attacker wrote but ids of the form of one; a method returns at once and never throws. What is
 * counted by (`reason`, `failure`, `verdict`) is a word of a closed list.
 */
export interface Observer {
  /** A request to the public port was answered. `reason` says why it was refused; null where the message was taken. */
  acknowledged(event: { readonly status: number; readonly reason: string | null; readonly milliseconds: number }): void;
  /** A message is stored; `isNew` is false for one that came again. */
  received(event: {
    readonly inboxId: number;
    readonly messageId: string;
    readonly kind: MessageKind;
    readonly verdict: Verdict;
    readonly isNew: boolean;
    readonly objectId: string | null;
  }): void;
  committed(event: { readonly messages: number; readonly milliseconds: number }): void;
  /** The signature of a message that was kept was checked later. */
  verified(event: { readonly inboxId: number; readonly verdict: Verdict; readonly reason: string | null }): void;
  /** A message is kept aside for the operator. */
  quarantined(event: { readonly inboxId: number; readonly reason: string }): void;

  delivered(event: {
    readonly jobId: number;
    readonly side: Side;
    readonly role: 'primary' | 'dry-run';
    readonly status: number;
    readonly attempts: number;
    readonly milliseconds: number;
  }): void;
  /** A job of any kind failed and will be begun again at `runAt`. */
  retried(event: {
    readonly jobId: number;
    readonly kind: JobKind;
    readonly failure: string;
    readonly attempts: number;
    readonly runAt: number;
  }): void;
  dead(event: {
    readonly jobId: number;
    readonly kind: JobKind;
    readonly failure: string;
    readonly attempts: number;
  }): void;
  superseded(event: { readonly jobId: number; readonly kind: JobKind; readonly reason: string }): void;
  /** Only the legacy handler counts for a v2 message: it answers 200 and does nothing about it. */
  v2ToLegacyAlone(event: { readonly jobId: number; readonly inboxId: number; readonly mode: string }): void;
  breakerChanged(event: { readonly target: string; readonly state: 'closed' | 'open' | 'half-open' }): void;

  truthFetched(event: {
    readonly objectId: string;
    readonly operation: string;
    readonly status: number;
    readonly isChanged: boolean;
    readonly milliseconds: number;
  }): void;
  /** Amazon answered 429, or the share of its quota is used up. */
  throttled(event: { readonly operation: string; readonly by: 'amazon' | 'own-share'; readonly waitMs: number }): void;
  swept(event: { readonly objects: number; readonly cause: string }): void;

  compared(event: {
    readonly orderKey: string;
    readonly verdict: string;
    readonly atFault: string | null;
    readonly milliseconds: number;
  }): void;
  /** Retention took rows away that were older than `before`. `what` is work (deliveries, GETs), messages or comparisons. */
  deleted(event: { readonly what: Deletable; readonly rows: number; readonly before: number }): void;
  modeChanged(event: { readonly from: string | null; readonly to: string; readonly who: string }): void;

  /** Something must wake somebody, or is over; see operate/alerts.ts. */
  alertChanged(event: { readonly alert: string; readonly isOn: boolean; readonly value: number }): void;
  /** The store cannot take messages, or can again. `reason` is the code of the error. */
  storeChanged(event: { readonly isWritable: boolean; readonly reason: string | null }): void;
  /** Something failed that no message is to blame for; the part goes on. */
  failed(event: { readonly part: string; readonly error: unknown }): void;
}

const nothing = (): void => undefined;

/** Listens to nothing; tests spread it and add the events they look at. */
export const silentObserver: Observer = {
  acknowledged: nothing,
  received: nothing,
  committed: nothing,
  verified: nothing,
  quarantined: nothing,
  delivered: nothing,
  retried: nothing,
  dead: nothing,
  superseded: nothing,
  v2ToLegacyAlone: nothing,
  breakerChanged: nothing,
  truthFetched: nothing,
  throttled: nothing,
  swept: nothing,
  compared: nothing,
  deleted: nothing,
  modeChanged: nothing,
  alertChanged: nothing,
  storeChanged: nothing,
  failed: nothing,
};
