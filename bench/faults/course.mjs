/**
 * The course that all rows of the matrix take; what is different is in the row:
 *
 * - `options` of the scenario, `settings` of the proxy, and what the checker should `expect`;
 * - `environment`: what the process of the proxy has around it, made before it starts;
 * - `lacks`: says why the case cannot be had on this machine, or null;
 * - `instances`: so many proxies with one store. A file has one owner: on SQLite there is always one;
 * - `before` orders are traded, `meanwhile`, and `after` that: what is done, and waited for;
 * - `steps`: what is traded, if not everything; `least`: of fewer orders than that the case would be none.
 */
export async function runCourse(scenario, row, { orders, share, kills }) {
  const { settings = {}, expect = {}, instances = 1, steps } = row;
  Object.assign(scenario, { settings, expect });
  await scenario.start(await row.environment?.(scenario));
  if (scenario.driver === 'postgres') for (let more = 1; more < instances; more += 1) await scenario.startProxy();
  await row.before?.(scenario, { orders, share, kills });
  const trading = scenario.trade(orders, steps);
  // Whoever waits for it hears of it.
  trading.catch(() => undefined);
  await row.meanwhile?.(scenario, { orders, share, kills, trading });
  await trading;
  await row.after?.(scenario, { orders, share, kills });
  // A row of which the faults ended earlier has said so.
  scenario.faultsEnded();
  await scenario.settled();
}
