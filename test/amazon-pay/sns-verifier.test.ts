import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../../src/amazon-pay/certificates';
import { createSnsVerifier, type SnsVerifier, type VerifiedMessage } from '../../src/amazon-pay/sns-verifier';
import type { SnsEnvelope } from '../../transforms/sns/read-envelope';
import { signEnvelope } from '../../transforms/sns/sign-envelope';
import { SnsVerificationError } from '../../transforms/sns/sns-error';
import { HOST, makeKey, startCertificateServer, validity, type CertificateServer } from './certificate-server';

const key = makeKey();
const stranger = makeKey();
let certificate: string;
beforeAll(async () => {
  certificate = await selfSignedCertificate(key, { commonName: 'sns.amazonaws.com', ...validity });
});
const TOPIC = 'arn:aws:sns:eu-west-1:291180941288:A1G8446IYHA4MRA2TEAPOTS';
const FILE = 'SimpleNotificationService-0123456789abcdef0123456789abcdef.pem';
const DAY = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

type Unsigned = Omit<SnsEnvelope, 'Signature'>;
const unsigned: Unsigned = {
  Type: 'Notification',
  MessageId: '0f0e0d0c-0000-4000-8000-000000000001',
  TopicArn: TOPIC,
  Message: '{"NotificationVersion":"V2"}\nwith a second line and ü',
  Timestamp: new Date().toISOString(),
  SignatureVersion: '1',
  SigningCertURL: `https://${HOST}/${FILE}`,
};
const confirmation: Unsigned = {
  ...unsigned,
  Type: 'SubscriptionConfirmation',
  SubscribeURL: `https://${HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=t0k3n`,
  Token: 't0k3n',
};
const sign = (own: Partial<Unsigned> = {}, from: Unsigned = unsigned): SnsEnvelope =>
  signEnvelope({ ...from, ...own }, key);

let server: CertificateServer;
let verifier: SnsVerifier;
beforeAll(async () => (server = await startCertificateServer()));
afterAll(() => server.close());
beforeEach(() => {
  (server.requests as string[]).length = 0;
  server.answer = (_, response) => void response.end(certificate);
  verifier = createSnsVerifier({ topics: [TOPIC], agent: server.agent, timeoutMs: 2000 });
});

const refusal = async (promise: Promise<unknown>): Promise<SnsVerificationError> => {
  const error = await promise.then(
    () => new Error('it was accepted'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SnsVerificationError)) throw error;
  return error;
};

describe('what Amazon SNS signed', () => {
  const genuine: readonly (readonly [string, object | string | Buffer])[] = [
    ['signature version 1', sign()],
    ['signature version 2', sign({ SignatureVersion: '2' })],
    ['a Subject', sign({ Subject: 'About a payment' })],
    ['a SubscriptionConfirmation', sign({}, confirmation)],
    [
      'an UnsubscribeConfirmation, version 2',
      sign({ Type: 'UnsubscribeConfirmation', SignatureVersion: '2' }, confirmation),
    ],
    ['a message of almost a day ago', sign({ Timestamp: ago(0.9) })],
    ['text', JSON.stringify(sign())],
    ['bytes', Buffer.from(JSON.stringify(sign()))],
    ['the event of a Lambda function', lambda(sign())],
    ['its SubscribeUrl', lambda(sign({}, confirmation))],
    ['fields that are not signed', { ...sign(), UnsubscribeURL: 'https://example.com', ObjectId: 'x' }],
  ];
  test.each(genuine)('%s', async (_, input) => {
    const message = await verifier.verify(input);
    expect(message.Message).toBe(unsigned.Message);
    expect(message).not.toHaveProperty('ObjectId');
    expect(message).not.toHaveProperty('UnsubscribeURL');
  });
});

function lambda({ SigningCertURL, SubscribeURL, ...rest }: SnsEnvelope): object {
  const own = SubscribeURL === undefined ? {} : { SubscribeUrl: SubscribeURL };
  const Sns = { Subject: null, ...rest, ...own, SigningCertUrl: SigningCertURL, UnsubscribeUrl: 'https://x' };
  return { Records: [{ EventSource: 'aws:sns', Sns }] };
}

/** A signature that fits, on fields that were moved into one another: `{Subject: s}` became a part of another field. */
const shifted = (): object => {
  const { Subject, ...rest } = sign({ Subject: 'S' });
  return { ...rest, MessageId: `${rest.MessageId}\nSubject\n${Subject}` };
};
const withUrl = (SigningCertURL: string): object => ({ ...sign(), SigningCertURL });
const without = (name: string): object => ({ ...sign({}, confirmation), [name]: undefined });

describe('what is refused before any request', () => {
  test.each<[string, unknown, string, string]>([
    ['no JSON', 'hello', 'unreadable', ''],
    [
      'a doubled name',
      JSON.stringify(sign()).replace('"TopicArn"', '"TopicArn":"x","TopicArn"'),
      'unreadable',
      'TopicArn',
    ],
    ['__proto__', `{"__proto__":{},${JSON.stringify(sign()).slice(1)}`, 'unreadable', ''],
    ['raw delivery', { NotificationVersion: 'V2', ObjectType: 'CHARGE' }, 'no-envelope', ''],
    ['two records', { Records: [{ Sns: sign() }, { Sns: sign() }] }, 'no-envelope', 'Records'],
    ['no Type', { ...sign(), Type: undefined }, 'missing-field', 'Type'],
    ['another Type', { ...sign(), Type: 'notification' }, 'unknown-type', 'Type'],
    ...[
      'MessageId',
      'TopicArn',
      'Message',
      'Timestamp',
      'SubscribeURL',
      'Token',
      'SignatureVersion',
      'Signature',
      'SigningCertURL',
    ].map((name): [string, unknown, string, string] => [`no ${name}`, without(name), 'missing-field', name]),
    ['fields that swallowed others', shifted(), 'field-form', 'MessageId'],
    ['a list for the message', { ...sign(), Message: [unsigned.Message] }, 'field-form', 'Message'],
    ['a list for the id', { ...sign(), MessageId: [unsigned.MessageId] }, 'field-form', 'MessageId'],
    ['a line break in the Subject', sign({ Subject: 'a\nTimestamp\nb' }), 'field-form', 'Subject'],
    ['a line break behind the timestamp', sign({ Timestamp: `${unsigned.Timestamp}\n` }), 'field-form', 'Timestamp'],
    ['an id that is no UUID', sign({ MessageId: '1' }), 'field-form', 'MessageId'],
    ['two addresses', { ...sign(), SigningCertUrl: 'https://x' }, 'field-form', 'SigningCertURL'],
    ['signature version 3', sign({ SignatureVersion: '3' }), 'signature-version', 'SignatureVersion'],
    ['a number for the version', { ...sign(), SignatureVersion: 1 }, 'field-form', 'SignatureVersion'],
    ['the topic of someone else', sign({ TopicArn: 'arn:aws:sns:eu-west-1:666666666666:Mine' }), 'topic', 'TopicArn'],
    ['a topic that begins like ours', sign({ TopicArn: `${TOPIC}2` }), 'topic', 'TopicArn'],
    ['ten years ago', sign({ Timestamp: ago(3650) }), 'timestamp', 'Timestamp'],
    ['16 days ago', sign({ Timestamp: ago(16) }), 'timestamp', 'Timestamp'],
    ['tomorrow', sign({ Timestamp: ago(-1) }), 'timestamp', 'Timestamp'],
    ['no date', sign({ Timestamp: '2024-99-99T00:00:00Z' }), 'timestamp', 'Timestamp'],
    ...[
      `http://${HOST}/${FILE}`,
      `https://${HOST}.com/${FILE}`,
      `https://sns.eu-west-1.amazonaws.com.evil.example/${FILE}`,
      `https://evil.example/${HOST}/${FILE}`,
      `https://evil.example/?https://${HOST}/${FILE}`,
      `https://${HOST}@evil.example/${FILE}`,
      `https://user@${HOST}/${FILE}`,
      `https://${HOST}:8443/${FILE}`,
      `https://${HOST}./${FILE}`,
      `https://xsns.eu-west-1.amazonaws.com/${FILE}`,
      `https://sni.eu-west-1.amazonaws.com/${FILE}`,
      `https://sns.us.amazonaws.com/${FILE}`,
      `https://sns.eu-west-1.amazonaws.com.cn/${FILE}`,
      `https://sns.us-east-1.amazonaws.com/${FILE}`,
      `https://sns.nowhere-9.amazonaws.com/${FILE}`,
      `https://bucket.s3.amazonaws.com/${FILE}`,
      `https://sns.eu-west-1.s3.amazonaws.com/${FILE}`,
      `https://${HOST}/?Action=GetTopicAttributes&z=.pem`,
      `https://${HOST}/${FILE}?x`,
      `https://${HOST}/${FILE}#.pem`,
      `https://${HOST}/evil/../${FILE}`,
      `https://${HOST}/%2e%2e/${FILE}`,
      `https://${HOST}//evil.example/${FILE}`,
      `https://${HOST}/evil.exe`,
      `https://${HOST}/.pem`,
      `https://${HOST}\\@evil.example/${FILE}`,
      `https://${HOST}/a\tb.pem`,
      `https://${HOST}/${FILE}\n`,
      ` https://${HOST}/${FILE}`,
      `https://snѕ.eu-west-1.amazonaws.com/${FILE}`,
      `https://[::1]/${FILE}`,
      `https://169.254.169.254/${FILE}`,
      `https://127.0.0.1/${FILE}`,
      'file:///etc/ssl/cert.pem',
      '//evil.example/x.pem',
    ].map((url): [string, unknown, string, string] => [
      JSON.stringify(url),
      withUrl(url),
      'certificate-url|field-form',
      'SigningCertURL',
    ]),
  ])('%s', async (_, input, code, at) => {
    const error = await refusal(verifier.verify(input));
    expect(code.split('|')).toContain(error.code);
    expect({ at: error.at, retryable: error.retryable }).toEqual({ at, retryable: false });
    expect(server.requests).toEqual([]);
  });
});

describe('what the signature does not fit', () => {
  test.each<[string, object]>([
    ['another message', { ...sign(), Message: 'other' }],
    ['another id', { ...sign(), MessageId: '0f0e0d0c-0000-4000-8000-000000000002' }],
    ['another time', { ...sign(), Timestamp: new Date(0 + Date.now() - 1000).toISOString() }],
    ['a Subject that was added', { ...sign(), Subject: 'added' }],
    ['a Subject that was taken away', { ...sign({ Subject: 'S' }), Subject: undefined }],
    ['another token', { ...sign({}, confirmation), Token: 'other' }],
    ['a confirmation as notification', { ...sign({}, confirmation), Type: 'Notification' }],
    ['version 1 said to be 2', { ...sign(), SignatureVersion: '2' }],
    ['the key of a stranger', signEnvelope(unsigned, stranger)],
    ['no signature at all', { ...sign(), Signature: 'AAAA' }],
  ])('%s', async (_, input) => {
    expect(await refusal(verifier.verify(input))).toMatchObject({ code: 'signature', at: 'Signature' });
  });

  test.each<[string, string | Promise<string>, string]>([
    [
      'in the name of someone else',
      selfSignedCertificate(key, { commonName: 'evil.example', ...validity }),
      'certificate',
    ],
    [
      'in a name that begins like it',
      selfSignedCertificate(key, { commonName: 'sns.amazonaws.com.evil', ...validity }),
      'certificate',
    ],
    [
      'that has expired',
      selfSignedCertificate(key, {
        ...validity,
        commonName: 'sns.amazonaws.com',
        validTo: new Date(Date.now() - 1000),
      }),
      'certificate',
    ],
    ['that is an error page', '<html>Service Unavailable</html>', 'certificate-unavailable'],
    ['that is a key', 'nothing', 'certificate-unavailable'],
  ])('a certificate %s', async (_, made, code) => {
    const pem = await made;
    server.answer = (_request, response) => void response.end(pem);
    expect((await refusal(verifier.verify(sign()))).code).toBe(code);
  });
});

describe('the request for the certificate', () => {
  test('is made once, however many messages come at the same time', async () => {
    await Promise.all(Array.from({ length: 50 }, () => verifier.verify(sign())));
    await verifier.verify(sign({ SignatureVersion: '2' }));
    expect(server.requests).toEqual([`${HOST}/${FILE}`]);
  });

  test('follows no redirect', async () => {
    let trapped = 0;
    const trap = createServer((_, response) => void response.end(String((trapped += 1))));
    await new Promise<void>((listening) => trap.listen(0, '127.0.0.1', listening));
    const { port } = trap.address() as AddressInfo;
    server.answer = (_, response) => void response.writeHead(302, { location: `http://127.0.0.1:${port}/x.pem` }).end();
    const error = await refusal(verifier.verify(sign()));
    expect({ code: error.code, retryable: error.retryable, trapped }).toEqual({
      code: 'certificate-unavailable',
      retryable: true,
      trapped: 0,
    });
    trap.close();
  });

  test('takes no more than a certificate needs', async () => {
    server.answer = (_, response) => void response.end('x'.repeat(1024 * 1024));
    expect((await refusal(verifier.verify(sign()))).message).toMatch(/more than 16384 bytes/);
  });

  test.each([
    ['nothing', (): void => {}],
    [
      'a byte now and then',
      (_: unknown, response: ServerResponse): void => {
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('ends in time when %s comes', async (_, answer) => {
    server.answer = answer;
    const impatient = createSnsVerifier({ topics: [TOPIC], agent: server.agent, timeoutMs: 200 });
    expect(await refusal(impatient.verify(sign()))).toMatchObject({ code: 'certificate-unavailable', retryable: true });
  });

  test('is tried again after a failure, but not at once', async () => {
    let now = Date.now();
    const clocked = createSnsVerifier({ topics: [TOPIC], agent: server.agent, now: () => new Date(now) });
    server.answer = (_, response) => void response.writeHead(503).end('<html>');
    expect((await refusal(clocked.verify(sign()))).retryable).toBe(true);
    server.answer = (_, response) => void response.end(certificate);
    expect((await refusal(clocked.verify(sign()))).retryable).toBe(true);
    expect(server.requests).toHaveLength(1);
    now += 31_000;
    await clocked.verify(sign());
    expect(server.requests).toHaveLength(2);
  });

  test('is tried again after a failure when the clock was set back meanwhile', async () => {
    let now = Date.now();
    const clocked = createSnsVerifier({ topics: [TOPIC], agent: server.agent, now: () => new Date(now) });
    server.answer = (_, response) => void response.writeHead(503).end('<html>');
    await refusal(clocked.verify(sign()));
    server.answer = (_, response) => void response.end(certificate);
    now -= 1_800_000;
    await clocked.verify(sign());
    expect(server.requests).toHaveLength(2);
  });

  test('is not made for every address that a forger thinks of, and genuine messages still pass', async () => {
    await verifier.verify(sign());
    server.answer = (_, response) => void response.writeHead(404).end();
    for (let index = 0; index < 200; index += 1)
      await refusal(verifier.verify(withUrl(`https://${HOST}/SimpleNotificationService-${index}.pem`)));
    expect(server.requests.length).toBeLessThanOrEqual(20);
    await verifier.verify(sign());
  });
});

describe('confirmations', () => {
  test('nothing is visited unasked', async () => {
    await verifier.verify(sign({}, confirmation));
    expect(server.requests).toEqual([`${HOST}/${FILE}`]);
  });

  test.each(['SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const)(
    'a %s is confirmed when told to, at an address made from what is signed',
    async (Type) => {
      const message = await verifier.verify(sign({ Type, SubscribeURL: 'https://evil.example/x' }, confirmation));
      await verifier.confirm(message);
      expect(server.requests.at(-1)).toBe(
        `${HOST}/?Action=ConfirmSubscription&TopicArn=${encodeURIComponent(TOPIC)}&Token=t0k3n`,
      );
    },
  );

  test('what was not verified, or confirms nothing, is not', async () => {
    const forged = { ...sign({}, confirmation) } as unknown as VerifiedMessage;
    expect(await refusal(verifier.confirm(forged))).toMatchObject({ code: 'confirmation' });
    const message = await verifier.verify(sign());
    expect(await refusal(verifier.confirm(message))).toMatchObject({ code: 'confirmation', at: 'Type' });
    expect(server.requests).toHaveLength(1);
  });

  test('that Amazon refused is said', async () => {
    const message = await verifier.verify(sign({}, confirmation));
    server.answer = (_, response) => void response.writeHead(403).end();
    expect((await refusal(verifier.confirm(message))).message).toMatch(/403/);
  });
});
