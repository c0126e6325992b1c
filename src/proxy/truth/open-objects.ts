import type { CanonicalObject } from '../compare/canonical-object';
import { compareAmounts } from '../../../transforms/amounts';
import type { AmazonSettings } from './settings';

const DAY = 24 * 60 * 60_000;

/** Money that was captured can go back, or be disputed, though the state of the charge stays. */
function canMoneyMove({ objectType, captured, refunded, state }: CanonicalObject): boolean {
  return objectType === 'CHARGE' && state === 'captured' && compareAmounts(refunded, captured) < 0;
}

/**
 * When to look at an object again; null when nothing about it can change. What is not final is open for as long as Amazon
 * says so: pending charges for 24 hours, authorizations for 30 days, permissions for 180 days or, on a subscription, 13 months
 * after the last charge (facts: v2-rest.md section 7, states.md). At the end Amazon itself gives it a final state, which the
 * sweep then sees; so no end is computed here.
 */
export function nextSweep(
  object: CanonicalObject,
  now: number,
  settings: Pick<AmazonSettings, 'sweepMinutes' | 'watchCapturedDays'>,
): number | null {
  if (!object.isFinal) return now + settings.sweepMinutes * 60_000;
  const since = object.updatedAt ?? object.createdAt ?? now;
  return canMoneyMove(object) && now - since < settings.watchCapturedDays * DAY ? now + DAY : null;
}
