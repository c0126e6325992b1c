import { StoreError } from '../../store/store-error';
import type { ProxySettings } from '../settings';
import { adviseOn, codeOf } from './connection-advice';

/** By SQLSTATE, and by the words of the driver where it has no code. */
const advices: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/\(28\w+\)/, 'Look at user and password in store.url, and at pg_hba.conf of the server.'],
  [/\(3D000\)/, 'Make the database, or name another in store.url.'],
  [/\(42501\)/, 'Let the user make the schema (GRANT CREATE ON DATABASE), or make it for him: store.schema.'],
  [/\(53300\)/, 'Lower store.connections, or raise max_connections of the server.'],
  [/not support SSL/, 'Turn on ssl there, or take sslmode out of store.url where it is on this machine.'],
];

const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname;
  } catch {
    return 'the server';
  }
};

/** What to do about a store that cannot be opened, where its own words do not say so. */
export function adviseOnStore(error: unknown, store: ProxySettings['store']): string {
  if (!(error instanceof StoreError) || store.driver !== 'postgres') return '';
  const known = advices.find(([pattern]) => pattern.test(error.message))?.[1];
  if (known !== undefined) return ` ${known}`;
  return codeOf(error) === '' ? '' : ` ${adviseOn(error, hostOf(store.url))} See store.url.`;
}
