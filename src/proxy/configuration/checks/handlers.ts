import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ProxySettings } from '../settings';
import { look, ok, type Check, type Finding } from './finding';

interface Handler {
  readonly path: string;
  readonly url: string;
  readonly timeoutMs: number;
  readonly certificateAuthority?: string | undefined;
}

function handlersOf({ deliver }: ProxySettings): readonly Handler[] {
  if (deliver === undefined) return [];
  const { legacy, migrated } = deliver;
  const { dryRunUrl } = migrated;
  return [
    { ...legacy, path: 'deliver.legacy.url' },
    { ...migrated, path: 'deliver.migrated.url' },
    ...(dryRunUrl === undefined ? [] : [{ ...migrated, path: 'deliver.migrated.dryRunUrl', url: dryRunUrl }]),
  ];
}

function open({ url, certificateAuthority }: Handler, whenOpen: () => void): Socket {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol === 'http:') return connectPlain({ host, port: Number(port || 80) }, whenOpen);
  const ca = certificateAuthority === undefined ? {} : { ca: certificateAuthority };
  return connectTls(
    { host, port: Number(port || 443), ...(isIP(host) === 0 ? { servername: host } : {}), ...ca },
    whenOpen,
  );
}

/** Opens a connection and sends nothing: a handler may take any request for a message. */
function checkHandler(handler: Handler): Promise<Finding> {
  return new Promise((resolve) => {
    const fail = (reason: string): void =>
      resolve(look(`${new URL(handler.url).origin}: ${reason}. Messages would wait for it. See ${handler.path}.`));
    const socket = open(handler, () => {
      socket.destroy();
      resolve(ok(`${new URL(handler.url).origin} takes connections (no message was sent)`));
    });
    socket.setTimeout(handler.timeoutMs, () => {
      socket.destroy();
      fail(`no connection within ${handler.timeoutMs} ms`);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
  });
}

const noDryRun: Check = {
  what: 'deliver.migrated.dryRunUrl',
  find: async () => look('is not set: in shadow the migrated handler is never called, and nothing is learned of it.'),
};

/** Both handlers, and the address for dry runs. */
export function checkHandlers(settings: ProxySettings): readonly Check[] {
  const checks = handlersOf(settings).map((handler) => ({ what: handler.path, find: () => checkHandler(handler) }));
  const { deliver } = settings;
  return deliver === undefined || deliver.migrated.dryRunUrl !== undefined ? checks : [...checks, noDryRun];
}
