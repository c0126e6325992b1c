import { readCertificate, type SigningCertificate } from '../../transforms/sns/check-signature';
import { refuseMessage } from '../../transforms/sns/sns-error';

/** There are as many as regions in use, and Amazon changes the address with the certificate. */
const MAX_CERTIFICATES = 8;
const MAX_REQUESTS_PER_MINUTE = 20;
const RETRY_AFTER_MS = 30_000;
const MAX_FAILURES = 256;

/** Certificates by address. Only what was read as a certificate is kept: an error page is not. */
export class CertificateCache {
  readonly #certificates = new Map<string, SigningCertificate>();
  readonly #underWay = new Map<string, Promise<SigningCertificate>>();
  readonly #failures = new Map<string, number>();
  #recent: number[] = [];

  constructor(
    private readonly fetchText: (url: string) => Promise<string>,
    private readonly now: () => number,
  ) {}

  /** Returns the certificate, fetched once however many ask at the same time. */
  async get(url: string): Promise<SigningCertificate> {
    const known = this.#certificates.get(url);
    if (known !== undefined) return known;
    const pending = this.#underWay.get(url);
    if (pending !== undefined) return pending;
    // Begun a moment later: a refusal at once would be over before it stands here, and stay.
    const started = Promise.resolve().then(() => this.#fetch(url));
    this.#underWay.set(url, started);
    return started;
  }

  async #fetch(url: string): Promise<SigningCertificate> {
    try {
      this.#admit(url);
      const certificate = readCertificate(await this.fetchText(url).catch(unavailable));
      const [oldest] = this.#certificates.keys();
      if (this.#certificates.size >= MAX_CERTIFICATES && oldest !== undefined) this.#certificates.delete(oldest);
      this.#certificates.set(url, certificate);
      return certificate;
    } catch (error) {
      if (this.#failures.size >= MAX_FAILURES) this.#failures.clear();
      if (!this.#failures.has(url)) this.#failures.set(url, this.now());
      throw error;
    } finally {
      this.#underWay.delete(url);
    }
  }

  /** Forged messages can name any number of addresses on the host of SNS; they shall not make as many requests. */
  #admit(url: string): void {
    const now = this.now();
    const failed = this.#failures.get(url);
    // A clock that was set back counts as time that has passed: else nothing is fetched for as long as it was set back.
    if (failed !== undefined && Math.abs(now - failed) < RETRY_AFTER_MS)
      unavailable(new Error('it could not be fetched just now'));
    this.#failures.delete(url);
    this.#recent = this.#recent.filter((at) => Math.abs(now - at) < 60_000);
    if (this.#recent.length >= MAX_REQUESTS_PER_MINUTE) unavailable(new Error('too many were fetched this minute'));
    this.#recent.push(now);
  }
}

function unavailable(error: Error): never {
  return refuseMessage(
    'certificate-unavailable',
    'SigningCertURL',
    `The certificate could not be fetched (${error.message}). Answer 5xx, so that the message comes again.`,
    { cause: error },
  );
}
