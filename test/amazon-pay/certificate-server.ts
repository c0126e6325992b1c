import { generateKeyPairSync } from 'node:crypto';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { selfSignedCertificate } from '../../src/amazon-pay/certificates';

export const HOST = 'sns.eu-west-1.amazonaws.com';

const DAY = 86_400_000;
export const validity = { validFrom: new Date(Date.now() - DAY), validTo: new Date(Date.now() + 30 * DAY) };
export const makeKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

export interface CertificateServer {
  /** Connects to the loopback server whatever host is asked for; the name in its certificate is still checked. */
  readonly agent: Agent;
  /** Where it listens, and its own certificate: for agents in other processes. */
  readonly port: number;
  readonly certificate: string;
  readonly requests: readonly string[];
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** Stands in for the https host of SNS, with a certificate in its name that only the agent trusts. */
export async function startCertificateServer(): Promise<CertificateServer> {
  const key = makeKey();
  const cert = await selfSignedCertificate(key, { commonName: HOST, ...validity });
  const requests: string[] = [];
  const started = {
    requests,
    answer: (_: IncomingMessage, response: ServerResponse): void => void response.end('nothing yet'),
  };
  const server = createServer({ key: key.export({ type: 'pkcs8', format: 'pem' }), cert }, (request, response) => {
    requests.push(`${request.headers.host}${request.url}`);
    started.answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  class LoopbackAgent extends Agent {
    override createConnection(options: ConnectionOptions): ReturnType<typeof connect> {
      return connect({ ...options, host: '127.0.0.1', port, ca: cert });
    }
  }
  return Object.assign(started, {
    port,
    certificate: cert,
    agent: new LoopbackAgent(),
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  });
}
