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

/** Each death has orders of its own: at a point that nobody passes nobody dies. More would be a backlog for the end. */
const ORDERS_PER_KILL = 4;

async function keepBusy(scenario, isOver) {
  const isWanted = () => scenario.sender.open < 24 && traded < ORDERS_PER_KILL * (scenario.kills + 1);
  let traded = 0;
  while (!isOver()) {
    await scenario.until(() => isOver() || isWanted(), 500);
    if (isOver() || !isWanted()) continue;
    await scenario.trade(2);
    traded += 2;
  }
}

/** Waits for its death, and starts it so that it dies there again, until there were so many deaths. */
export async function diesAgain(scenario, { point, times, kills, trading }) {
  let isOver = false;
  const busy = kills === 1 ? null : Promise.resolve(trading).then(() => keepBusy(scenario, () => isOver));
  try {
    await died(scenario, point);
    // Now and then at the first passing, when nothing has been done since the last death.
    for (let kill = 1; kill < kills; kill += 1)
      await startsAndDies(scenario, failAt(point, 1 + Math.floor(scenario.random() * times)));
  } finally {
    isOver = true;
    await busy;
  }
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
