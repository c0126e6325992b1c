/** Proxies that kill themselves at a fail point (src/proxy/fail-points.ts), and the next ones. */

const PATIENCE_MS = 60_000;

/** A point that nobody passes would be waited for without end. */
function orElse(ended, otherwise) {
  let timer;
  const tooLong = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, otherwise)));
  return Promise.race([ended, tooLong]).finally(() => clearTimeout(timer));
}

export const failAt = (point, times) => ({ AMAZON_PAY_PROXY_FAIL_POINT: `${point}:${times}` });

/** Starts it anew, as one that dies at the n-th passing: what it has been asked for before is not part of the case. */
export async function willDie(scenario, point, times) {
  await scenario.proxy.end();
  await scenario.startProxy(failAt(point, times), 0);
}

/** Waits for its death, which must be that one. */
export async function died(scenario, point) {
  const end = await orElse(scenario.proxy.ended, 'it lives');
  if (end !== 'SIGKILL') throw new Error(`It ended (${end}), and not at ${point}: ${scenario.proxy.said}`);
  scenario.kills += 1;
}

/** Starts one that dies, be it before it is ready or after that. */
export async function startsAndDies(scenario, environment) {
  const end = await scenario.startProxy(environment, 0).then(
    (proxy) => orElse(proxy.ended, 'it lives'),
    (error) => error.message,
  );
  if (!end.toString().includes('SIGKILL')) throw new Error(`${JSON.stringify(environment)}: it ended: ${end}`);
  scenario.kills += 1;
}
