import { EventEmitter } from 'node:events';
import { checkOrigin } from '../../../transforms/sns/check-origin';
import { checkSignature, readCertificate } from '../../../transforms/sns/check-signature';
import { readEnvelope, type SnsEnvelope } from '../../../transforms/sns/read-envelope';
import { signEnvelope } from '../../../transforms/sns/sign-envelope';
import { selfSignedCertificate } from '../../../src/amazon-pay/certificates';
import { HOST, makeKey, validity } from '../../amazon-pay/certificate-server';
import { makeProject } from '../../stand-in/project';
import { emit } from './emit';

/**
 * The emitted file checks what the legacy client checked, and both signature versions. The library checks that and more:
 * whatever it takes, the emitted file must take; whatever the emitted file takes beyond that is listed here.
 */
interface Emitted {
  verifyMessage(body: unknown): Promise<object>;
}

const key = makeKey();
let certificate: string;
beforeAll(async () => {
  certificate = await selfSignedCertificate(key, { commonName: 'sns.amazonaws.com', ...validity });
});
const TOPIC = 'arn:aws:sns:eu-west-1:291180941288:A1G8446IYHA4MRA2TEAPOTS';

const source = emit(['verifyMessage']).replace("require('node:https')", "require('./https.cjs')");
const project = makeProject({
  'amazon-pay-v2.js': source,
  'https.cjs': 'exports.get = (...args) => globalThis.answerCertificate(...args);',
});
(globalThis as Record<string, unknown>)['answerCertificate'] = (
  _: string,
  __: object,
  respond: (response: unknown) => void,
): EventEmitter => {
  const response = Object.assign(new EventEmitter(), { statusCode: 200, setEncoding: () => response });
  queueMicrotask(() => {
    respond(response);
    response.emit('data', certificate);
    response.emit('end');
  });
  return Object.assign(new EventEmitter(), { destroy: () => {} });
};
const emitted = require(`${project.directory}/amazon-pay-v2.js`) as Emitted;
afterAll(() => project.remove());

function byLibrary(input: unknown): boolean {
  try {
    const envelope = readEnvelope(input);
    checkOrigin(envelope, { topics: [TOPIC], now: new Date() });
    checkSignature(envelope, readCertificate(certificate));
    return true;
  } catch {
    return false;
  }
}
const byHelper = (input: unknown): Promise<boolean> =>
  emitted.verifyMessage(input).then(
    () => true,
    () => false,
  );

const base: Omit<SnsEnvelope, 'Signature'> = {
  Type: 'Notification',
  MessageId: '0f0e0d0c-0000-4000-8000-000000000001',
  TopicArn: TOPIC,
  Message: '{"NotificationVersion":"V2"}',
  Timestamp: new Date().toISOString(),
  SignatureVersion: '1',
  SigningCertURL: `https://${HOST}/SimpleNotificationService-0123.pem`,
};
const sign = (own: Partial<typeof base> = {}): SnsEnvelope => signEnvelope({ ...base, ...own }, key);
const control = { SubscribeURL: `https://${HOST}/?Action=ConfirmSubscription`, Token: 't0k3n' };
const withUrl = (SigningCertURL: string): object => ({ ...sign(), SigningCertURL });

test('the stand-in for https was taken up', () => expect(source).toContain("require('./https.cjs')"));

test.each<[string, unknown]>([
  ['version 1', sign()],
  ['version 2', sign({ SignatureVersion: '2' })],
  ['a Subject', sign({ Subject: 'S' })],
  ['a SubscriptionConfirmation', sign({ ...control, Type: 'SubscriptionConfirmation' })],
  ['an UnsubscribeConfirmation', sign({ ...control, Type: 'UnsubscribeConfirmation' })],
  ['text', JSON.stringify(sign())],
])('both take %s', async (_, input) => {
  expect({ library: byLibrary(input), helper: await byHelper(input) }).toEqual({ library: true, helper: true });
});

test.each<[string, unknown]>([
  ['another message', { ...sign(), Message: 'x' }],
  ['another Subject', { ...sign({ Subject: 'S' }), Subject: 'T' }],
  ['a Subject that was added', { ...sign(), Subject: 'S' }],
  ['another token', { ...sign({ ...control, Type: 'UnsubscribeConfirmation' }), Token: 'x' }],
  ['version 1 said to be 2', { ...sign(), SignatureVersion: '2' }],
  ['version 3', sign({ SignatureVersion: '3' })],
  ['the key of a stranger', signEnvelope(base, makeKey())],
  ['no signature', { ...sign(), Signature: undefined }],
  ['a list for the message', { ...sign(), Message: [base.Message] }],
  ['raw delivery', { NotificationVersion: 'V2' }],
  ['a foreign host', withUrl('https://evil.example/x.pem')],
  ['http', withUrl(`http://${HOST}/x.pem`)],
  ['a host that only begins so', withUrl('https://sns.eu-west-1.amazonaws.com.evil.example/x.pem')],
  ['a query', withUrl(`https://${HOST}/?Action=x&z=.pem`)],
  ['a user', withUrl(`https://${HOST}@evil.example/x.pem`)],
  ['another ending', withUrl(`https://${HOST}/x.exe`)],
])('both refuse %s', async (_, input) => {
  expect({ library: byLibrary(input), helper: await byHelper(input) }).toEqual({ library: false, helper: false });
});

const shift = ({ Subject, ...rest }: SnsEnvelope): object => ({
  ...rest,
  MessageId: `${rest.MessageId}\nSubject\n${Subject}`,
});

test.each<[string, unknown]>([
  ['the topic of someone else', sign({ TopicArn: 'arn:aws:sns:eu-west-1:666666666666:Mine' })],
  ['a message of last month', sign({ Timestamp: new Date(Date.now() - 30 * 86_400_000).toISOString() })],
  ['fields that swallowed others', shift(sign({ Subject: 'S' }))],
  ['a certificate of another region', withUrl('https://sns.us-east-1.amazonaws.com/x.pem')],
  ['dots in the path', withUrl(`https://${HOST}/evil/../x.pem`)],
])('only the library refuses %s', async (_, input) => {
  expect({ library: byLibrary(input), helper: await byHelper(input) }).toEqual({ library: false, helper: true });
});

test('both take the spelling of AWS Lambda', async () => {
  const { SigningCertURL: SigningCertUrl, ...rest } = sign();
  const input = { ...rest, SigningCertUrl };
  expect({ library: byLibrary(input), helper: await byHelper(input) }).toEqual({ library: true, helper: true });
});
