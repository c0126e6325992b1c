import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a handler of a shop got, and when, in the order in which it came. */
export interface LedgerEntry {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly path: string;
  readonly key: string;
  readonly order: string;
  readonly attempt: number;
  readonly role: string;
}

export type Reply = (response: ServerResponse, entry: LedgerEntry) => void;

export const answer =
  (status: number, body: unknown = undefined, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) => {
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    const type = typeof body === 'string' || body === undefined ? 'text/plain' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(text);
  };

/** A real server that keeps a ledger of its own: it, not the proxy, says what was delivered. */
export class TestHandler {
  readonly ledger: LedgerEntry[] = [];
  /** Taken one after the other; then `reply`. */
  readonly replies: Reply[] = [];
  reply: Reply = answer(200);
  /** Orders for which two requests were under way at once: there must be none. */
  readonly overlaps: string[] = [];
  url = '';
  readonly #underWay = new Set<string>();
  readonly #waiting: { readonly isMet: () => boolean; readonly resolve: () => void }[] = [];
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const entry = this.#note(request.headers, request.url ?? '', Buffer.concat(chunks));
      if (this.#underWay.has(entry.order)) this.overlaps.push(entry.order);
      this.#underWay.add(entry.order);
      response.on('close', () => this.#underWay.delete(entry.order));
      (this.replies.shift() ?? this.reply)(response, entry);
      for (const waiting of this.#waiting) if (waiting.isMet()) waiting.resolve();
    });
  });

  async start(): Promise<this> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ipn`;
    return this;
  }

  /** Resolves when the ledger has so many entries. */
  has(entries: number): Promise<void> {
    const isMet = (): boolean => this.ledger.length >= entries;
    return isMet() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push({ isMet, resolve }));
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    await new Promise<void>((closed) => {
      this.#server.close(() => closed());
      this.#server.closeAllConnections();
    });
  }

  #note(headers: IncomingHttpHeaders, path: string, body: Buffer): LedgerEntry {
    const text = (name: string): string => String(headers[name] ?? '');
    const entry: LedgerEntry = {
      headers,
      body,
      path,
      key: text('idempotency-key'),
      order: orderOf(body),
      attempt: Number(text('x-amazon-pay-proxy-attempt')),
      role: text('x-amazon-pay-proxy-role'),
    };
    this.ledger.push(entry);
    return entry;
  }
}

/** The order that a message is about, by its own words. */
export const orderOf = (body: Buffer): string => /[A-Z]\d{2}-\d{7}-\d{7}/.exec(body.toString('utf8'))?.[0] ?? 'none';
