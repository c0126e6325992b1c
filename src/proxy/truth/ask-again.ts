import type { CanonicalObject } from '../compare/canonical-object';
import type { Saved } from '../store/amazon-objects';

const SECOND = 1000;

/** After the message, when Amazon is behind its own notification. */
const BEHIND_STEPS = [10 * SECOND, 60 * SECOND, 600 * SECOND] as const;
/** An object that was known before its message is up to date when its own time is not long before that. */
const FRESH_MS = 60 * SECOND;

/**
 * When to ask again because the state should have changed and has not; null when that is not so, or has been tried often
 * enough. Computed from the arrival of the message, so that a crash loses no step and another message begins anew.
 */
export function nextLook(
  object: CanonicalObject,
  { change, version, seenAt }: Saved,
  messageAt: number | null,
  now: number,
): number | null {
  if (messageAt === null || (object.isFinal && change !== 'older')) return null;
  const isFresh = object.updatedAt === null || object.updatedAt >= messageAt - FRESH_MS;
  // What was seen first after the message is what it told of; the first sight of an object may be an old one.
  if (change !== 'older' && seenAt >= messageAt && (version > 1 || isFresh)) return null;
  const step = BEHIND_STEPS.find((each) => messageAt + each > now);
  return step === undefined ? null : messageAt + step;
}

/** Between tries for an object that Amazon does not have (yet): three more, over ten minutes. */
const MISSING_STEPS = [30 * SECOND, 120 * SECOND, 450 * SECOND] as const;
const MISSING = /^not-found (\d)$/;

/** When to try again, and the reason that counts the tries; null when Amazon does not have it. */
export function nextTry(
  reason: string | null,
  now: number,
): { readonly runAt: number; readonly reason: string } | null {
  const tried = Number(MISSING.exec(reason ?? '')?.[1] ?? 0);
  const step = MISSING_STEPS[tried];
  return step === undefined ? null : { runAt: now + step, reason: `not-found ${tried + 1}` };
}

const UNAVAILABLE = /^unavailable (\d{1,4})$/;

/** How often Amazon has not answered for a job, this time included. Waiting for the quota is no failure. */
export const countFailure = (reason: string | null): number => Number(UNAVAILABLE.exec(reason ?? '')?.[1] ?? 0) + 1;

/** 5, 10, 20 … seconds, ten minutes at most. Work on Amazon is never given up: there is one job for each object. */
export const backoff = (failures: number): number =>
  Math.min(5 * SECOND * 2 ** Math.min(failures - 1, 10), 600 * SECOND);
