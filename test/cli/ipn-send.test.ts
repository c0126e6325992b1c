import { createVerify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { notifiedObjects } from '../../src/catalog/notifications';
import { readTarget } from '../../src/cli/send-target';
import { forgeries } from '../../transforms/ipn-samples/forgeries';
import { sampleKinds } from '../../transforms/ipn-samples/sample-kinds';
import { translate } from '../../transforms/ipn/translate';
import { checkOrigin } from '../../transforms/sns/check-origin';
import { checkSignature, readCertificate } from '../../transforms/sns/check-signature';
import { readEnvelope } from '../../transforms/sns/read-envelope';
import { startCli, type CliResult } from './run-cli';
import { createFolder } from './temporary-folder';

const TOPIC = 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2SAMPLE';

let server: Server;
let url: string;
let status = 200;
let received: { headers: IncomingHttpHeaders; body: string }[] = [];
let open = 0;
let most = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    most = Math.max(most, (open += 1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      open -= 1;
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ipn`;
});
afterAll(() => new Promise((closed) => server.close(closed)));
beforeEach(() => {
  received = [];
  status = 200;
  most = 0;
});

const send = (args: readonly string[], cwd = createFolder()): Promise<CliResult> =>
  startCli(['ipn', 'send', url, ...args], { cwd }).finished;

describe('ipn send', () => {
  it.each(['1', '2'])(
    'sends one of every kind, signed by version %s so that the certificate verifies it',
    async (version) => {
      const cwd = createFolder();
      const { code, stdout } = await send(['--signature-version', version, '--certificate', 'sns.pem'], cwd);
      expect({ code, lines: stdout.trimEnd().split('\n').length }).toEqual({ code: 0, lines: sampleKinds.length });
      const pem = readFileSync(join(cwd, 'sns.pem'), 'utf8');
      // By our verifier, and by hand after the AWS documentation: a mistake in common would not show otherwise.
      const certificate = readCertificate(pem);
      for (const { headers, body } of received) {
        const envelope = readEnvelope(body);
        checkOrigin(envelope, { topics: [TOPIC], now: new Date() });
        checkSignature(envelope, certificate);
        expect(headers).toMatchObject({
          'content-type': 'text/plain; charset=UTF-8',
          'x-amz-sns-message-type': envelope.Type,
        });
        const keys =
          envelope.Type === 'Notification'
            ? 'Message MessageId Timestamp TopicArn Type'
            : 'Message MessageId SubscribeURL Timestamp Token TopicArn Type';
        const raw = JSON.parse(body) as Record<string, string>;
        const signed = keys
          .split(' ')
          .map((key) => `${key}\n${raw[key]}\n`)
          .join('');
        const verifier = createVerify(version === '1' ? 'sha1' : 'sha256').update(signed);
        expect(verifier.verify(new X509Certificate(pem).publicKey, raw['Signature'] ?? '', 'base64')).toBe(true);
      }
    },
  );

  it('sends what the translator understands, and a GET for every object that has one', async () => {
    await send([]);
    const translations = received.map(({ body }) => translate(body));
    expect(translations.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(translations.map(({ version }) => version).sort()).toEqual(
      sampleKinds.map(({ version }) => (version === 'sns' ? 'unknown' : version)).sort(),
    );
    expect(new Set(translations.flatMap(({ fetch }) => fetch?.sdkMethod ?? []))).toEqual(
      new Set(Object.values(notifiedObjects).map(({ sdkMethod }) => sdkMethod)),
    );
  });

  it('--type, --version, --object-id, --count and --concurrency do what they say', async () => {
    const id = 'S01-7654321-7654321-C000009';
    await send([
      '--type',
      'paymentcapture',
      '--type',
      'CHARGE',
      '--object-id',
      id,
      '--count',
      '30',
      '--concurrency',
      '3',
    ]);
    expect(received.map(({ body }) => translate(body).fetch?.argument)).toEqual(Array.from({ length: 60 }, () => id));
    expect(new Set(received.map(({ headers }) => headers['x-amz-sns-message-id'])).size).toBe(60);
    expect(most).toBeLessThanOrEqual(3);
    received = [];
    await send(['--version', 'v2']);
    expect(new Set(received.map(({ body }) => translate(body).version))).toEqual(new Set(['v2']));
  });

  it('--key signs with a key that stays', async () => {
    const cwd = createFolder();
    const { generateKeyPairSync } = await import('node:crypto');
    const { writeFileSync } = await import('node:fs');
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    writeFileSync(join(cwd, 'sns.key'), privateKey);
    await send(['--key', 'sns.key', '--certificate', 'sns.pem', '--type', 'CHARGE'], cwd);
    await send(['--key', 'sns.key', '--type', 'CHARGE'], cwd);
    const certificate = readCertificate(readFileSync(join(cwd, 'sns.pem'), 'utf8'));
    for (const { body } of received) checkSignature(readEnvelope(body), certificate);
    expect(received).toHaveLength(2);
  });

  it('an answer that loses a genuine message is said, and is exit code 3; a redirect is not followed', async () => {
    for (const [answer, said] of [
      [400, 'never send it again'],
      [500, 'send it again'],
      [302, 'send it again'],
    ] as const) {
      status = answer;
      const { code, stdout } = await send(['--type', 'CHARGE']);
      expect({ code, isSaid: stdout.includes(said) }).toEqual({ code: 3, isSaid: true });
    }
    const { code } = await send(['--type', 'CHARGE', '--forge', 'bad-signature']);
    expect(code).toBe(0);
  });
});

describe('--forge', () => {
  it('all: every message is refused by the verifier or the translator, or is one that Amazon may send', async () => {
    const cwd = createFolder();
    const { code } = await send(['--forge', 'all', '--certificate', 'sns.pem', '--concurrency', '1'], cwd);
    expect(code).toBe(0);
    expect(received).toHaveLength(2 * Object.keys(forgeries).length);
    const certificate = readCertificate(readFileSync(join(cwd, 'sns.pem'), 'utf8'));
    const judge = (body: string): string => {
      try {
        const envelope = readEnvelope(body);
        checkOrigin(envelope, { topics: [TOPIC], now: new Date() });
        checkSignature(envelope, certificate);
      } catch {
        return 'not verified';
      }
      const { fetch, error } = translate(body);
      return error === undefined ? (fetch === null ? 'nothing to do' : 'GET') : 'not understood';
    };
    const judged = Object.keys(forgeries).map((name, index) => {
      const [v1, v2] = [received[index], received[index + Object.keys(forgeries).length]].map((one) =>
        judge(one?.body ?? ''),
      );
      return `${name}: ${v1}, ${v2}`;
    });
    expect(judged).toEqual([
      'unsigned: not verified, not verified',
      'bad-signature: not verified, not verified',
      'foreign-key: not verified, not verified',
      'foreign-certificate-host: not verified, not verified',
      'certificate-query: not verified, not verified',
      'foreign-topic: not verified, not verified',
      'tampered-message: not verified, not verified',
      'shifted-fields: not verified, not verified',
      'stale: not verified, not verified',
      'wrong-object-id: not understood, not understood',
      'path-in-id: not understood, not understood',
      'id-is-object: not understood, not understood',
      'both-versions: not understood, not understood',
      'two-ids: not understood, not understood',
      'entity-bomb: not understood, not understood',
      'external-entity: not understood, not understood',
      'deep-xml: not understood, not understood',
      'deep-json: not verified, not verified',
      'prototype: not understood, not understood',
      'oversized: not verified, not verified',
      'not-json: not verified, not verified',
      'empty: not verified, not verified',
      'unknown-object: nothing to do, nothing to do',
      'missing-object: GET, GET',
    ]);
  });
});

describe('wrong usage', () => {
  it.each([
    [['--type', 'PaymentCaptur'], 'Did you mean PaymentCapture?'],
    [['--forge', 'bad-signatur'], 'Did you mean bad-signature?'],
    [['--count', '0'], '--count is a number from 1'],
    [['--concurrency', '100'], '--concurrency is a number from 1 to 64'],
    [['--version', 'v3'], 'Choose one of'],
    [['--key', 'none.key'], 'no private RSA key'],
    [['--certificate', 'no/such/sns.pem'], 'no folder'],
  ])('%j', async (args, said) => {
    const { code, stdout, stderr } = await send(args);
    expect({ code, stdout, isSaid: stderr.includes(said) }).toEqual({ code: 2, stdout: '', isSaid: true });
    expect(received).toEqual([]);
  });

  it.each([
    'https://sns.us-east-1.amazonaws.com/',
    'https://SNS.us-east-1.AMAZONAWS.com./',
    'https://pay-api.amazon.eu/v2/charges',
    'https://mws.amazonservices.com/',
    'https://www.amazon.co.jp/',
    'https://static-eu.payments-amazon.com/checkout.js',
    'ftp://localhost/ipn',
    'http://user:secret@localhost/',
    'localhost:3000/ipn',
    'nonsense',
  ])('nothing is sent to %s', (target) => {
    expect(() => readTarget(target)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it.each([
    'http://localhost:3000/ipn',
    'https://shop.example/amazon',
    'http://[::1]:80/',
    'https://notamazon.example/',
  ])('%s is taken', (target) => {
    expect(readTarget(target).href).toBe(new URL(target).href);
  });
});
