/** Proxies that kill themselves at a fail point (src/proxy/fail-points.ts), and the next ones. */

/** Starts it anew, as one that dies at the n-th passing: what it has been asked for before is not part of the case. */
export async function willDie(scenario, point, times) {
  await scenario.proxy.end();
  await scenario.startProxy({ AMAZON_PAY_PROXY_FAIL_POINT: `${point}:${times}` }, 0);
}

/** Waits for its death, which must be that one. */
export async function died(scenario, point) {
  const end = await scenario.proxy.ended;
  if (end !== 'SIGKILL') throw new Error(`It ended with ${end}, and not at ${point}: ${scenario.proxy.said}`);
  scenario.kills += 1;
}

/** Starts one that dies before it is ready. */
export async function diesAtStart(scenario, point, times) {
  const environment = { AMAZON_PAY_PROXY_FAIL_POINT: `${point}:${times}` };
  const said = await scenario.startProxy(environment, 0).then(
    () => 'it started',
    (error) => error.message,
  );
  if (!said.includes('SIGKILL')) throw new Error(`It did not die at ${point}: ${said}`);
  scenario.kills += 1;
}
