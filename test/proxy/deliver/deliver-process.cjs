'use strict';

/**
 * One instance that delivers, in a process of its own, so that it can be killed. Its options come in the variable DELIVER; it
 * ends when nothing is left to deliver.
 */
const path = require('node:path');
const dist = path.join(__dirname, '../../../dist/src/proxy');
const load = (file) => require(path.join(dist, file));

async function main() {
  const { store, settings, owner } = JSON.parse(process.env.DELIVER);
  const database = await load('store/open-database.js').openDatabase(store);
  const clock = new (load('store/store-clock.js').StoreClock)(database);
  await clock.adjust();
  const queue = new (load('store/jobs.js').JobQueue)(database, clock, owner);
  if (store.driver === 'sqlite') await queue.releaseAll();
  const delivery = load('deliver/start-delivery.js').createDelivery({
    database,
    clock,
    queue,
    modes: new (load('modes/current-mode.js').CurrentMode)(database, clock),
    settings: load('deliver/settings.js').deliverSettings.parse(settings),
    observer: {
      ...load('observer.js').silentObserver,
      failed: ({ part, error }) => console.error(part, error),
    },
    readOutcome: async () => {},
  });
  delivery.start();
  const leases = setInterval(() => queue.releaseExpired().catch((error) => console.error(error)), 200);
  process.send?.('started');
  const open = `SELECT (SELECT COUNT(*) FROM job WHERE state IN ('ready', 'leased') AND kind LIKE 'deliver-%')
    + (SELECT COUNT(*) FROM setting WHERE content LIKE '%"state":"running"%') AS n`;
  for (;;) {
    const [row] = await database.query(open);
    if (Number(row.n) === 0) break;
    await new Promise((later) => setTimeout(later, 20));
  }
  clearInterval(leases);
  await delivery.stop();
  await database.close();
  process.disconnect?.();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
