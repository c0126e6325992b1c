/**
 * Makes of the proxy in a process a version of tomorrow: its schema has a step more, which goes over what is stored. The program
 * that is measured is then the older of the two.
 */
const step = [
  // Whoever stores a message says in its connection which version it is; what is there already was carried over by this one.
  `ALTER TABLE inbox ADD COLUMN taken_by TEXT DEFAULT CURRENT_SETTING('application_name')`,
  'CREATE INDEX inbox_of_tomorrow ON inbox (taken_by)',
];

export function plant(fromDist) {
  const schema = fromDist('store/schema.js');
  const { schemaSteps } = schema;
  schema.schemaVersion += 1;
  schema.schemaSteps = (dialect) => [...schemaSteps(dialect), step];
}

/** Starts one of tomorrow in the place of another. */
export async function startNewer(scenario, slot) {
  const { store } = scenario;
  const url = store.url.replace(store.schema, `${store.schema}_newer`);
  scenario.store = { ...store, url };
  const started = scenario.startProxy({ FAULTS_PLANTED: import.meta.url }, slot);
  scenario.store = store;
  return started;
}

/** How many messages an older one has taken since the store is of tomorrow. */
export async function takenByOlder(opened, { store }) {
  const [{ count }] = await opened.all(`SELECT COUNT(*) AS count FROM inbox WHERE taken_by = '${store.schema}'`);
  return Number(count);
}

/** The store is made one of today again: whoever counts it afterwards knows no other. */
export async function forgetTomorrow(opened) {
  await opened.run('DELETE FROM schema_version WHERE version = (SELECT MAX(version) FROM schema_version)');
  await opened.run('ALTER TABLE inbox DROP COLUMN taken_by');
}
