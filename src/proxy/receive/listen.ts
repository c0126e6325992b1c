import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Observer } from '../observer';
import { badRequest, brokenRequestAnswers } from './answers';
import { Connections } from './connections';
import type { Receiver } from './receiver';
import type { ReceiveSettings } from './settings';

/** The public port, open. */
export interface PublicPort {
  readonly url: string;
  readonly connections: number;
  /** Refuses new connections; resolves when every request that came was answered, at the latest after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

function makeServer(settings: ReceiveSettings): Server {
  const timeout = settings.requestTimeoutSeconds * 1000;
  return createServer({
    headersTimeout: Math.min(5000, timeout),
    requestTimeout: timeout,
    // Node looks every 30 seconds otherwise, and a slow sender would have that long.
    connectionsCheckingInterval: Math.min(1000, timeout / 4),
    // Longer than load balancers keep a connection idle (60 s): they would send into one that is just being closed.
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16 * 1024,
    insecureHTTPParser: false,
    requireHostHeader: true,
  });
}

function answerBroken(observer: Observer) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const { status, lines } = brokenRequestAnswers[error.code ?? ''] ?? badRequest;
    observer.acknowledged({ status, reason: 'broken-request', milliseconds: 0 });
    socket.end(lines, () => socket.destroySoon());
  };
}

/** Opens the public port. Rejects with the error of Node where the address cannot be used. */
export async function openPublicPort(
  settings: ReceiveSettings,
  receiver: Receiver,
  observer: Observer,
): Promise<PublicPort> {
  const server = makeServer(settings);
  const connections = new Connections(server, settings.maxConnections);
  server.on('clientError', answerBroken(observer));
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    response.on('close', () => connections.release(socket));
    void receiver.handle(request, response, () => connections.hold(socket));
  };
  server.on('request', take);
  // SNS does not ask whether it may send. A relay may, and would take a refusal for the end of it.
  server.on('checkContinue', (request, response) => {
    response.writeContinue();
    take(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, settings.host, 2048, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return {
    url: `http://${host}:${port}${settings.path}`,
    get connections() {
      return connections.open;
    },
    close: (graceMs) => closeServer(server, graceMs),
  };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
