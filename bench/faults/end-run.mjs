/** Ends a run, gathers what everybody has to say about it, and lets the checker decide. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { check } from './check.mjs';
import { CONCURRENCY, QUOTA_SHARE } from './proxy-settings.mjs';
import { copyStore, readStore } from './read-store.mjs';

const require = createRequire(import.meta.url);
const PATIENCE_MS = 10_000;
const recount = fileURLToPath(new URL('../../test/proxy/compare/recount.py', import.meta.url));

async function stop(proxies) {
  return Promise.all(
    proxies.map(async (proxy) => {
      const timer = setTimeout(() => proxy.process.kill('SIGKILL'), PATIENCE_MS);
      const end = await proxy.end('SIGTERM');
      clearTimeout(timer);
      return end;
    }),
  );
}

/** What the proxy exports as evidence when nothing happens any more. This is the only part of it that speaks here. */
async function exportEvidence(store) {
  const fromDist = (path) => require(`../../dist/src/proxy/${path}`);
  const database = await fromDist('store/open-database.js').openDatabase(store);
  const settings = fromDist('compare/settings.js').compareSettings.parse({});
  try {
    return await fromDist('compare/evidence.js').exportEvidence(database, { since: 0, now: Date.now(), settings });
  } finally {
    await database.close();
  }
}

/** Counts a copy of the store by a program that shares nothing with the proxy (I7). Returns the figures that differ. */
async function countAgain({ path, store }, hasStatus) {
  await copyStore(store, path('copy.db'));
  const files = [path('copy.db'), path('evidence.json'), ...(hasStatus ? [path('status.json')] : [])];
  const { status, stdout, stderr } = spawnSync('python3', [recount, ...files], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The recount failed: ${stderr}`);
  return JSON.parse(stdout);
}

export async function endRun(scenario) {
  const { amazon, sender, proxies, driver, seed, kills, recoveryMs, withTruth, isClockMoved, expect } = scenario;
  const write = (name, content) => writeFileSync(scenario.path(`${name}.json`), JSON.stringify(content));
  const status = await scenario.ask('/api/status').catch(() => null);
  write('status', status);
  write('history', withTruth ? await amazon.ask('history').catch(() => null) : null);
  sender.close();
  const ends = await stop(proxies);
  write('store', await readStore(scenario.store));
  write('evidence', await exportEvidence(scenario.store));
  write('recount', await countAgain(scenario, status !== null));
  write('plan', {
    ...{ driver, seed, kills, recoveryMs, isClockMoved },
    ...{ concurrency: CONCURRENCY, quotaShare: withTruth ? QUOTA_SHARE : null },
    ...expect,
  });
  const result = check(scenario.folder);
  Object.assign(result.figures, scenario.figures);
  for (const end of ends) if (end !== 0) result.broken.push(`A17 a proxy ended with ${end}: ${proxies[0].said}`);
  return result;
}
