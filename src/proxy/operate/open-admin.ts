import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StoreClock } from '../store/store-clock';
import { readOverview } from '../store/overview';
import { createApiRoutes } from './admin/api-routes';
import { createAssetRoutes } from './admin/assets';
import { json, text } from './admin/reply';
import { createAdminServer, type Route } from './admin/serve-admin';
import type { Metrics } from './metrics';
import { Operations, type OperationParts } from './operations';

export interface AdminParts extends Omit<OperationParts, 'clock'> {
  readonly clock: StoreClock;
  readonly token: string;
  readonly metrics: Metrics;
  readonly isReady: () => boolean;
}

/** For load balancers and supervisors: without token, and without anything that is not theirs to know. */
function healthRoutes(isReady: () => boolean): readonly Route[] {
  const answer = (isWell: boolean) => json({ status: isWell ? 'ok' : 'not-ready' }, isWell ? 200 : 503);
  return [
    { method: 'GET', path: /^\/healthz$/, isOpen: true, answer: () => answer(true) },
    { method: 'GET', path: /^\/readyz$/, isOpen: true, answer: () => answer(isReady()) },
  ];
}

/** What is told without the store is told also while the store is down: that is when somebody looks. */
function metricsRoute({ metrics, database, clock, settings, observer }: AdminParts): Route {
  return {
    method: 'GET',
    path: /^\/metrics$/,
    isOpen: !settings.operate.admin.protectMetrics,
    answer: async () => {
      const overview = await readOverview(database, clock.now()).catch((error: unknown) => {
        observer.failed({ part: 'metrics', error });
        return null;
      });
      const gauges = overview === null ? null : { ...overview, clockSkewMs: clock.offset };
      return text(await metrics.render(gauges), metrics.contentType);
    },
  };
}

/** Opens the port of people and scripts. Rejects with the error of Node where it is taken. */
export async function openAdmin(parts: AdminParts): Promise<Server> {
  const { settings, database, clock, token, observer, isReady } = parts;
  const { host, port, hostNames } = settings.operate.admin;
  const routes = [
    ...healthRoutes(isReady),
    metricsRoute(parts),
    ...createAssetRoutes(),
    ...createApiRoutes(database, new Operations(parts)),
  ];
  const onError = (error: unknown): void => observer.failed({ part: 'admin', error });
  const server = createAdminServer(routes, { token, hostNames, clock, onError });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return server;
}

export function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
