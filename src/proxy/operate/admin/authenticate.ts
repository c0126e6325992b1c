import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../clock';
import { AdminError } from './reply';

const SESSION_MS = 12 * 3_600_000;
const MAX_SESSIONS = 100;
const MAX_GUESSES = 10;
const MINUTE_MS = 60_000;
const COOKIE = 'amazon-pay-proxy';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Who may look and switch: whoever has the token, or a session that was opened with it in a browser. */
export class Authenticator {
  readonly #token: Buffer;
  readonly #sessions = new Map<string, number>();
  /** Wrong tokens, by digest, and when each was last tried: a scraper that repeats an old one is nobody who guesses. */
  readonly #guesses = new Map<string, number>();

  constructor(
    token: string,
    private readonly clock: Clock,
  ) {
    this.#token = digest(token);
  }

  /** Throws an AdminError when neither the header nor the cookie lets in. */
  check(headers: IncomingHttpHeaders): void {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return this.#checkToken(bearer);
    const session = readCookie(headers.cookie ?? '');
    if (session === undefined || !this.#isOpen(session))
      throw new AdminError(401, 'no-token', 'Send "authorization: Bearer TOKEN", or sign in on the dashboard.');
  }

  #isOpen(session: string): boolean {
    const until = this.#sessions.get(session);
    return until !== undefined && until > this.clock.now();
  }

  #checkToken(given: string): void {
    const found = digest(given);
    // Digests have one length, and the time of the comparison tells nothing. Who has the token is let in whatever others try:
    // it is too long to be guessed (settings.ts), and a rollback must not wait for a minute because of them.
    if (timingSafeEqual(found, this.#token)) return;
    const now = this.clock.now();
    for (const [guess, at] of this.#guesses) if (now - at >= MINUTE_MS) this.#guesses.delete(guess);
    if (this.#guesses.size >= MAX_GUESSES)
      throw new AdminError(
        429,
        'too-many-tries',
        'That is not the token, and many wrong ones were tried. Wait a minute.',
      );
    this.#guesses.set(found.toString('hex'), now);
    throw new AdminError(401, 'wrong-token', 'That is not the token of this proxy.');
  }

  /** Opens a session for a browser; returns the header that keeps it there, out of the reach of scripts and other sites. */
  openSession(token: string): string {
    this.#checkToken(token);
    const now = this.clock.now();
    for (const [session, until] of this.#sessions) if (until <= now) this.#sessions.delete(session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    const session = randomBytes(32).toString('base64url');
    this.#sessions.set(session, now + SESSION_MS);
    return `${COOKIE}=${session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_MS / 1000}`;
  }
}

const readCookie = (cookies: string): string | undefined =>
  cookies
    .split(';')
    .map((cookie) => cookie.trim().split('='))
    .find(([name]) => name === COOKIE)?.[1];

/** A page of another site can make a browser send requests here: by a name that it controls, or across origins. */
export function checkOrigin(headers: IncomingHttpHeaders, method: string, hostNames: readonly string[]): void {
  const host = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const allowed = ['localhost', '127.0.0.1', '[::1]', ...hostNames];
  if (!allowed.includes(host))
    throw new AdminError(
      403,
      'unknown-host',
      `"${host}" is no name of this server. Add it to operate.admin.hostNames.`,
    );
  if (method === 'GET' || method === 'HEAD') return;
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}` && origin !== `https://${headers.host}`)
    throw new AdminError(403, 'foreign-origin', 'This request comes from another site.');
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim();
  if (type !== 'application/json') throw new AdminError(415, 'not-json', 'Send application/json.');
}
