import { rules } from '../catalog/rules';

/** Calls that only migrated code makes: through the emitted helper, or of checkout.js. */
const V2_CALL =
  /\b(?:send|sendCharge|fetchNotification|fetchSignedNotification)\(|\bwithRetry\(new WebStoreClient\b|\bamazon\.Pay\.(?:renderButton|bindChangeAction|signout)\(/g;
const LOADS_HELPER = /['"][./][^'"\n]*\bamazon-pay-v2(?:\.[cm]?js)?['"]|\bamazon\.Pay\./;

/**
 * Minutes of work that the files show as done: what was migrated is no finding any more, and without it a project that is
 * nearly through would have the same readiness as one that has not begun.
 */
export function measureMigrated(files: readonly { readonly text: string }[]): number {
  const effort = rules['node-client/operation-call']?.effortMinutes ?? 0;
  const places = files
    .filter(({ text }) => LOADS_HELPER.test(text))
    .reduce((sum, { text }) => sum + (text.match(V2_CALL)?.length ?? 0), 0);
  return places * effort;
}
