import { createServer } from 'node:net';
import { isLoopback } from '../../../amazon-pay/loopback';
import { openDatabase } from '../../store/open-database';
import { probeStore } from '../../store/probe';
import { describeListenError } from '../listen-error';
import type { ProxySettings } from '../settings';
import { look, ok, type Check, type Finding } from './finding';
import { adviseOnStore } from './store-advice';

async function checkStore({ store }: ProxySettings): Promise<Finding> {
  const database = await openDatabase(store).catch((error: Error) => {
    throw new Error(`${error.message}${adviseOnStore(error, store)}`, { cause: error });
  });
  try {
    await probeStore(database, Date.now());
    const facts = Object.entries(database.facts).map(([name, value]) => `${name} ${value}`);
    return ok(facts.join(', '));
  } finally {
    await database.close();
  }
}

/** Whether a port can be listened on; what runs there already would be found by the start only. */
function checkPort(section: string, host: string, port: number): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(describeListenError(error, `${host}:${port}`, section))),
    );
    server.listen(port, host, () => server.close(() => resolve(ok(port === 0 ? 'the system chooses one' : 'free'))));
  });
}

/** Whoever has the token may switch, and on the way it is in plain sight. */
async function checkAdmin({ host, port, protectMetrics }: ProxySettings['operate']['admin']): Promise<Finding> {
  const found = await checkPort('operate.admin', host, port);
  if (isLoopback(host)) return found;
  const metrics = protectMetrics ? '' : ' /metrics needs none.';
  return look(
    `${found.said}, and other machines reach ${host}: the token, which lets switch the mode, goes over the network in plain text.${metrics} Set operate.admin.host to 127.0.0.1, or let nothing reach the port but what puts TLS in front.`,
  );
}

/** The store and the ports of the proxy itself. */
export const checkOwnParts = (settings: ProxySettings): readonly Check[] => {
  const { receive, operate, store } = settings;
  return [
    { what: `store (${store.driver})`, find: () => checkStore(settings) },
    { what: 'public port', find: () => checkPort('receive', receive.host, receive.port) },
    { what: 'admin port', find: () => checkAdmin(operate.admin) },
  ];
};
