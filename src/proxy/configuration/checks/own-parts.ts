import { createServer } from 'node:net';
import { openDatabase } from '../../store/open-database';
import { probeStore } from '../../store/probe';
import type { ProxySettings } from '../settings';
import { ok, type Check, type Finding } from './finding';

async function checkStore({ store }: ProxySettings): Promise<Finding> {
  const database = await openDatabase(store);
  try {
    await probeStore(database, Date.now());
    const facts = Object.entries(database.facts).map(([name, value]) => `${name} ${value}`);
    return ok(facts.join(', '));
  } finally {
    await database.close();
  }
}

/** Whether a port can be listened on; what runs there already would be found by the start only. */
function checkPort(option: string, host: string, port: number): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`${host}:${port} cannot be used (${error.code}). Set ${option} to another.`)),
    );
    server.listen(port, host, () => server.close(() => resolve(ok(port === 0 ? 'the system chooses one' : 'free'))));
  });
}

/** The store and the ports of the proxy itself. */
export const checkOwnParts = (settings: ProxySettings): readonly Check[] => {
  const { receive, operate, store } = settings;
  const { admin } = operate;
  return [
    { what: `store (${store.driver})`, find: () => checkStore(settings) },
    { what: 'public port', find: () => checkPort('receive.port', receive.host, receive.port) },
    { what: 'admin port', find: () => checkPort('operate.admin.port', admin.host, admin.port) },
  ];
};
