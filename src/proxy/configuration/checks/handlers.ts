import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ProxySettings } from '../settings';
import { adviseOn, codeOf } from './connection-advice';
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

const isOfUnknownAuthority = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;

function adviceFor(error: unknown, host: string, { path }: Handler): string {
  const authority = path.replace(/\w+$/, 'certificateAuthority');
  const own = isOfUnknownAuthority.test(codeOf(error)) ? ` One of your own goes into ${authority}.` : '';
  return `${adviseOn(error, host)}${own} See ${path}.`;
}

/** Opens a connection and sends nothing: a handler may take any request for a message. */
function checkHandler(handler: Handler): Promise<Finding> {
  return new Promise((resolve) => {
    const { origin, hostname } = new URL(handler.url);
    const fail = (reason: string, error: unknown): void =>
      resolve(look(`${origin}: ${reason}. Messages would wait for it. ${adviceFor(error, hostname, handler)}`));
    const socket = open(handler, () => {
      socket.destroy();
      resolve(ok(`${origin} takes connections (no message was sent)`));
    });
    socket.setTimeout(handler.timeoutMs, () => {
      socket.destroy();
      fail(`no connection within ${handler.timeoutMs} ms`, Object.assign(new Error(), { code: 'ETIMEDOUT' }));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, error));
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
