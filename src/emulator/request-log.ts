/** One request to either API, as the page at /_/ shows it. */
export interface LoggedRequest {
  readonly number: number;
  /** In the time of the emulator. */
  readonly at: string;
  readonly api: 'v2' | 'mws';
  readonly method: string;
  readonly path: string;
  /** The MWS action. */
  readonly action: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

const KEPT = 1000;
const MAX_TEXT = 20_000;
const SHOWN_HEADERS = /^x-amz-pay-(idempotency-key|simulation-code|date|region|host)$|^user-agent$/;

/** The last requests. Signatures and secrets are not among what is kept. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];
  #count = 0;

  add(request: Omit<LoggedRequest, 'number' | 'headers'> & { readonly headers: NodeJS.Dict<string | string[]> }): void {
    this.#count += 1;
    if (this.#requests.length >= KEPT) this.#requests.shift();
    this.#requests.push({
      ...request,
      number: this.#count,
      headers: Object.fromEntries(
        Object.entries(request.headers)
          .filter(([name]) => SHOWN_HEADERS.test(name))
          .map(([name, value]) => [name, String(value)]),
      ),
      body: request.body.replace(/(^|&)Signature=[^&]*/, '$1Signature=…').slice(0, MAX_TEXT),
      answer: request.answer.slice(0, MAX_TEXT),
    });
  }

  list(): readonly LoggedRequest[] {
    return this.#requests;
  }
}
