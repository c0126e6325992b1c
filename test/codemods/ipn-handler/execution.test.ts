import { createSign, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { codemod } from '../../../codemods/node-client';
import { CAPTURE_ID, ORDER_REFERENCE_ID, REFUND_ID } from '../../stand-in/ids';
import { makePrivateKey, makeProject } from '../../stand-in/project';
import { runScript, TYPESCRIPT_PRELOAD, type Answer } from '../../stand-in/stand-in';
import { charge, refund, v2Error } from '../../stand-in/v2-answers';
import { migrateTexts, readTree } from '../run-codemod';

/**
 * Every handler of the fixtures runs in its own framework, before and after migration. Before, it believes what a message
 * says. After, the order is what a GET says, whatever the message claims, in either version.
 */
const fixtures = join(__dirname, '../../../fixtures/codemods/ipn-handler');
const key = makePrivateKey();
const { privateKey: snsKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

interface Handler {
  readonly name: string;
  readonly framework: string;
  readonly entry: string;
  readonly orders: string;
  /** The body parser of the shop never took what Amazon posts. */
  readonly neverWorked?: true;
  /** Its legacy package cannot be had any more. */
  readonly notInstalled?: true;
  /** The status after something went wrong, where a framework has its own. */
  readonly failure?: number;
}

const handlers: readonly Handler[] = [
  { name: 'express-xml2js-callback', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'express-xml2js-promise', framework: 'express', entry: 'app.js', orders: 'orders.js', neverWorked: true },
  { name: 'express-signed-callback', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'signed-promisified', framework: 'express', entry: 'app.js', orders: 'orders.js', failure: 500 },
  { name: 'declared-handler-and-service', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'fastify-fast-xml-parser', framework: 'fastify', entry: 'app.js', orders: 'orders.js' },
  { name: 'koa-xml-js', framework: 'koa', entry: 'app.js', orders: 'orders.js' },
  { name: 'hapi-dom', framework: 'hapi', entry: 'app.js', orders: 'orders.js', failure: 500 },
  { name: 'http-regular-expressions', framework: 'http', entry: 'app.js', orders: 'orders.js' },
  { name: 'lambda-default-arrays', framework: 'lambda', entry: 'app.js', orders: 'orders.js', failure: 502 },
  {
    name: 'next-pages-and-routes',
    framework: 'next-route',
    entry: 'app/ipn/route.mjs',
    orders: 'orders.mjs',
    failure: 500,
  },
  { name: 'next-pages-and-routes', framework: 'next-page', entry: 'pages/api/ipn.mjs', orders: 'orders.mjs' },
  { name: 'nuxt-event-handler', framework: 'h3', entry: 'ipn.post.mjs', orders: 'orders.mjs' },
  { name: 'nest-controller', framework: 'nest', entry: 'ipn.controller.ts', orders: 'orders.ts' },
  { name: 'nest-service', framework: 'nest', entry: 'ipn.controller.ts', orders: 'orders.ts' },
  { name: 'next-own-types', framework: 'next-route', entry: 'route.ts', orders: 'orders.ts' },
  { name: 'lambda-sns-and-sqs', framework: 'lambda-sns', entry: 'direct.js', orders: 'orders.js', failure: 502 },
  { name: 'lambda-sns-and-sqs', framework: 'lambda-sqs', entry: 'queue.js', orders: 'orders.js', failure: 502 },
  { name: 'class-with-methods', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'lookup-table', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'sns-validator', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'reader-and-raw-body', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'other-topics', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'layers-in-typescript', framework: 'express', entry: 'app.ts', orders: 'orders.ts' },
  { name: 'middleware-chain', framework: 'express', entry: 'app.js', orders: 'orders.js' },
  { name: 'cloud-functions', framework: 'google', entry: 'google.js', orders: 'orders.js' },
  { name: 'cloud-functions', framework: 'azure', entry: 'azure.js', orders: 'orders.js' },
  { name: 'fastify-content-type-parser', framework: 'fastify', entry: 'app.js', orders: 'orders.js' },
  { name: 'amazon-pay-async', framework: 'express', entry: 'app.ts', orders: 'orders.ts', notInstalled: true },
];

/** Signed as SNS signs, because some of the handlers look. */
function sign(message: object): { type: string; body: string } {
  const envelope: Record<string, string> = {
    Type: 'Notification',
    MessageId: 'm-1',
    TopicArn: 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2SELLER',
    Message: JSON.stringify(message),
    Timestamp: new Date().toISOString(),
    SignatureVersion: '1',
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem',
  };
  const signed = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'].map(
    (name) => `${name}\n${envelope[name]}\n`,
  );
  const Signature = createSign('RSA-SHA1').update(signed.join('')).sign(snsKey, 'base64');
  return { type: 'Notification', body: JSON.stringify({ ...envelope, Signature }) };
}

/** An envelope as a stranger posts it. */
const unsigned = (message: { Type?: unknown }): { type: string; body: string } => ({
  type: String(message.Type),
  body: JSON.stringify(message),
});

const legacy = (NotificationType: string, xml: string): object => ({
  NotificationReferenceId: 'n-1',
  NotificationType,
  SellerId: 'A2SELLER',
  ReleaseEnvironment: 'Sandbox',
  Version: '2013-01-01',
  NotificationData: `<?xml version="1.0" encoding="UTF-8"?>${xml}`,
  Timestamp: new Date().toISOString(),
});
const NAMESPACE = 'xmlns="https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01"';

const captureV1 = (state: string): object =>
  legacy(
    'PaymentCapture',
    `<CaptureNotification ${NAMESPACE}><CaptureDetails><AmazonCaptureId>${CAPTURE_ID}</AmazonCaptureId><CaptureReferenceId>r1</CaptureReferenceId><CaptureAmount><Amount>94.5</Amount><CurrencyCode>USD</CurrencyCode></CaptureAmount><CaptureFee><Amount>1.0</Amount><CurrencyCode>USD</CurrencyCode></CaptureFee><CaptureStatus><State>${state}</State></CaptureStatus></CaptureDetails></CaptureNotification>`,
  );
const authorizationV1 = (state: string, reason: string): object =>
  legacy(
    'PaymentAuthorize',
    `<AuthorizationNotification ${NAMESPACE}><AuthorizationDetails><AmazonAuthorizationId>${ORDER_REFERENCE_ID}-A333333</AmazonAuthorizationId><IdList><Id>${CAPTURE_ID}</Id></IdList><AuthorizationStatus><State>${state}</State><ReasonCode>${reason}</ReasonCode></AuthorizationStatus></AuthorizationDetails></AuthorizationNotification>`,
  );
const refundV1 = (state: string, amount: string): object =>
  legacy(
    'PaymentRefund',
    `<RefundNotification ${NAMESPACE}><RefundDetails><AmazonRefundId>${REFUND_ID}</AmazonRefundId><RefundAmount><Amount>${amount}</Amount><CurrencyCode>USD</CurrencyCode></RefundAmount><RefundType>SellerInitiated</RefundType><FeeRefunded><Amount>0.10</Amount><CurrencyCode>USD</CurrencyCode></FeeRefunded><RefundStatus><State>${state}</State></RefundStatus></RefundDetails></RefundNotification>`,
  );
const v2 = (ObjectType: string, ObjectId: string): object => ({
  MerchantID: 'A2SELLER',
  ChargePermissionId: ORDER_REFERENCE_ID,
  ObjectType,
  ObjectId,
  NotificationType: 'STATE_CHANGE',
  NotificationId: 'n-2',
  NotificationVersion: 'V2',
});

const certificate: Answer = {
  when: { method: 'GET', host: 'sns.us-east-1.amazonaws.com' },
  replies: [{ text: String(publicKey.export({ type: 'spki', format: 'pem' })) }],
};
const get = (path: string, json: unknown): Answer => ({
  when: { method: 'GET', path: `/v2/${path}$` },
  replies: [{ json }],
});

const preloadsOf = (entry: string): string[] => (entry.endsWith('.ts') ? [TYPESCRIPT_PRELOAD] : []);

interface Outcome {
  readonly status: number;
  readonly orders: Readonly<Record<string, string>>;
}

async function post(
  { entry, orders, framework }: Handler,
  files: ReadonlyMap<string, string>,
  messages: readonly object[],
  answers: readonly Answer[],
): Promise<Outcome[]> {
  const project = makeProject(Object.fromEntries(files));
  try {
    const run = await runScript({
      entry: join(__dirname, 'serve.cjs'),
      cwd: project.directory,
      args: [entry, orders, framework],
      preloads: preloadsOf(entry),
      answers: [certificate, ...answers],
      clock: 'real',
      env: {
        MESSAGES: JSON.stringify(messages.map((message) => ('Type' in message ? unsigned(message) : sign(message)))),
        AMAZON_SELLER_ID: 'S',
        AMAZON_CLIENT_ID: 'C',
        MWS_ACCESS_KEY: 'A',
        MWS_SECRET_KEY: 'B',
        AMAZON_PAY_PUBLIC_KEY_ID: 'SANDBOX-KEY',
        AMAZON_PAY_PRIVATE_KEY: key,
      },
    });
    if (run.stdout === '') throw new Error(`${entry} printed nothing: ${run.stderr}`);
    return JSON.parse(run.stdout.split('\n').at(-1) ?? '') as Outcome[];
  } finally {
    project.remove();
  }
}

const inputOf = ({ name }: Handler) => readTree(join(fixtures, name, 'input'));
const isByAuthorization = ({ name }: Handler): boolean => name === 'signed-promisified';
const paidV1Of = (handler: Handler) =>
  isByAuthorization(handler) ? authorizationV1('Closed', 'MaxCapturesProcessed') : captureV1('Completed');

const runnable = handlers.filter(({ notInstalled }) => notInstalled === undefined);

it.each(runnable)('$name ($framework) before: believes the message', async (handler) => {
  const messages = [paidV1Of(handler), refundV1('Completed', '94.50')];
  const [paid, refunded] = await post(handler, inputOf(handler), messages, []);
  if (handler.neverWorked) {
    expect(paid).toEqual({ status: 400, orders: {} });
    return;
  }
  expect(paid).toMatchObject({ status: 200, orders: { [CAPTURE_ID]: 'Completed' } });
  expect(refunded).toMatchObject({ status: 200, orders: { [REFUND_ID]: 'Completed 94.50' } });
});

describe.each(handlers)('$name ($framework)', (handler) => {
  const input = inputOf(handler);
  const byAuthorization = isByAuthorization(handler);
  const paidV1 = paidV1Of(handler);

  it('after: the same for what is true, in either version, however often it is said', async () => {
    const { files } = await migrateTexts(codemod, input, 'instead');
    const messages = [
      paidV1,
      v2('CHARGE', CAPTURE_ID),
      paidV1,
      refundV1('Completed', '94.50'),
      v2('REFUND', REFUND_ID),
    ];
    const outcomes = await post(handler, files, messages, [
      get(`charges/${CAPTURE_ID}`, charge('Captured')),
      get(`refunds/${REFUND_ID}`, refund('Refunded')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(outcomes.slice(0, 3).map(({ orders }) => orders[CAPTURE_ID])).toEqual(Array(3).fill('Completed'));
    expect(outcomes.slice(3).map(({ orders }) => orders[REFUND_ID])).toEqual(Array(2).fill('Completed 94.50'));
  });

  it('after: a message that lies changes nothing; the order is what a GET says', async () => {
    const { files } = await migrateTexts(codemod, input, 'instead');
    const messages = [paidV1, refundV1('Completed', '9999.00'), v2('CHARGE', CAPTURE_ID)];
    const outcomes = await post(handler, files, messages, [
      get(`charges/${CAPTURE_ID}`, charge(byAuthorization ? 'Authorized' : 'CaptureInitiated')),
      get(`refunds/${REFUND_ID}`, refund('RefundInitiated')),
    ]);
    expect(JSON.stringify(outcomes)).not.toMatch(/Completed|9999/);
    expect(outcomes.at(-1)?.orders[REFUND_ID]).toBe('Pending 94.50');
  });

  it('after: what cannot be fetched, or is no notification, is not acknowledged', async () => {
    const { files } = await migrateTexts(codemod, input, 'instead');
    const messages = [paidV1, v2('CHARGE', CAPTURE_ID), v2('CHARGE', '../reports'), { hello: 'world' }];
    const outcomes = await post(handler, files, messages, [
      { when: { method: 'GET', path: '/v2/' }, replies: [v2Error(404, 'ResourceNotFound')] },
    ]);
    for (const { status, orders } of outcomes) {
      expect(status).toBeGreaterThanOrEqual(500);
      expect(orders).toEqual({});
    }
    expect(outcomes[0]?.status).toBe(handler.failure ?? 503);
  });

  it('after: a confirmation that claims a payment is none, and a sample is nothing to act on', async () => {
    const { files } = await migrateTexts(codemod, input, 'instead');
    const claims = { Message: 'You have chosen to subscribe.', Token: 't', SubscribeURL: 'https://127.0.0.1:1/' };
    const messages: object[] = ['SubscriptionConfirmation', 'UnsubscribeConfirmation', 'PaymentCapture'].map(
      (Type) => ({
        ...paidV1,
        ...claims,
        Type,
      }),
    );
    const outcomes = await post(
      handler,
      files,
      [...messages, { ...paidV1, IsSample: true }, paidV1],
      [get(`charges/${CAPTURE_ID}`, charge('Captured'))],
    );
    for (const { orders } of outcomes.slice(0, -1)) expect(orders).toEqual({});
    // Whatever came before, the next one is handled.
    expect(outcomes.at(-1)?.orders).toEqual({ [CAPTURE_ID]: 'Completed' });
  });
});
