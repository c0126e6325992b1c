import { createSnsVerifier, type SnsVerifier } from '../../../src/amazon-pay/sns-verifier';
import { selfSignedCertificate } from '../../../src/amazon-pay/certificates';
import { judge } from '../../../src/proxy/receive/judge';
import { makeArrival } from '../../../src/proxy/receive/make-arrival';
import type { SnsEnvelope } from '../../../transforms/sns/read-envelope';
import {
  HOST,
  makeKey,
  startCertificateServer,
  validity,
  type CertificateServer,
} from '../../amazon-pay/certificate-server';
import { certificateOf, envelope, TOPIC } from './messages';

type Change = (message: Record<string, unknown>) => void;
const nothing: Change = () => undefined;
const set =
  (own: Readonly<Record<string, unknown>>): Change =>
  (message) =>
    void Object.assign(message, own);
const rename =
  (from: string, to: string): Change =>
  (message) => {
    message[to] = message[from];
    delete message[from];
  };

const DAY = 86_400_000;
const at = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

/** What may be new or wrong about a genuine message, by what it is about; each may meet each of the others. */
const signed: Readonly<Record<string, readonly Partial<SnsEnvelope>[]>> = {
  version: [{}, { SignatureVersion: '2' }, { SignatureVersion: '3' }],
  topic: [{}, { TopicArn: `${TOPIC}2` }, { TopicArn: 'arn:aws-new:sns:mars-1:291180941288:x' }],
  age: [{}, { Timestamp: at(-20) }, { Timestamp: at(1) }],
  certificate: [
    {},
    { SigningCertURL: `https://${HOST}/unavailable.pem` },
    { SigningCertURL: `https://${HOST}/other-name.pem` },
    { SigningCertURL: 'https://sns.eu-west-1.api.aws/v2/x.pem' },
    { SigningCertURL: `https://${HOST}/?Action=x&z=.pem` },
  ],
};
const afterwards: Readonly<Record<string, readonly Change[]>> = {
  field: [
    nothing,
    set({ Priority: 'high' }),
    set({ MessageId: 'x' }),
    set({ Timestamp: '2026-01-01T00:00:00+01:00' }),
    set({ TopicArn: 'urn:aws:sns:new' }),
    set({ TopicArn: 'a\0b' }),
    set({ Message: ['a list'] }),
    set({ SignatureVersion: 'v4' }),
    set({ Signature: undefined }),
    rename('Signature', 'Signatures'),
    rename('SigningCertURL', 'Certificate'),
    rename('SigningCertURL', 'SigningCertUrl'),
  ],
  type: [nothing, set({ Type: 'DeliveryReceipt' }), rename('Type', 'Kind')],
};

/** One of each. */
const combine = <T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  choices.reduce<readonly (readonly T[])[]>(
    (found, these) => found.flatMap((some) => these.map((one) => [...some, one])),
    [[]],
  );

describe('a message with any number of surprises at once', () => {
  let amazon: CertificateServer;
  let verifier: SnsVerifier;
  beforeAll(async () => {
    amazon = await startCertificateServer();
    const [certificate, other] = await Promise.all([
      certificateOf(),
      selfSignedCertificate(makeKey(), { commonName: 'notify.amazonaws.com', ...validity }),
    ]);
    amazon.answer = ({ url = '' }, response) => {
      if (url === '/unavailable.pem') response.writeHead(503).end();
      else response.end(url === '/other-name.pem' ? other : certificate);
    };
    verifier = createSnsVerifier({ topics: [TOPIC], agent: amazon.agent });
    await verifier.verify(envelope());
  });
  afterAll(() => amazon.close());

  const originals = combine(Object.values(signed)).map((own) => envelope(Object.assign({}, ...own)));
  const changes = combine(Object.values(afterwards));
  const bodies = function* (): Generator<Buffer> {
    for (const original of originals)
      for (const each of changes) {
        const message: Record<string, unknown> = { ...original };
        for (const change of each) change(message);
        yield Buffer.from(JSON.stringify(message));
      }
  };

  test('is taken and kept, or verified, and never refused', async () => {
    const outcomes: Record<string, number> = {};
    for (const body of bodies()) {
      const judgement = await judge(body, verifier, []);
      const arrival = makeArrival(body, {}, judgement, false);
      outcomes[judgement.outcome] = (outcomes[judgement.outcome] ?? 0) + 1;
      if (arrival === null) throw new Error(`${JSON.stringify(judgement)} ${body}`);
      // Every store keeps it.
      expect(arrival.topicArn).toMatch(/^[!-~]{0,512}$/);
    }
    // Versions 1 and 2, with a field more, or with the other spelling of the address of the certificate.
    expect(outcomes['verified']).toBe(6);
    expect(Object.keys(outcomes).sort()).toEqual(['pending', 'verified']);
  }, 60_000);

  test.each([
    'http://sns.eu-west-1.amazonaws.com/x.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example/x.pem',
    'https://169.254.169.254/x.pem',
  ])('is refused with a certificate at %s, whatever else is new about it', async (url) => {
    for (const each of changes) {
      const message: Record<string, unknown> = { ...envelope(), SigningCertURL: url };
      for (const change of each) change(message);
      if (message['Certificate'] !== undefined) continue;
      const judgement = await judge(Buffer.from(JSON.stringify(message)), verifier, []);
      expect(judgement.outcome).toBe('refused');
    }
  });

  test('is refused when a version that is known does not fit', async () => {
    const message = { ...envelope({ SignatureVersion: '2' }), Message: '{}', Priority: 'high' };
    const judgement = await judge(Buffer.from(JSON.stringify(message)), verifier, []);
    expect(judgement).toMatchObject({ outcome: 'refused', reason: 'signature' });
  });
});
