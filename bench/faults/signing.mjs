/** A key of SNS of one's own: messages that Amazon might have sent, and does not when one wants it to. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Makes a key whose certificate the host of Amazon publishes from now on. */
export async function createSigner(scenario) {
  const { selfSignedCertificate } = require('../../dist/src/amazon-pay/certificates.js');
  const { signEnvelope } = require('../../dist/transforms/sns/sign-envelope.js');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const day = 86_400_000;
  const validity = { validFrom: new Date(Date.now() - 60 * day), validTo: new Date(Date.now() + 60 * day) };
  const certificate = await selfSignedCertificate(privateKey, { commonName: 'sns.amazonaws.com', ...validity });
  const path = `/SimpleNotificationService-${randomBytes(16).toString('hex')}.pem`;
  await scenario.amazon.ask('addCertificate', { path, certificate });
  const SigningCertURL = `https://sns.us-east-1.amazonaws.com${path}`;
  return (body, change = {}) => {
    const { UnsubscribeURL, ...envelope } = JSON.parse(body);
    const signed = signEnvelope({ ...envelope, SigningCertURL, ...change }, privateKey);
    return JSON.stringify({ ...signed, UnsubscribeURL });
  };
}

/** An envelope that is not signed yet, about an order of nobody. */
export function makeEnvelope(scenario, number, change = {}) {
  const order = `P01-9999999-${String(number).padStart(7, '0')}`;
  const message = {
    ...{ MerchantID: 'A2', ChargePermissionId: order, ObjectType: 'CHARGE', ObjectId: `${order}-C000001` },
    ...{ NotificationType: 'STATE_CHANGE', NotificationId: `n-${number}`, NotificationVersion: 'V2' },
  };
  return JSON.stringify({
    Type: 'Notification',
    MessageId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    TopicArn: scenario.facts.topicArn,
    Message: JSON.stringify(message),
    Timestamp: new Date().toISOString(),
    SignatureVersion: '1',
    ...change,
  });
}

/** What makes of a message another, which tells the same. */
export function renew(body, number) {
  const text = String(number).padStart(12, '0');
  const message = JSON.parse(JSON.parse(body).Message);
  for (const name of ['NotificationId', 'NotificationReferenceId'])
    if (message[name] !== undefined) message[name] = `33333333-0000-4000-8000-${text}`;
  return { MessageId: `22222222-0000-4000-8000-${text}`, Message: JSON.stringify(message) };
}
