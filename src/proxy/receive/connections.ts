import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Bounds how many connections there are. When there are too many, the one goes that has been waiting longest with nothing
 * complete to answer: a slow sender, or an idle one. A refused connection would lose a message, since Amazon does not try
 * again when nobody answers.
 */
export class Connections {
  /** Those with no complete request, longest waiting first. */
  readonly #waiting = new Set<Socket>();
  #open = 0;

  constructor(
    server: Server,
    private readonly max: number,
  ) {
    server.on('connection', (socket) => this.#add(socket));
  }

  #add(socket: Socket): void {
    this.#open += 1;
    this.#waiting.add(socket);
    socket.on('close', () => {
      this.#open -= 1;
      this.#waiting.delete(socket);
    });
    if (this.#open <= this.max) return;
    const [oldest] = this.#waiting;
    oldest?.destroy();
  }

  /** A whole request of it was read: it is not cut before it was answered. */
  hold(socket: Socket): void {
    this.#waiting.delete(socket);
  }

  release(socket: Socket): void {
    if (!socket.destroyed) this.#waiting.add(socket);
  }

  get open(): number {
    return this.#open;
  }
}
