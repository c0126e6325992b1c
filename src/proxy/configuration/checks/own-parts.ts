import { createServer } from 'node:net';
import { isLoopback } from '../../../amazon-pay/loopback';
import { openDatabase } from '../../store/open-database';
import { probeStore } from '../../store/probe';
import { isStoreError } from '../../store/store-error';
import { describeListenError } from '../listen-error';
import type { ProxySettings } from '../settings';
import { look, ok, type Check, type Finding } from './finding';
import { inUseByProxy, isProxyRunning } from './running-proxy';
import { adviseOnStore } from './store-advice';

async function checkStore({ store, operate }: ProxySettings): Promise<Finding> {
  const database = await openDatabase(store).catch(async (error: Error) => {
    if (isStoreError(error, 'in-use') && (await isProxyRunning(operate.admin))) return null;
    throw new Error(`${error.message}${adviseOnStore(error, store)}`, { cause: error });
  });
  if (database === null) return inUseByProxy('store.path');
  try {
    await probeStore(database, Date.now());
    const facts = Object.entries(database.facts).map(([name, value]) => `${name} ${value}`);
    return ok(facts.join(', '));
  } finally {
    await database.close();
  }
}

interface Place {
  readonly host: string;
  readonly port: number;
}

function listen({ host, port }: Place): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

/** Whether a port can be listened on; `section` of the configuration holds it. */
async function checkPort(section: string, at: Place, { operate }: ProxySettings): Promise<Finding> {
  const error = await listen(at);
  if (error === null) return ok(at.port === 0 ? 'the system chooses one' : 'free');
  if (error.code === 'EADDRINUSE' && (await isProxyRunning(operate.admin))) return inUseByProxy(`${section}.port`);
  throw new Error(describeListenError(error, `${at.host}:${at.port}`, section));
}

/** Whoever has the token may switch, and on the way it is in plain sight. */
async function checkAdmin(settings: ProxySettings): Promise<Finding> {
  const { host, protectMetrics } = settings.operate.admin;
  const found = await checkPort('operate.admin', settings.operate.admin, settings);
  if (isLoopback(host)) return found;
  const metrics = protectMetrics ? '' : ' /metrics needs none.';
  return look(
    `${found.said}, and other machines reach ${host}: the token, which lets switch the mode, goes over the network in plain text.${metrics} Set operate.admin.host to 127.0.0.1, or let nothing reach the port but what puts TLS in front.`,
  );
}

/** The store and the ports of the proxy itself. */
export const checkOwnParts = (settings: ProxySettings): readonly Check[] => {
  const { receive, store } = settings;
  return [
    { what: `store (${store.driver})`, find: () => checkStore(settings) },
    { what: 'public port', find: () => checkPort('receive', receive, settings) },
    { what: 'admin port', find: () => checkAdmin(settings) },
  ];
};
