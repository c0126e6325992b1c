import { createSign, generateKeyPairSync } from 'node:crypto';
import { AUTHORIZATION_ID, BILLING_AGREEMENT_ID, CAPTURE_ID, ORDER_REFERENCE_ID, REFUND_ID } from '../../stand-in/ids';
import { makePrivateKey, makeProject } from '../../stand-in/project';
import { runScript, type Answer, type ScriptRun } from '../../stand-in/stand-in';
import { charge, chargePermission, refund, v2Error } from '../../stand-in/v2-answers';
import { emit } from './emit';

/** What a handler gets from the emitted file, with the real SDK above and a recording stand-in for Amazon below. */
const privateKey = makePrivateKey();
const DISPUTE_ID = `${ORDER_REFERENCE_ID}-B555555`;

const v2 = (ObjectType: string, ObjectId: string): Record<string, unknown> => ({
  MerchantID: 'A2SELLER',
  ChargePermissionId: ORDER_REFERENCE_ID,
  ObjectType,
  ObjectId,
  NotificationType: 'STATE_CHANGE',
  NotificationId: 'n-1',
  NotificationVersion: 'V2',
});

const NAMESPACE = 'xmlns="https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01"';

/** A legacy message; what its XML says besides the id must never be believed. */
const v1 = (NotificationType: string, element: string, id: string): object => ({
  NotificationReferenceId: 'n-1',
  NotificationType,
  SellerId: 'A2SELLER',
  ReleaseEnvironment: 'Live',
  Version: '2013-01-01',
  NotificationData: ` <?xml version="1.0"?><Root ${NAMESPACE}><${element}>${id}</${element}><State>Completed</State></Root>`,
});

const envelope = (message: object): object => ({ Type: 'Notification', Message: JSON.stringify(message) });

const get = (path: string, json: unknown): Answer => ({
  when: { method: 'GET', path: `^/v2/${path}$` },
  replies: [{ json }],
});

async function run(script: string, answers: readonly Answer[]): Promise<ScriptRun> {
  const project = makeProject({
    'amazon-pay-v2.js': emit([
      'withRetry',
      'fetchNotification',
      'fetchNotificationAsXml',
      'verifyMessage',
      'answerErrors',
    ]),
    'main.js': `const helper = require('./amazon-pay-v2');
const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs');
const client = helper.withRetry(new WebStoreClient({ publicKeyId: 'SANDBOX-TEST', privateKey: process.env.KEY, region: 'na' }));
const show = (value) => console.log(JSON.stringify(value));
const fail = ({ code, status, message }) => show({ code, status, message });
${script}`,
  });
  try {
    return await runScript({
      entry: 'main.js',
      cwd: project.directory,
      answers,
      env: { KEY: privateKey },
      clock: 'fast',
    });
  } finally {
    project.remove();
  }
}

const printed = (result: ScriptRun): unknown => {
  expect(result.stderr).toBe('');
  return JSON.parse(result.stdout) as unknown;
};

const fetched = (body: unknown, options = '{}'): string =>
  `helper.fetchNotification(client, ${JSON.stringify(body)}, ${options}).then(show, fail);`;

const status = (state: string, reasonCode: string | null): Record<string, unknown> => ({
  statusDetails: { state, reasonCode, reasonDescription: null, lastUpdatedTimestamp: '20231012T082501Z' },
});
const priced = (amount: string): object => ({ amount, currencyCode: 'USD' });

describe('a charge, whatever the message claims', () => {
  const message = (name: string): object =>
    name === 'v2'
      ? v2('CHARGE', CAPTURE_ID)
      : name === 'PaymentAuthorize'
        ? v1(name, 'AmazonAuthorizationId', AUTHORIZATION_ID)
        : v1(name, 'AmazonCaptureId', CAPTURE_ID);

  test.each([
    ['v2', charge('Authorized'), 'PaymentAuthorize', 'Open', undefined],
    ['v2', charge('AuthorizationInitiated'), 'PaymentAuthorize', 'Pending', undefined],
    ['v2', charge('CaptureInitiated'), 'PaymentCapture', 'Pending', undefined],
    ['v2', charge('Captured'), 'PaymentCapture', 'Completed', undefined],
    ['v2', charge('Captured', { refundedAmount: priced('94.50') }), 'PaymentCapture', 'Closed', 'MaxAmountRefunded'],
    ['v2', charge('Captured', { refundedAmount: priced('94.49') }), 'PaymentCapture', 'Completed', undefined],
    [
      'v2',
      charge('Declined', status('Declined', 'HardDeclined')),
      'PaymentAuthorize',
      'Declined',
      'InvalidPaymentMethod',
    ],
    ['v2', charge('Declined', status('Declined', 'AmazonRejected')), 'PaymentAuthorize', 'Declined', 'AmazonRejected'],
    [
      'v2',
      charge('Declined', { ...status('Declined', 'ProcessingFailure'), captureAmount: priced('94.50') }),
      'PaymentCapture',
      'Declined',
      'ProcessingFailure',
    ],
    ['v2', charge('Canceled', status('Canceled', 'ExpiredUnused')), 'PaymentAuthorize', 'Closed', 'ExpiredUnused'],
    ['v2', charge('Canceled', status('Canceled', 'MerchantCanceled')), 'PaymentAuthorize', 'Closed', 'SellerClosed'],
    ['PaymentAuthorize', charge('Authorized'), 'PaymentAuthorize', 'Open', undefined],
    ['PaymentAuthorize', charge('Captured'), 'PaymentAuthorize', 'Closed', 'MaxCapturesProcessed'],
    ['PaymentCapture', charge('Captured'), 'PaymentCapture', 'Completed', undefined],
    // Declined before or after the capture: the message is about a capture, and Amazon names no amount.
    [
      'PaymentCapture',
      charge('Declined', status('Declined', 'AmazonRejected')),
      'PaymentCapture',
      'Declined',
      'AmazonRejected',
    ],
    // A message that says Completed about a charge that is not captured.
    ['PaymentCapture', charge('Authorized'), 'PaymentAuthorize', 'Open', undefined],
  ] as const)('%s, charge %#', async (name, object, type, State, ReasonCode) => {
    const result = await run(fetched(envelope(message(name))), [get(`charges/${CAPTURE_ID}`, object)]);
    const details = type === 'PaymentCapture' ? 'CaptureStatus' : 'AuthorizationStatus';
    expect(printed(result)).toMatchObject({
      NotificationType: type,
      ReleaseEnvironment: 'Sandbox',
      Timestamp: '2023-10-12T08:25:01Z',
      NotificationData: {
        [details]: {
          State,
          ...(ReasonCode === undefined ? {} : { ReasonCode }),
          LastUpdateTimestamp: '2023-10-12T08:25:01Z',
        },
      },
    });
    if (ReasonCode === undefined) expect(result.stdout).not.toContain('ReasonCode');
    expect(result.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET /v2/charges/${CAPTURE_ID}`]);
  });

  test.each(['v2', 'PaymentAuthorize'])(
    'a declined capture reaches the only branch of such a shop (%s)',
    async (name) => {
      const declined = charge('Declined', { ...status('Declined', 'AmazonRejected'), captureAmount: priced('94.50') });
      const result = await run(fetched(envelope(message(name)), `{ capturedAs: 'PaymentAuthorize' }`), [
        get(`charges/${CAPTURE_ID}`, declined),
      ]);
      expect(printed(result)).toMatchObject({
        NotificationType: 'PaymentAuthorize',
        NotificationData: { AuthorizationStatus: { State: 'Declined', ReasonCode: 'AmazonRejected' } },
      });
    },
  );

  test('a shop that knows captures by PaymentAuthorize alone says so', async () => {
    const body = envelope(v2('CHARGE', CAPTURE_ID));
    const result = await run(fetched(body, `{ capturedAs: 'PaymentAuthorize' }`), [
      get(`charges/${CAPTURE_ID}`, charge('Captured')),
    ]);
    expect(printed(result)).toMatchObject({
      NotificationType: 'PaymentAuthorize',
      NotificationData: {
        CapturedAmount: { Amount: '94.50', CurrencyCode: 'USD' },
        AuthorizationStatus: { State: 'Closed', ReasonCode: 'MaxCapturesProcessed' },
        IdList: { Id: CAPTURE_ID },
      },
    });
  });

  test('fees and reference ids, which v2 does not have, are absent', async () => {
    const result = await run(fetched(envelope(v2('CHARGE', CAPTURE_ID))), [
      get(`charges/${CAPTURE_ID}`, charge('Captured')),
    ]);
    const { NotificationData } = printed(result) as { NotificationData: object };
    expect(JSON.stringify(NotificationData)).not.toMatch(/Fee|ReferenceId|null/);
  });

  test('a state that is not known is refused, not guessed', async () => {
    const result = await run(fetched(envelope(v2('CHARGE', CAPTURE_ID))), [
      get(`charges/${CAPTURE_ID}`, charge('Authorized', status('Reversed', null))),
    ]);
    expect(printed(result)).toMatchObject({ code: 'AMAZON_PAY_UNKNOWN_STATE' });
  });
});

describe('other objects', () => {
  const reason = (reasonCode: string): { reasonCode: string; reasonDescription: string }[] => [
    { reasonCode, reasonDescription: '' },
  ];
  const agreement = { chargePermissionId: BILLING_AGREEMENT_ID };

  test.each([
    [
      v2('REFUND', REFUND_ID),
      `refunds/${REFUND_ID}`,
      refund('Refunded'),
      'PaymentRefund',
      { RefundStatus: { State: 'Completed' } },
    ],
    [
      v1('PaymentRefund', 'AmazonRefundId', REFUND_ID),
      `refunds/${REFUND_ID}`,
      refund('RefundInitiated'),
      'PaymentRefund',
      { RefundStatus: { State: 'Pending' } },
    ],
    [
      v1('OrderReferenceNotification', 'AmazonOrderReferenceId', ORDER_REFERENCE_ID),
      `chargePermissions/${ORDER_REFERENCE_ID}`,
      chargePermission('Closed', reason('MerchantCanceled')),
      'OrderReferenceNotification',
      {
        OrderReferenceStatus: { State: 'Canceled', ReasonCode: 'SellerCanceled' },
        SellerOrderAttributes: { SellerOrderId: 'order-1' },
      },
    ],
    [
      v2('CHARGE_PERMISSION', ORDER_REFERENCE_ID),
      `chargePermissions/${ORDER_REFERENCE_ID}`,
      chargePermission('NonChargeable', reason('ChargeInProgress')),
      'OrderReferenceNotification',
      { OrderReferenceStatus: { State: 'Open' } },
    ],
    [
      v2('CHARGE_PERMISSION', ORDER_REFERENCE_ID),
      `chargePermissions/${ORDER_REFERENCE_ID}`,
      chargePermission('NonChargeable', reason('PaymentMethodInvalid')),
      'OrderReferenceNotification',
      { OrderReferenceStatus: { State: 'Suspended', ReasonCode: 'InvalidPaymentMethod' } },
    ],
    [
      v1('BillingAgreementNotification', 'AmazonBillingAgreementId', BILLING_AGREEMENT_ID),
      `chargePermissions/${BILLING_AGREEMENT_ID}`,
      chargePermission('Closed', reason('BuyerCanceled'), agreement),
      'BillingAgreementNotification',
      { BillingAgreementStatus: { State: 'Closed', ReasonCode: 'BuyerClosed' } },
    ],
    [
      v2('CHARGE_PERMISSION', BILLING_AGREEMENT_ID),
      `chargePermissions/${BILLING_AGREEMENT_ID}`,
      chargePermission('Closed', reason('MerchantCanceled'), agreement),
      'BillingAgreementNotification',
      { BillingAgreementStatus: { State: 'Closed', ReasonCode: 'SellerClosed' } },
    ],
    [
      v1('Chargeback Detailed Notification', 'AmazonOrderReferenceId', ORDER_REFERENCE_ID),
      `chargePermissions/${ORDER_REFERENCE_ID}`,
      chargePermission('Chargeable'),
      'Chargeback Detailed Notification',
      { ChargebackNotification: { ChargebackDetails: { AmazonOrderReferenceId: ORDER_REFERENCE_ID } } },
    ],
  ])('notification %#', async (message, path, object, NotificationType, NotificationData) => {
    const result = await run(fetched(envelope(message)), [get(path, object)]);
    expect(printed(result)).toMatchObject({ NotificationType, NotificationData });
  });

  test('a dispute is fetched, and the charge that it is about, so that the order is not taken from the message', async () => {
    const dispute = {
      disputeId: DISPUTE_ID,
      chargeId: CAPTURE_ID,
      disputeAmount: priced('94.50'),
      statusDetails: { state: 'UnderReview' },
    };
    const forged = { ...v2('CHARGEBACK', DISPUTE_ID), ChargePermissionId: 'S01-9999999-9999999' };
    const result = await run(fetched(envelope(forged)), [
      get(`disputes/${DISPUTE_ID}`, dispute),
      get(`charges/${CAPTURE_ID}`, charge('Captured')),
    ]);
    expect(printed(result)).toMatchObject({
      NotificationData: {
        ChargebackNotification: {
          ChargebackDetails: { AmazonOrderReferenceId: ORDER_REFERENCE_ID, ChargebackAmount: { Amount: '94.50' } },
        },
      },
    });
  });
});

describe('what is not fetched', () => {
  test.each(['fetchNotification', 'fetchNotificationAsXml'])(
    'a confirmation that claims a payment keeps the fields of a confirmation alone (%s)',
    async (name) => {
      const forged = {
        ...v1('PaymentCapture', 'AmazonCaptureId', CAPTURE_ID),
        Type: 'SubscriptionConfirmation',
        Message: 'You have chosen…',
        SubscribeURL: 'https://x',
      };
      const result = await run(`helper.${name}(client, ${JSON.stringify(forged)}).then(show, fail);`, []);
      const { NotificationType, NotificationData, ...rest } = printed(result) as Record<string, string | undefined>;
      expect(rest).toEqual({
        Type: 'SubscriptionConfirmation',
        Message: 'You have chosen…',
        SubscribeURL: 'https://x',
      });
      expect(NotificationType).toBe(name === 'fetchNotification' ? undefined : 'Confirmation');
      expect(NotificationData ?? '').toMatch(
        /^$|^<ConfirmationNotification xmlns="[^"<>]*"><Details><\/Details><\/ConfirmationNotification>$/,
      );
    },
  );

  test.each([
    [
      'a confirmation, in the spelling of Lambda, too',
      { Type: 'SubscriptionConfirmation', Message: 'You have chosen…', SubscribeUrl: 'https://x' },
      { Type: 'SubscriptionConfirmation', SubscribeURL: 'https://x' },
    ],
    ['a sample of v2', envelope({ ...v2('CHARGE', CAPTURE_ID), IsSample: true }), { NotificationType: 'Sample' }],
    [
      'a sample',
      envelope({ ...v1('PaymentCapture', 'AmazonCaptureId', 'S01-0000000-0000000-C000000'), IsSample: true }),
      { NotificationType: 'Sample' },
    ],
    [
      'a provider credit',
      envelope(v1('ProviderCredit', 'AmazonProviderCreditId', `${ORDER_REFERENCE_ID}-P111111`)),
      { NotificationType: 'Unsupported' },
    ],
    [
      'an object that is not known',
      envelope(v2('INVOICE', 'I-1')),
      { NotificationType: 'Unsupported', ObjectType: 'INVOICE' },
    ],
    [
      'an id of another form',
      envelope(v2('CHARGE', '../../merchantAccounts/1')),
      { code: 'AMAZON_PAY_NOT_A_NOTIFICATION' },
    ],
    ['the id of another kind', envelope(v2('CHARGE', REFUND_ID)), { code: 'AMAZON_PAY_NOT_A_NOTIFICATION' }],
    ['an inherited name', envelope(v2('constructor', CAPTURE_ID)), { NotificationType: 'Unsupported' }],
    ['no id', envelope({ ...v1('PaymentCapture', 'X', CAPTURE_ID) }), { code: 'AMAZON_PAY_NOT_A_NOTIFICATION' }],
    ['neither version', envelope({ hello: 'world' }), { code: 'AMAZON_PAY_NOT_A_NOTIFICATION' }],
    ['text', 'nonsense', { code: 'AMAZON_PAY_NOT_A_NOTIFICATION' }],
    ['nothing', null, { code: 'AMAZON_PAY_NOT_A_NOTIFICATION' }],
    ['an empty body, as a body parser leaves it', {}, { code: 'AMAZON_PAY_NOT_A_NOTIFICATION' }],
  ])('%s', async (_, body, expected) => {
    const result = await run(fetched(body), []);
    expect(JSON.parse(result.stdout)).toMatchObject(expected);
    // What is acknowledged without work is said.
    expect(result.stderr === '').toBe(!result.stdout.includes('Unsupported'));
    expect(result.requests).toEqual([]);
  });

  test.each([
    ['PaymentRefund', 0, { code: 'AMAZON_PAY_NOT_FETCHED', status: 503 }],
    ['PaymentRefund', 25, { NotificationType: 'Unsupported', ObjectType: 'REFUND', ObjectId: REFUND_ID }],
  ])('an object that does not exist, %s, after %d hours', async (_, hours, expected) => {
    const Timestamp = new Date(Date.now() - hours * 3600000).toISOString();
    const body = { ...envelope(v1('PaymentRefund', 'AmazonRefundId', REFUND_ID)), Timestamp };
    const result = await run(fetched(body), [{ when: { method: 'GET' }, replies: [v2Error(404, 'ResourceNotFound')] }]);
    expect(JSON.parse(result.stdout)).toMatchObject(expected);
    expect(result.stderr.includes(REFUND_ID)).toBe(hours > 24);
  });

  test('however old, what Amazon could not answer comes again', async () => {
    const body = { ...envelope(v2('CHARGE', CAPTURE_ID)), Timestamp: '2024-01-02T03:04:05.006Z' };
    const result = await run(fetched(body), [
      { when: { method: 'GET' }, replies: [v2Error(401, 'UnauthorizedAccess')] },
    ]);
    expect(printed(result)).toMatchObject({ code: 'AMAZON_PAY_NOT_FETCHED', status: 503 });
  });

  test('a name in the message that is no text is left out', async () => {
    const message = { ...v2('CHARGE', CAPTURE_ID), NotificationId: { $ne: null } };
    const result = await run(fetched(envelope(message)), [get(`charges/${CAPTURE_ID}`, charge('Captured'))]);
    expect(printed(result)).not.toHaveProperty('NotificationReferenceId');
  });
});

test('the body may be text, a Buffer, or what is inside the envelope; keys may be in camel case', async () => {
  const message = {
    merchantID: 'A2',
    objectType: 'charge',
    objectId: CAPTURE_ID,
    notificationVersion: 'v2',
    notificationId: 'n',
  };
  const result = await run(
    `(async () => {
      const body = ${JSON.stringify(` ${JSON.stringify(envelope(message))}\n`)};
      const all = [body, Buffer.from(body), JSON.parse(body), JSON.parse(body).Message, ${JSON.stringify(message)}];
      const types = [];
      for (const each of all) types.push((await helper.fetchNotification(client, each)).NotificationType);
      show(types);
    })();`,
    [get(`charges/${CAPTURE_ID}`, charge('Captured'))],
  );
  expect(printed(result)).toEqual(Array(5).fill('PaymentCapture'));
});

test('an object that cannot be fetched is an error that asks for another delivery', async () => {
  const result = await run(fetched(envelope(v2('CHARGE', CAPTURE_ID))), [
    { when: { method: 'GET' }, replies: [v2Error(404, 'ResourceNotFound')] },
  ]);
  expect(printed(result)).toMatchObject({ code: 'AMAZON_PAY_NOT_FETCHED', status: 503 });
});

test('throttling is waited for', async () => {
  const result = await run(fetched(envelope(v2('CHARGE', CAPTURE_ID))), [
    { when: { method: 'GET' }, replies: [v2Error(429, 'TooManyRequests'), { json: charge('Captured') }] },
  ]);
  expect(printed(result)).toMatchObject({ NotificationType: 'PaymentCapture' });
  expect(result.requests).toHaveLength(2);
});

test('as XML, the data is the document that a legacy parser expects, with nothing unescaped', async () => {
  const result = await run(
    `helper.fetchNotificationAsXml(client, ${JSON.stringify(envelope(v2('CHARGE', CAPTURE_ID)))}).then((n) => show(n.NotificationData));`,
    [get(`charges/${CAPTURE_ID}`, charge('Captured', { softDescriptor: 'AMZ*<T&T>' }))],
  );
  expect(printed(result)).toMatch(
    /^<CaptureNotification xmlns="https:\/\/mws.amazonservices.com\/ipn\/OffAmazonPayments\/2013-01-01"><CaptureDetails><AmazonCaptureId>S01-.*<CaptureStatus><State>Completed<\/State>.*<SoftDescriptor>AMZ\*&lt;T&amp;T&gt;<\/SoftDescriptor><\/CaptureDetails><\/CaptureNotification>$/,
  );
});

describe('the signature of a message', () => {
  const { privateKey: snsKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate: Answer = {
    when: { method: 'GET', host: 'sns.us-east-1.amazonaws.com' },
    replies: [{ text: String(publicKey.export({ type: 'spki', format: 'pem' })) }],
  };
  const sign = (version: '1' | '2', more: Record<string, string> = {}): Record<string, string> => {
    const message: Record<string, string> = {
      Type: 'Notification',
      MessageId: 'm-1',
      TopicArn: 'arn:aws:sns:us-east-1:291180941288:A',
      Message: JSON.stringify(v2('CHARGE', CAPTURE_ID)),
      Timestamp: '2024-01-02T03:04:05.006Z',
      SignatureVersion: version,
      SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem',
      ...more,
    };
    const keys = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'].filter(
      (key) => message[key] !== undefined,
    );
    const text = keys.map((key) => `${key}\n${message[key]}\n`).join('');
    const signer = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(text);
    return { ...message, Signature: signer.sign(snsKey, 'base64') };
  };
  const verified = (message: unknown): string =>
    `helper.verifyMessage(${JSON.stringify(message)}).then(({ MessageId }) => show({ MessageId }), fail);`;

  test.each([
    ['version 1', sign('1'), { MessageId: 'm-1' }],
    ['version 2', sign('2'), { MessageId: 'm-1' }],
    ['with a subject', sign('1', { Subject: 'Hello' }), { MessageId: 'm-1' }],
    ['as text', JSON.stringify(sign('2')), { MessageId: 'm-1' }],
    [
      'in the spelling of Lambda',
      { ...sign('1'), SigningCertURL: undefined, SigningCertUrl: sign('1')['SigningCertURL'], Subject: null },
      { MessageId: 'm-1' },
    ],
    ['another message', { ...sign('1'), Message: '{}' }, { code: 'AMAZON_PAY_NOT_SIGNED' }],
    ['a subject that was added', { ...sign('1'), Subject: 'x' }, { code: 'AMAZON_PAY_NOT_SIGNED' }],
    ['version 3', { ...sign('1'), SignatureVersion: '3' }, { code: 'AMAZON_PAY_NOT_SIGNED' }],
    ['an inherited version', { ...sign('1'), SignatureVersion: 'constructor' }, { code: 'AMAZON_PAY_NOT_SIGNED' }],
    ['no signature', { ...sign('1'), Signature: undefined }, { code: 'AMAZON_PAY_NOT_SIGNED' }],
  ])('%s', async (_, message, expected) => {
    expect(printed(await run(verified(message), [certificate]))).toMatchObject(expected);
  });

  test.each([
    'http://sns.us-east-1.amazonaws.com/a.pem',
    'https://sns.us-east-1.amazonaws.com.evil.example/a.pem',
    'https://evil.example/sns.us-east-1.amazonaws.com/a.pem',
    'https://sns.us-east-1.amazonaws.com@evil.example/a.pem',
    'https://sns.us.amazonaws.com/a.exe',
    'https://sns.us-east-1.amazonaws.com/a.pem?x=y',
    'https://sns.us-east-1.amazonaws.com:444/a.pem',
  ])('no certificate is fetched from %s', async (SigningCertURL) => {
    const result = await run(verified({ ...sign('1'), SigningCertURL }), [certificate]);
    expect(printed(result)).toMatchObject({ code: 'AMAZON_PAY_NOT_SIGNED' });
    expect(result.requests).toEqual([]);
  });

  test('a certificate that was handed over takes the place of the one of Amazon, and nothing is fetched', async () => {
    const check = (pem: string): string =>
      `helper.verifyMessage(${JSON.stringify(sign('2'))}, ${JSON.stringify(pem)}).then(({ MessageId }) => show({ MessageId }), fail);`;
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
    const own = await run(check(String(publicKey.export({ type: 'spki', format: 'pem' }))), []);
    expect(printed(own)).toEqual({ MessageId: 'm-1' });
    expect(own.requests).toEqual([]);
    expect(printed(await run(check(String(other)), []))).toMatchObject({ code: 'AMAZON_PAY_NOT_SIGNED' });
  });

  test('a certificate is fetched once, and again after it could not be had', async () => {
    const message = JSON.stringify(sign('1'));
    const result = await run(
      `(async () => {
        for (let i = 0; i < 4; i += 1) await helper.verifyMessage(${JSON.stringify(message)}).then(() => console.log('yes'), () => console.log('no'));
      })();`,
      [{ ...certificate, replies: [{ status: 503, text: 'later' }, ...certificate.replies] }],
    );
    expect(result.stdout.trim().split('\n')).toEqual(['no', 'yes', 'yes', 'yes']);
    expect(result.requests).toHaveLength(2);
  });
});

test('answerErrors answers 503 once, and only where nothing was answered', async () => {
  const result = await run(
    `console.error = () => {};
    const answer = (headersSent) => ({ headersSent, statusCode: 200, ended: 0, end() { this.ended += 1; } });
    (async () => {
      const [failed, sent, fine] = [answer(false), answer(true), answer(false)];
      await helper.answerErrors(failed, async () => { throw new Error('x'); });
      await helper.answerErrors(sent, () => { throw new Error('x'); });
      await helper.answerErrors(fine, () => fine.end());
      show([failed, sent, fine]);
    })();`,
    [],
  );
  expect(printed(result)).toEqual([
    { headersSent: false, statusCode: 503, ended: 1 },
    { headersSent: true, statusCode: 200, ended: 0 },
    { headersSent: false, statusCode: 200, ended: 1 },
  ]);
});
