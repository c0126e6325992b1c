import { generateKeyPairSync } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phpNotification } from '../../../codemods/php/emitted-notification';
import { codemod } from '../../../codemods/php';
import { selfSignedCertificate } from '../../../src/amazon-pay/certificates';
import { forgeries } from '../../../transforms/ipn-samples/forgeries';
import type { SnsEnvelope } from '../../../transforms/sns/read-envelope';
import { signEnvelope } from '../../../transforms/sns/sign-envelope';
import {
  authorize,
  confirmOrder,
  createLegacyClient,
  createV2Client,
  prepareSession,
  usd,
} from '../../emulator/clients';
import { migrateTexts, readTree } from '../run-codemod';
import { AmazonBridge } from './amazon-bridge';

const legacyHandler = `<?php
$handler = new \\AmazonPay\\IpnHandler(getallheaders(), file_get_contents('php://input'));
$message = $handler->toArray();
if ($message['NotificationType'] === 'PaymentCapture') {
    updateCharge($message['CaptureDetails']['AmazonCaptureId']);
}
`;

/** The handler that the finding gives, word for word, but for the region of the emulator. */
async function handlerToWrite(): Promise<string> {
  const { findings, files } = await migrateTexts(codemod, new Map([['ipn.php', legacyHandler]]));
  expect([...files.keys()]).toContain('AmazonPayNotification.php');
  const [, code = ''] = (findings[0]?.guidance ?? '').split(':\n\n');
  return code.replace("'eu'", "'us'").replace("'sandbox' => false", "'sandbox' => true");
}

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
};

/** What the shop does with what it is told, a line of JSON each; the certificate comes from the emulator, by TLS. */
const around = `<?php
require 'sdk.php';
require 'sdk-v2.php';
function note(array $said)
{
    file_put_contents('said.txt', json_encode($said) . "\\n", FILE_APPEND | LOCK_EX);
}
function updateCharge($id, $permission, $state, $reason)
{
    note(array('charge', $id, $permission, $state, $reason));
}
function updateRefund($id, $charge, $state, $reason)
{
    note(array('refund', $id, $charge, $state, $reason));
}
function updateOrder($id, $state, $reasons)
{
    note(array('order', $id, $state));
}
function certificateOfEmulator($address)
{
    $ssl = array('cafile' => 'ca.pem', 'peer_name' => parse_url($address, PHP_URL_HOST));
    if (basename($address) === 'own.pem') {
        return file_get_contents('own.pem');
    }
    if (basename($address) === 'gone.pem') {
        return 'an error page';
    }
    $here = getenv('HTTPS_EMULATOR') . parse_url($address, PHP_URL_PATH);
    return file_get_contents($here, false, stream_context_create(array('ssl' => $ssl)));
}
`;

let amazon: AmazonBridge;
let server: ChildProcess;
let folder: string;

async function start(format: 'v1' | 'v2' | 'matching', signatureVersion: '1' | '2' = '1'): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/ipn.php`;
  amazon = await AmazonBridge.start({ notificationUrl: url, notificationFormat: format, signatureVersion });
  const { httpsUrl, certificateAuthority } = amazon.emulator;
  folder = mkdtempSync(join(tmpdir(), 'php-notifications-'));
  const sdk = readTree(join(__dirname, 'shop'));
  for (const name of ['sdk.php', 'sdk-v2.php']) writeFileSync(join(folder, name), sdk.get(name) ?? '');
  const code = (await handlerToWrite()).replace("'php://input')", "'php://input'), 'certificateOfEmulator'");
  writeFileSync(join(folder, 'ipn.php'), `${around}${code}\n`);
  writeFileSync(join(folder, 'AmazonPayNotification.php'), phpNotification);
  writeFileSync(join(folder, 'ca.pem'), certificateAuthority ?? '');
  writeFileSync(join(folder, 'said.txt'), '');
  const env = {
    PATH: process.env['PATH'],
    AMAZON: amazon.url,
    HTTPS_EMULATOR: httpsUrl ?? '',
    AMAZON_PAY_PUBLIC_KEY_ID: 'key',
    AMAZON_PAY_PRIVATE_KEY: 'pem',
  };
  server = spawn('php', ['-d', 'error_log=log.txt', '-S', `127.0.0.1:${port}`], { cwd: folder, env });
  await new Promise<void>((started) =>
    server.stderr?.on('data', (chunk) => /started/.test(String(chunk)) && started()),
  );
  return url;
}

afterEach(async () => {
  server.kill();
  await amazon.close();
  rmSync(folder, { recursive: true });
});

const said = (): unknown[] =>
  readFileSync(join(folder, 'said.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

const answers = (): (number | null)[] =>
  amazon.emulator.notifications.list().flatMap(({ attempts }) => attempts.map(({ status }) => status));

test.each(['1', '2'] as const)('a notification of v2 is answered by a GET (signature version %s)', async (version) => {
  await start('v2', version);
  const client = createV2Client(amazon.emulator);
  const session = await prepareSession(amazon.emulator, client);
  const { data } = await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
  await amazon.emulator.settled();
  expect(said()).toEqual([['charge', data.chargeId, data.chargePermissionId, 'Authorized', null]]);
  expect(answers()).toEqual([200]);
  expect(amazon.asked).toEqual(new Set(['v2']));
});

test('a notification of legacy is about the same objects, and answered by a GET of v2', async () => {
  await start('v1');
  const old = createLegacyClient(amazon.emulator);
  const id = await confirmOrder(amazon.emulator, old);
  const { AmazonAuthorizationId } = (await authorize(old, id, { CaptureNow: true })).AuthorizationDetails;
  const charge = AmazonAuthorizationId.replace('-A', '-C');
  await amazon.emulator.settled();
  expect(said().slice(1, 3)).toEqual([
    ['charge', charge, id, 'Captured', null],
    ['charge', charge, id, 'Captured', null],
  ]);
  expect(said()[0]).toEqual(['order', id, expect.any(String)]);
  expect(new Set(answers())).toEqual(new Set([200]));
});

/** A key that the handler takes for that of SNS, and a stranger's. */
async function makeSigner(): Promise<(own: Partial<SnsEnvelope>, by?: 'stranger') => SnsEnvelope> {
  const [own, stranger] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  const now = Date.now();
  const [validFrom, validTo] = [new Date(now - 86_400_000), new Date(now + 86_400_000)];
  const certificate = await selfSignedCertificate(own!, { commonName: 'sns.amazonaws.com', validFrom, validTo });
  writeFileSync(join(folder, 'own.pem'), certificate);
  const common = {
    Type: 'Notification' as const,
    MessageId: 'm-1',
    TopicArn: amazon.emulator.topicArn,
    Message: '',
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '1' as const,
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/own.pem',
  };
  return (fields, by) => signEnvelope({ ...common, ...fields }, by === 'stranger' ? stranger! : own!);
}

test('no forgery tells the shop anything but what Amazon answers', async () => {
  const url = await start('v2');
  const client = createV2Client(amazon.emulator);
  const session = await prepareSession(amazon.emulator, client);
  const { data } = await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
  await amazon.emulator.settled();
  const truth = JSON.stringify(['charge', data.chargeId, data.chargePermissionId, 'Authorized', null]);
  const sign = await makeSigner();
  const messages: Record<string, unknown>[] = [
    { MerchantID: 'A', ObjectType: 'CHARGE', ObjectId: data.chargeId, NotificationVersion: 'V2' },
    {
      NotificationType: 'PaymentCapture',
      Version: '2013-01-01',
      NotificationData: `<CaptureNotification><AmazonCaptureId>${data.chargeId}</AmazonCaptureId><State>Completed</State></CaptureNotification>`,
    },
  ];
  const wrong: unknown[] = [];
  for (const inner of messages) {
    const envelope = sign({ Message: JSON.stringify(inner) });
    expect((await fetch(url, { method: 'POST', body: JSON.stringify(envelope) })).status).toBe(200);
    for (const [name, { body, mayBeGenuine }] of Object.entries(forgeries)) {
      const { status } = await fetch(url, { method: 'POST', body: body({ envelope, inner, sign }) });
      if (mayBeGenuine === true ? status !== 200 : status !== 200 && status !== 400) wrong.push([name, status]);
    }
  }
  expect(wrong).toEqual([]);
  // The two that are signed well were heard.
  expect(said().length).toBeGreaterThan(2);
  expect(new Set(said().map((one) => JSON.stringify(one)))).toEqual(new Set([truth]));
});

test('what Amazon cannot answer now comes again', async () => {
  const url = await start('v2');
  const sign = await makeSigner();
  const inner = { ObjectType: 'CHARGE', ObjectId: 'S01-1234567-1234567-C123456', NotificationVersion: 'V2' };
  const body = JSON.stringify(sign({ Message: JSON.stringify(inner) }));
  expect((await fetch(url, { method: 'POST', body })).status).toBe(503);
  const gone = JSON.stringify(sign({ SigningCertURL: 'https://sns.us-east-1.amazonaws.com/gone.pem' }));
  expect((await fetch(url, { method: 'POST', body: gone })).status).toBe(503);
  expect(said()).toEqual([]);
});
