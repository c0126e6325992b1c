import { randomUUID } from 'node:crypto';
import { selfSignedCertificate } from '../../../src/amazon-pay/certificates';
import type { SnsEnvelope } from '../../../transforms/sns/read-envelope';
import { signEnvelope } from '../../../transforms/sns/sign-envelope';
import { HOST, makeKey } from '../../amazon-pay/certificate-server';

export const TOPIC = 'arn:aws:sns:eu-west-1:291180941288:A1G8446IYHA4MRA2TEAPOTS';
export const CERTIFICATE_URL = `https://${HOST}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`;
export const ORDER = 'P02-1112223-3334445';

const key = makeKey();
const DAY = 86_400_000;
const validity = { validFrom: new Date(Date.now() - 60 * DAY), validTo: new Date(Date.now() + 60 * DAY) };
let certificate: Promise<string> | undefined;
/** Of the key that messages are signed with. */
export const certificateOf = (): Promise<string> =>
  (certificate ??= selfSignedCertificate(key, { commonName: 'sns.amazonaws.com', ...validity }));

export const v2Message = (own: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    MerchantID: 'A2TEAPOTS',
    ChargePermissionId: ORDER,
    ObjectType: 'CHARGE',
    ObjectId: `${ORDER}-C000111`,
    NotificationType: 'STATE_CHANGE',
    NotificationId: 'n-1',
    NotificationVersion: 'V2',
    ...own,
  });

const NAMESPACE = 'https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01';
export const captureXml = `<CaptureNotification xmlns="${NAMESPACE}"><CaptureDetails>
  <AmazonCaptureId>${ORDER}-C000111</AmazonCaptureId><CaptureReferenceId>ref1</CaptureReferenceId>
  <CaptureStatus><State>Completed</State></CaptureStatus></CaptureDetails></CaptureNotification>`;

export const v1Message = (own: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    NotificationReferenceId: 'r-1',
    NotificationType: 'PaymentCapture',
    SellerId: 'A2TEAPOTS',
    ReleaseEnvironment: 'Sandbox',
    Version: '2013-01-01',
    NotificationData: captureXml,
    ...own,
  });

/** An envelope as SNS signs it; `own` is signed too. */
export function envelope(own: Partial<Omit<SnsEnvelope, 'Signature'>> = {}): SnsEnvelope {
  return signEnvelope(
    {
      Type: 'Notification',
      MessageId: randomUUID(),
      TopicArn: TOPIC,
      Message: v2Message(),
      Timestamp: new Date().toISOString(),
      SignatureVersion: '1',
      SigningCertURL: CERTIFICATE_URL,
      ...own,
    },
    key,
  );
}

export const confirmationEnvelope = (type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation'): SnsEnvelope =>
  envelope({
    Type: type,
    Message: 'You have chosen to subscribe',
    Token: 't0k3n',
    SubscribeURL: `https://${HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=t0k3n`,
  });
