import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Identity } from '../amazon-pay/certificates';

/** The servers of the emulator. They answer on this machine alone. */
export class Listening {
  readonly #servers: Server[] = [];

  constructor(private readonly handler: RequestListener) {}

  /** Returns the port. */
  http(port: number): Promise<number> {
    return this.#listen(createHttpServer(this.handler), port);
  }

  https(port: number, { key, certificate }: Identity): Promise<number> {
    return this.#listen(createHttpsServer({ key, cert: certificate }, this.handler), port);
  }

  async #listen(server: Server, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  /** Ends open connections, too. */
  async close(): Promise<void> {
    const closeOne = (server: Server): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    await Promise.all(this.#servers.map(closeOne));
  }
}
