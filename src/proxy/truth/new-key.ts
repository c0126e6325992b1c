import { createHash } from 'node:crypto';
import { reopenNotFound } from '../store/amazon-objects';
import { lockSetting, writeSetting } from '../store/setting';
import type { AmazonSettings } from './settings';
import type { TruthParts } from './truth-parts';

const KEY = 'amazon_key';

/** Whom Amazon answers, and which of its two APIs are asked. No secret is in it. */
const lineOf = ({ publicKeyId, region, sandbox, endpoint, mws }: AmazonSettings): string =>
  createHash('sha256')
    .update(JSON.stringify([publicKeyId, region, sandbox, endpoint, mws?.accessKeyId, mws?.sellerId, mws?.endpoint]))
    .digest('hex');

/**
 * What Amazon did not have for another key it may have for this one: with that of another merchant, or of the sandbox, all are
 * 404. Call before the sweep of the start, which asks for them then. Returns how many those are.
 */
export async function lookAgainWithNewKey({
  database,
  clock,
  settings,
}: Pick<TruthParts, 'database' | 'clock' | 'settings'>): Promise<number> {
  const line = lineOf(settings);
  return database.transaction(async (queries) => {
    if ((await lockSetting(queries, database.dialect, KEY)) === line) return 0;
    const now = clock.now();
    await writeSetting(queries, KEY, line, now);
    return reopenNotFound(queries, now);
  });
}
