import { constants, createHash, createSign } from 'node:crypto';
import { request } from 'node:http';
import type { Emulator } from '../../src/emulator';

/** A client that can get everything wrong: the SDK cannot. */
export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly privateKey?: string;
  readonly publicKeyId?: string;
  readonly algorithm?: string;
  readonly saltLength?: number;
  readonly date?: string;
  /** Changes what was signed, after it was signed. */
  readonly tamper?: (sent: { path: string; body: string; headers: Record<string, string> }) => void;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function post(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends a request that is signed as the documents say, but for what the options change. Gives the answer as text. */
export async function sendRaw(
  emulator: Pick<Emulator, 'url' | 'credentials'>,
  options: RawRequest,
  seen: (status: number) => void = () => {},
): Promise<string> {
  const { method = 'POST', body = '', algorithm = 'AMZN-PAY-RSASSA-PSS-V2', saltLength = 32 } = options;
  const { publicKeyId = emulator.credentials.publicKeyId, privateKey = emulator.credentials.privateKey ?? '' } =
    options;
  const headers: Record<string, string> = {};
  const all = {
    accept: 'application/json',
    'content-type': 'application/json',
    'x-amz-pay-date': options.date ?? new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
    'x-amz-pay-host': 'pay-api.amazon.com',
    'x-amz-pay-region': 'na',
    ...options.headers,
  };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) headers[name] = value;
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    options.path,
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const signature = createSign('RSA-SHA256')
    .update(`${algorithm}\n${sha256(canonical)}`)
    .sign({ key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, 'base64');
  headers['authorization'] =
    `${algorithm} PublicKeyId=${publicKeyId}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const sent = { path: options.path, body, headers };
  options.tamper?.(sent);
  const { status, text } = await post(`${emulator.url}${sent.path}`, method, sent.headers, sent.body);
  seen(status);
  return text;
}

/** The same, and gives `status reasonCode`. */
export async function send(emulator: Emulator, options: RawRequest): Promise<string> {
  let status = 0;
  const text = await sendRaw(emulator, options, (given) => (status = given));
  const answer = JSON.parse(text) as { reasonCode?: string; message?: string };
  return answer.reasonCode === undefined ? String(status) : `${status} ${answer.reasonCode}`;
}
