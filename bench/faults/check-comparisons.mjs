/** Orders of which a case knows how they must be compared: no difference that is none, and every one that is one. */
export function checkComparisons({ store, plan, broken }) {
  for (const [order, { verdict, fields }] of Object.entries(plan.compared ?? {})) {
    const all = store.comparisons.filter((one) => one.order === order);
    const last = all.at(-1);
    if (last?.verdict !== verdict) {
      broken('F7', `${order} is a ${last?.verdict ?? 'nothing'} (${last?.signature}), and should be a ${verdict}`);
      continue;
    }
    const listed = last.differences.map(({ field }) => field).join();
    if (listed !== fields.join()) broken('F7', `${order} differs in ${listed}, and should in ${fields}`);
    const isFalse = verdict !== 'mismatch' && all.some((one) => one.verdict === 'mismatch');
    if (isFalse) broken('F7', `${order} was a mismatch for a while`);
  }
}
