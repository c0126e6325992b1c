import { isLoopback } from '../../../amazon-pay/loopback';
import type { ProxySettings } from '../settings';
import { look, ok, type Check, type Finding } from './finding';

/** Databases that the proxy writes to, or reads the shop's orders from. */
function databasesOf({ store, compare }: ProxySettings): readonly (readonly [setting: string, url: string])[] {
  const sources = (['legacy', 'migrated'] as const).flatMap((side) => {
    const source = compare[side];
    return source.from === 'query' ? [[`compare.${side}.url`, source.url] as const] : [];
  });
  return [...(store.driver === 'postgres' ? [['store.url', store.url] as const] : []), ...sources];
}

/** How the driver would go there, which also reads PGHOST and PGSSLMODE. A path as host is a socket of this machine. */
async function describeWay(
  setting: string,
  url: string,
): Promise<{ readonly plain?: string; readonly blind?: string }> {
  const { Client } = (await import('pg')).default;
  const { host, ssl } = new Client({ connectionString: url }) as { host: string; ssl: unknown };
  if (isLoopback(host) || host.startsWith('/')) return {};
  if (ssl === false || ssl === undefined || ssl === null) return { plain: `${setting} (${host})` };
  const isBlind = typeof ssl === 'object' && 'rejectUnauthorized' in ssl && ssl.rejectUnauthorized === false;
  return isBlind ? { blind: `${setting} (${host})` } : {};
}

async function find(databases: readonly (readonly [setting: string, url: string])[]): Promise<Finding> {
  const ways = await Promise.all(databases.map(([setting, url]) => describeWay(setting, url)));
  const plain = ways.flatMap((way) => way.plain ?? []);
  const blind = ways.flatMap((way) => way.blind ?? []);
  const said = [
    plain.length > 0 &&
      `no TLS to another machine: ${plain.join(', ')}. Whoever is in between reads messages and orders, and can change what is stored.`,
    blind.length > 0 &&
      `TLS, and the certificate is not checked: ${blind.join(', ')}. Whoever is in between can answer in its name.`,
  ].filter((each) => each !== false);
  if (said.length === 0) return ok('TLS, or within this machine');
  return look(
    `${said.join(' ')} Add ?sslmode=verify-full to the address, and sslrootcert=FILE for an authority of your own.`,
  );
}

/** Who sits between two machines must neither read the store nor write it. */
export function checkDatabaseTransport(settings: ProxySettings): readonly Check[] {
  const databases = databasesOf(settings);
  return databases.length === 0 ? [] : [{ what: 'way to PostgreSQL', find: () => find(databases) }];
}
