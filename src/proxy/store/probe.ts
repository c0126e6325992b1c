import type { Database } from './database';
import { checkVersion } from './schema-version';

/** Writes one row durably, as a message would be: whether the store can take one shows in nothing less. */
export async function probeStore(database: Database, now: number): Promise<void> {
  await checkVersion(database);
  await database.query(
    `INSERT INTO setting (name, content, changed_at) VALUES ('store-probe', '', $1)
     ON CONFLICT (name) DO UPDATE SET changed_at = excluded.changed_at`,
    [now],
  );
}
