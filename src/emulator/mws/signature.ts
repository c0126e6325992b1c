import { createHmac, timingSafeEqual } from 'node:crypto';
import { MwsError } from './mws-error';

const LIFETIME_MS = 15 * 60_000;

/** As MWS encodes: all but letters, digits and `-_.~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

export interface SignedForm {
  /** [POST] */
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly host: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The text that signature version 2 is made over (facts: api-mapping.md section 0; AWS signature version 2). */
export function stringToSign({ method = 'POST', path, parameters }: SignedForm, host: string): string {
  const pairs = [...parameters]
    .filter(([name]) => name !== 'Signature')
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return [method, host, path, pairs.join('&')].join('\n');
}

function isSignature(form: SignedForm, secret: string): boolean {
  const given = Buffer.from(form.parameters.get('Signature') ?? '', 'base64');
  // Clients sign the host with or without its port.
  const hosts = new Set([form.host.toLowerCase(), form.host.toLowerCase().replace(/:\d+$/, '')]);
  return [...hosts].some((host) => {
    const right = createHmac('sha256', secret).update(stringToSign(form, host)).digest();
    return given.byteLength === right.byteLength && timingSafeEqual(given, right);
  });
}

/** Checks who signed a form. `realNow` is the time of the world, by which clients sign. */
export function checkSignature(form: SignedForm, accessKeys: ReadonlyMap<string, string>, realNow: number): void {
  const value = (name: string): string => {
    const found = form.parameters.get(name);
    if (found === undefined || found === '')
      throw new MwsError('MissingParameter', `The request must contain the parameter ${name}.`);
    return found;
  };
  const secret = accessKeys.get(value('AWSAccessKeyId'));
  value('Signature');
  if (secret === undefined)
    throw new MwsError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  if (value('SignatureVersion') !== '2' || value('SignatureMethod') !== 'HmacSHA256')
    throw new MwsError('InvalidParameterValue', 'Only signature version 2 with HmacSHA256 is supported.');
  // `amazon-payments` ends its times with a small z.
  const timestamp = Date.parse(value('Timestamp').toUpperCase());
  if (Number.isNaN(timestamp)) throw new MwsError('InvalidParameterValue', 'Timestamp is no time.');
  if (!isSignature(form, secret))
    throw new MwsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  if (Math.abs(realNow - timestamp) > LIFETIME_MS)
    throw new MwsError('RequestExpired', 'The request was signed too long ago, or in the future.');
}
