// The truth part as a process of its own, as it is built, so that a test can kill it. Ends when nothing is due any more.
const { openAmazonReader } = require('../../../dist/src/amazon-pay/v2/amazon-reader.js');
const { openDatabase } = require('../../../dist/src/proxy/store/open-database.js');
const { JobQueue } = require('../../../dist/src/proxy/store/jobs.js');
const { silentObserver } = require('../../../dist/src/proxy/observer.js');
const { TruthWorker } = require('../../../dist/src/proxy/truth/truth-worker.js');

async function main() {
  const { store, settings, now } = JSON.parse(process.argv[2]);
  const database = await openDatabase(store);
  const clock = { now: () => now };
  const queue = new JobQueue(database, clock, String(process.pid));
  // What a killed process had: of a time after its lease on PostgreSQL, at once on SQLite.
  await queue.releaseExpired();
  if (database.dialect === 'sqlite') await queue.releaseAll();
  const reader = await openAmazonReader(settings, { endpoint: settings.endpoint });
  const primaryOf = () => Promise.resolve('migrated');
  const observer = silentObserver;
  const worker = new TruthWorker({ database, clock, queue, reader, observer, settings, settleMs: 300_000, primaryOf });
  while ((await worker.runOnce()) > 0);
  await reader.close();
  await database.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
