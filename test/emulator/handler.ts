import { createServer, type IncomingMessage } from 'node:http';
import { Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import type { Emulator } from '../../src/emulator';

export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Handler {
  readonly url: string;
  readonly received: Received[];
  /** Statuses of the next answers; then 200. */
  readonly answers: number[];
  close(): Promise<void>;
}

/** A notification handler of a shop: a real HTTP server that keeps what it is sent. */
export async function startHandler(): Promise<Handler> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/ipn`,
    received,
    answers,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Connects to the emulator whatever host is asked for; the host name in its certificate is still checked. */
export function agentTo(emulator: Emulator): Agent {
  const port = Number(new URL(emulator.httpsUrl ?? '').port);
  class EmulatorAgent extends Agent {
    override createConnection(options: ConnectionOptions): ReturnType<typeof connect> {
      return connect({ ...options, host: '127.0.0.1', port, ca: emulator.certificateAuthority ?? '' });
    }
  }
  return new EmulatorAgent();
}
