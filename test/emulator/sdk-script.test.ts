import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator, type Emulator } from '../../src/emulator';
import { createV2Client, key, prepareSession, usd, type V2Client } from './clients';

/**
 * The test scripts that Amazon ships with the SDK, against the emulator. Only the blanks that they ask to be filled are
 * filled. They compare the keys of answers in their order, which is how they are known.
 *
 * Left out, because the scripts cannot pass anywhere: Get and Update Charge Permission look for a key with a typing error in
 * it (`chargePermissionReferenceId:`), and Get Refund for a variable that is not there. Left out, because the documents forbid
 * what they do: Capture and contestDispute are sent under the idempotency key of another request. Get Report By Id asks for a
 * report of the account that Amazon tests with. Each of these operations is in every-sdk-method.test.ts.
 */
const sdk = dirname(dirname(require.resolve('@amazonpay/amazon-pay-api-sdk-nodejs')));
const folder = mkdtempSync(join(tmpdir(), 'sdk-script-'));
let emulator: Emulator;
let permission: string;

beforeAll(async () => {
  emulator = await startEmulator({ throttling: false });
  const client = createV2Client(emulator);
  const session = await prepareSession(emulator, client, { intent: 'Confirm' });
  permission = (await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') })).data
    .chargePermissionId;
  cpSync(join(sdk, 'tst'), join(folder, 'tst'), { recursive: true });
  cpSync(join(sdk, 'src'), join(folder, 'src'), { recursive: true });
  symlinkSync(resolve(__dirname, '../../node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'AmazonPay_publicKeyId.pem'), emulator.credentials.privateKey ?? '');
  writeFileSync(join(folder, 'authority.pem'), emulator.certificateAuthority ?? '');
  useKey('SANDBOX-EMULATOR');
  const [psp, pspWithV2Algorithm] = [await authorize(client), await authorize(client)];
  fill('webStoreClientTest.js', [
    ["finalizeCheckoutSessionId = ''", `finalizeCheckoutSessionId = '${await prepareSession(emulator, client)}'`],
    [
      "finalizeCheckoutSessionIdWithV2Algorithm = ''",
      `finalizeCheckoutSessionIdWithV2Algorithm = '${await prepareSession(emulator, client)}'`,
    ],
    // Of these one is disputed, and what is disputed was captured.
    ["pspChargeId=''", `pspChargeId=process.env.DISPUTED || '${psp}'`],
    ["pspChargeIdWithV2Algorithm=''", `pspChargeIdWithV2Algorithm='${pspWithV2Algorithm}'`],
    ["chargePermissionId = ''", `chargePermissionId = '${permission}'`],
    ["chargePermissionIdWithV2Algorithm = ''", `chargePermissionIdWithV2Algorithm = '${permission}'`],
    ["buyerToken = ''", `buyerToken = '${emulator.people.signInToShop()}'`],
    ["buyerTokenWithV2Algorithm = ''", `buyerTokenWithV2Algorithm = '${emulator.people.signInToShop()}'`],
  ]);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

async function authorize(client: V2Client): Promise<string> {
  const body = { chargePermissionId: permission, chargeAmount: usd('1.00') };
  return (await client['createCharge']!(body, key())).data.chargeId;
}

/** Reports of authorizations are there in live only. */
function useKey(publicKeyId: string): void {
  for (const name of ['config.js', 'configWithAlgorithm.js']) {
    cpSync(join(sdk, 'tst', name), join(folder, 'tst', name));
    fill(name, [
      ["'publicKeyId': ''", `'publicKeyId': '${publicKeyId}'`],
      ["'EUR'", "'USD'"],
    ]);
  }
}

function fill(name: string, blanks: readonly (readonly [string, string])[]): void {
  const path = join(folder, 'tst', name);
  const text = blanks.reduce(
    (filled, [blank, value]) => {
      if (!filled.includes(blank)) throw new Error(`${name} has no ${blank}.`);
      return filled.replace(blank, value);
    },
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, text);
}

/** In a process of its own, while this one answers. */
async function run(
  pattern: string,
  script = 'webStoreClientTest.js',
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--require',
      resolve(__dirname, '../../dist/src/emulator/redirect.js'),
      join(__dirname, 'mocha.cjs'),
      join(folder, 'tst', script),
      pattern,
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        AMAZON_PAY_EMULATOR: new URL(emulator.httpsUrl ?? '').host,
        NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'),
        ...more,
      },
    },
  );
  return stdout.trim().split('\n');
}

const passed = (lines: readonly string[], count: number): void => {
  expect(lines.filter((line) => !line.endsWith(': passed'))).toEqual([]);
  expect(lines).toHaveLength(count);
};

test.each([
  ['Buyer', 2],
  ['(Create|Get|Update) Checkout Session API', 6],
  ['Finalize', 2],
  ['(Create|Get|Update) Charge API', 6],
  // Three accounts under one key: one in each run.
  ['Register .* Individual', 1],
  ['Register .* with Poc', 1],
  ['Register .* without Poc', 1],
  ['(create|update)MerchantAccount|merchantAccountClaim', 3],
  ['FileUpload', 1],
])('%s', async (pattern, count) => passed(await run(pattern), count));

test('reports', async () => {
  useKey('LIVE-EMULATOR');
  // Its first test looks at a report that is there.
  passed(await run('Create Report API'), 1);
  passed(await run('Get Report API|Report Schedule'), 5);
  useKey('SANDBOX-EMULATOR');
});

test('disputes, up to the one of the key that is used twice', async () => {
  const client = createV2Client(emulator);
  const body = { chargePermissionId: permission, chargeAmount: usd('1.00'), captureNow: true };
  const { chargeId } = (await client['createCharge']!(body, key())).data;
  passed(await run('(create|get|update)Dispute', 'webStoreClientTest.js', { DISPUTED: chargeId }), 3);
});

test('in-store payments', async () => passed(await run('', 'inStoreClientTest.js'), 3));
