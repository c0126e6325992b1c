import { setTimeout as pause } from 'node:timers/promises';
import { ADMIN_TOKEN } from '../proxy-settings.mjs';

const PATIENCE_MS = 60_000;

/** Asks again and again for what nobody tells. */
export async function waitFor(what, isMet) {
  const until = Date.now() + PATIENCE_MS;
  while (!(await isMet())) {
    if (Date.now() > until) throw new Error(`In vain: ${what}`);
    await pause(100);
  }
}

/** Work of these kinds that is due is done; what waits for its time waits. */
export const nothingDue = (scenario, ...kinds) =>
  waitFor(`no ${kinds} that is due`, async () => {
    const { openJobs } = await scenario.ask('/api/status');
    return openJobs.every(({ kind, count, oldestMs }) => !kinds.includes(kind) || count === 0 || oldestMs === 0);
  });

/** Work of these kinds is done, all of it. */
export const noneOpen = (scenario, ...kinds) =>
  waitFor(`no ${kinds}`, async () => {
    const { openJobs } = await scenario.ask('/api/status');
    return openJobs.every(({ kind, count }) => !kinds.includes(kind) || count === 0);
  });

/** Also what does not count: a message that one handler has may be another one's dry run. */
export const deliveriesEnd = async (scenario) => {
  await scenario.until(() => scenario.isDone());
  await noneOpen(scenario, 'deliver-legacy', 'deliver-migrated');
};

/** What the proxy has counted, all labels together. */
export async function countedBy({ proxy }, metric) {
  const response = await fetch(`${proxy.adminUrl}/metrics`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith(`amazon_pay_proxy_${metric}{`));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
