/** Messages as SNS signs them, and the host that publishes the certificate. */
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
export const TOPIC = 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2BENCH';
const HOST = 'sns.us-east-1.amazonaws.com';

/** A key, and the host that publishes its certificate. */
export async function startAmazon() {
  const { selfSignedCertificate } = require('../../dist/src/amazon-pay/certificates.js');
  const validity = { validFrom: new Date(Date.now() - 86_400_000), validTo: new Date(Date.now() + 86_400_000) };
  const make = async (commonName) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { privateKey, certificate: await selfSignedCertificate(privateKey, { commonName, ...validity }) };
  };
  const [host, signer] = [await make(HOST), await make('sns.amazonaws.com')];
  const server = createServer(
    { key: host.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: host.certificate },
    (_, response) => response.end(signer.certificate),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, signer, place: { port: server.address().port, certificate: host.certificate } };
}

let made = 0;
/** A message of an order of its own, signed as SNS signs it: v1 by SHA-1 and v2 by SHA-256, which is what Amazon sends. */
export function makeMessage(version, { privateKey }) {
  made += 1;
  const order = `P01-${String(1_000_000 + Math.floor(made / 1e7))}-${String(made % 1e7).padStart(7, '0')}`;
  const xml = `<?xml version="1.0" encoding="UTF-8"?><CaptureNotification xmlns="https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01"><CaptureDetails><AmazonCaptureId>${order}-C000111</AmazonCaptureId><CaptureReferenceId>reference-${made}</CaptureReferenceId><CaptureAmount><Amount>94.50</Amount><CurrencyCode>EUR</CurrencyCode></CaptureAmount><RefundedAmount><Amount>0.0</Amount><CurrencyCode>EUR</CurrencyCode></RefundedAmount><CaptureFee><Amount>0.0</Amount><CurrencyCode>EUR</CurrencyCode></CaptureFee><IdList/><CreationTimestamp>2024-01-02T03:04:05.006Z</CreationTimestamp><CaptureStatus><State>Completed</State><LastUpdateTimestamp>2024-01-02T03:04:05.006Z</LastUpdateTimestamp></CaptureStatus><SoftDescriptor>AMZ*Shop</SoftDescriptor></CaptureDetails></CaptureNotification>`;
  const message = JSON.stringify(
    version === 'v1'
      ? {
          NotificationReferenceId: randomUUID(),
          MarketplaceID: '136311',
          NotificationType: 'PaymentCapture',
          SellerId: 'A2BENCH',
          ReleaseEnvironment: 'Sandbox',
          Version: '2013-01-01',
          NotificationData: xml,
          Timestamp: new Date().toISOString(),
        }
      : {
          MerchantID: 'A2BENCH',
          ChargePermissionId: order,
          ObjectType: 'CHARGE',
          ObjectId: `${order}-C000111`,
          NotificationType: 'STATE_CHANGE',
          NotificationId: randomUUID(),
          NotificationVersion: 'V2',
        },
  );
  const [id, timestamp] = [randomUUID(), new Date().toISOString()];
  const signed = { Message: message, MessageId: id, Timestamp: timestamp, TopicArn: TOPIC, Type: 'Notification' };
  const text = Object.entries(signed)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join('');
  return JSON.stringify({
    ...signed,
    SignatureVersion: version === 'v1' ? '1' : '2',
    Signature: createSign(version === 'v1' ? 'RSA-SHA1' : 'RSA-SHA256')
      .update(text)
      .sign(privateKey, 'base64'),
    SigningCertURL: `https://${HOST}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`,
    UnsubscribeURL: `https://${HOST}/?Action=Unsubscribe&SubscriptionArn=${TOPIC}:0f0e0d0c-0000-4000-8000-000000000001`,
  });
}

/** Of both versions, in turns. */
export const makeAnyMessage = (signer) => makeMessage(made % 2 === 0 ? 'v1' : 'v2', signer);
