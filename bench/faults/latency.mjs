/** How long the sender waited for acknowledgements. */
import { readLedger } from './ledger.mjs';

export const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Milliseconds, sorted, of what was taken and sent in a stretch of time. */
export const acknowledgementTimes = (ledger, { from = -Infinity, to = Infinity } = {}) =>
  readLedger(ledger)
    .filter(({ what, status, at }) => what === 'sent' && status === 200 && at >= from && at < to)
    .map(({ at, endAt }) => endAt - at)
    .sort((a, b) => a - b);
