import type { Queries } from './database';
import { schemaVersion } from './schema';
import { StoreError } from './store-error';

/** What an instance that runs says when its store is of a newer version now. */
export function refuseNewer(version: number): void {
  if (version > schemaVersion)
    throw new StoreError(
      'newer',
      `A newer amazon-pay-migrate has brought the store to schema ${version}; this one knows ${schemaVersion}, and ends. Start the newer one in its place: ` +
        'what this one has not finished waits in the store.',
    );
}

/** Rejects once a newer version has brought the store to its schema: what this one writes, that one may not look for. */
export async function checkVersion(queries: Queries): Promise<void> {
  const [row] = await queries.query('SELECT MAX(version) AS version FROM schema_version');
  refuseNewer(Number(row?.['version']));
}
