import { constants, createHash, verify, type KeyObject } from 'node:crypto';
import { V2Error } from './reply';

/** Both algorithms and the length of their salt (facts: v2-rest.md section 3). */
const saltLengths: Readonly<Record<string, number>> = { 'AMZN-PAY-RSASSA-PSS': 20, 'AMZN-PAY-RSASSA-PSS-V2': 32 };

const REQUIRED = ['accept', 'content-type', 'x-amz-pay-date', 'x-amz-pay-host', 'x-amz-pay-region'] as const;
const AUTHORIZATION = /^(AMZN-PAY-[A-Z0-9-]+) PublicKeyId=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=(\S+)$/;
/** Both forms are in use: that of the documents, and that of the SDK for Node. */
const DATE = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)Z$/;
/** How long a signed request may be used. The facts tell of no limit; this one is our choice. */
const LIFETIME_MS = 15 * 60_000;

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface RegisteredKey {
  readonly id: string;
  readonly key: KeyObject;
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

function headerOf({ headers }: SignedRequest, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(',') : value;
}

function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[], list: string): string {
  const query = [...request.query]
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const headers = signedHeaders.map((name) => `${name.toLowerCase()}:${headerOf(request, name) ?? ''}\n`).join('');
  return `${request.method}\n${request.path}\n${query}\n${headers}\n${list}\n${sha256(request.body)}`;
}

function checkHeaders(request: SignedRequest, signedHeaders: readonly string[], algorithm: string, now: number): void {
  const signed = new Set(signedHeaders.map((name) => name.toLowerCase()));
  const idempotency = headerOf(request, 'x-amz-pay-idempotency-key') === undefined ? [] : ['x-amz-pay-idempotency-key'];
  for (const name of [...REQUIRED, ...idempotency]) {
    if (headerOf(request, name) === undefined) throw new V2Error('MissingHeader', `The header ${name} is missing.`);
    if (!signed.has(name))
      throw new V2Error('InvalidRequestSignature', `The header ${name} has to be among the signed headers.`);
  }
  for (const name of ['accept', 'content-type'])
    if (!/^application\/json\s*(;|$)/i.test(headerOf(request, name) ?? ''))
      throw new V2Error('InvalidHeaderValue', `The value of the header ${name} is application/json.`);
  const [, ...digits] = DATE.exec(headerOf(request, 'x-amz-pay-date') ?? '') ?? [];
  const [year, month, day, hour, minute, second] = digits.map(Number);
  const date = Date.UTC(year ?? NaN, (month ?? NaN) - 1, day, hour, minute, second);
  if (Number.isNaN(date)) throw new V2Error('InvalidHeaderValue', 'The value of the header x-amz-pay-date is no time.');
  if (Math.abs(now - date) > LIFETIME_MS)
    throw new V2Error('InvalidRequestSignature', 'The request was signed too long ago, or in the future.');
  const region = headerOf(request, 'x-amz-pay-region') ?? '';
  // The documents of the older algorithm show us, too.
  if (!(/^(na|eu|jp)$/.test(region) || (region === 'us' && algorithm === 'AMZN-PAY-RSASSA-PSS')))
    throw new V2Error('InvalidHeaderValue', 'The value of the header x-amz-pay-region is no region.');
}

/**
 * Checks who signed a request and returns the id of the key. `realNow` is the time of the world and not of the emulator,
 * because clients sign with it.
 */
export function checkSignature(
  request: SignedRequest,
  keys: ReadonlyMap<string, RegisteredKey>,
  realNow: number,
): string {
  const authorization = headerOf(request, 'authorization');
  if (authorization === undefined) throw new V2Error('MissingHeader', 'The header authorization is missing.');
  const [, algorithm = '', keyId = '', list = '', signature = ''] = AUTHORIZATION.exec(authorization) ?? [];
  const saltLength = saltLengths[algorithm];
  if (saltLength === undefined)
    throw new V2Error('InvalidHeaderValue', 'The value of the header authorization is not of the form of a signature.');
  const registered = keys.get(keyId);
  if (registered === undefined)
    throw new V2Error('InvalidHeaderValue', `The public key id ${keyId.slice(0, 80)} is not registered.`);
  const signedHeaders = list.split(';');
  checkHeaders(request, signedHeaders, algorithm, realNow);
  const stringToSign = `${algorithm}\n${sha256(canonicalRequest(request, signedHeaders, list))}`;
  const options = { key: registered.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  if (!verify('RSA-SHA256', Buffer.from(stringToSign), options, Buffer.from(signature, 'base64')))
    // As Amazon does, with the string to sign of the server (facts: captures.md section 3).
    throw new V2Error(
      'InvalidRequestSignature',
      `Unable to verify signature, signing String [${stringToSign}], signature [${signature.slice(0, 700)}]`,
    );
  return keyId;
}

/** Checks the signature of a button (facts: v2-rest.md section 3). The payload has to be the signed text, byte for byte. */
export function isButtonSignature(payload: string, signature: string, key: KeyObject): boolean {
  return Object.entries(saltLengths).some(([algorithm, saltLength]) =>
    verify(
      'RSA-SHA256',
      Buffer.from(`${algorithm}\n${sha256(payload)}`),
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength },
      Buffer.from(signature, 'base64'),
    ),
  );
}
