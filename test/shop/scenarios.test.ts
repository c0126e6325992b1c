import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runEngine } from '../../src/engine/engine';
import { writeChanges } from '../../src/workspace/write-changes';
import {
  authorizationDetails,
  authorizations,
  legacyAnswers,
  legacyError,
  legacyResult,
} from '../stand-in/legacy-answers';
import { makePrivateKey } from '../stand-in/project';
import { runScript, type Answer, type Reply, type ScriptRun } from '../stand-in/stand-in';
import { charge, createdCharges, throttled, v2Answers, v2Error } from '../stand-in/v2-answers';

/**
 * The bundled shop does the same before and after migration: each scenario runs with the real legacy client, and after
 * `migrate --write` with the real SDK of v2, and prints the same order state. Only the wire is a stand-in.
 */
const original = join(__dirname, '../../fixtures/shop');
const modules = join(__dirname, '../../node_modules');
const privateKey = makePrivateKey();
let before: string;
let after: string;

function copyShop(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shop-')));
  cpSync(original, folder, { recursive: true });
  symlinkSync(modules, join(folder, 'node_modules'));
  return folder;
}

const migrate = (root: string) =>
  runEngine({ root, command: 'migrate', strategy: 'instead', only: [], skip: [], include: [], toolVersion: '0.0.0' });

beforeAll(async () => {
  before = copyShop();
  after = copyShop();
  await writeChanges(after, (await migrate(after)).changes);
});
afterAll(() => [before, after].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const run = (cwd: string, scenario: string, answers: readonly Answer[]): Promise<ScriptRun> =>
  runScript({
    entry: 'scenarios/run.js',
    cwd,
    args: [scenario],
    answers,
    clock: 'fast',
    env: {
      AMAZON_SELLER_ID: 'S',
      LWA_CLIENT_ID: 'C',
      MWS_ACCESS_KEY: 'A',
      MWS_SECRET_KEY: 'B',
      AMAZON_PAY_PUBLIC_KEY_ID: 'SANDBOX-KEY',
      AMAZON_PAY_PRIVATE_KEY: privateKey,
    },
  });

const legacy = (action: string, ...replies: Reply[]): Answer => ({ when: { action }, replies });
const v2 = (path: string, ...replies: Reply[]): Answer => ({ when: { path: `/v2/${path}$` }, replies });
const onAgreement = (options: Parameters<typeof authorizationDetails>[0]): Reply =>
  legacyResult('AuthorizeOnBillingAgreement', authorizationDetails(options));

interface Case {
  readonly scenario: string;
  readonly legacy?: readonly Answer[];
  readonly v2?: readonly Answer[];
  readonly state: unknown;
}

const cases: Readonly<Record<string, Case>> = {
  'a capture': { scenario: 'capture', state: { state: 'paid' } },
  'a refund': { scenario: 'refund', state: { state: 'refunding' } },
  'a refund that has arrived': { scenario: 'refund-status', state: { state: 'refunded' } },
  'an authorization': { scenario: 'authorize', state: { state: 'authorized' } },
  'a soft decline': {
    scenario: 'authorize',
    legacy: [legacy('Authorize', authorizations.softDeclined)],
    v2: [v2('charges', createdCharges.softDeclined)],
    state: { state: 'declined', advice: 'try again later' },
  },
  'a hard decline': {
    scenario: 'authorize',
    legacy: [legacy('Authorize', authorizations.hardDeclined)],
    v2: [v2('charges', createdCharges.hardDeclined)],
    state: { state: 'declined', advice: 'ask for another payment method' },
  },
  'a rejection by Amazon': {
    scenario: 'authorize',
    legacy: [legacy('Authorize', authorizations.amazonRejected)],
    v2: [v2('charges', createdCharges.amazonRejected)],
    state: { state: 'declined', advice: 'cancel the order' },
  },
  'a renewal that is captured': {
    scenario: 'charge-subscription',
    legacy: [
      legacy('AuthorizeOnBillingAgreement', onAgreement({ state: 'Closed', reasonCode: 'MaxCapturesProcessed' })),
    ],
    v2: [v2('charges', createdCharges.captured)],
    state: { state: 'paid' },
  },
  'a renewal that is declined': {
    scenario: 'charge-subscription',
    legacy: [
      legacy('AuthorizeOnBillingAgreement', onAgreement({ state: 'Declined', reasonCode: 'TransactionTimedOut' })),
    ],
    v2: [v2('charges', createdCharges.timedOut)],
    state: { state: 'declined', advice: 'try again later' },
  },
  'a renewal that is throttled': {
    scenario: 'charge-subscription',
    legacy: [legacy('AuthorizeOnBillingAgreement', legacyError('RequestThrottled', 'slow down', 503))],
    v2: [v2('charges', throttled)],
    state: { state: 'awaiting', advice: 'try again later' },
  },
  'the end of a subscription': { scenario: 'end-subscription', state: { state: 'ended' } },
  'a cancel': { scenario: 'cancel', state: { state: 'canceled' } },
  'a close': { scenario: 'close', state: { state: 'done' } },
  'a refund that is too large': {
    scenario: 'refund',
    legacy: [legacy('Refund', legacyError('TransactionAmountExceeded', 'too much'))],
    v2: [v2('refunds', v2Error(400, 'TransactionAmountExceeded'))],
    state: { state: 'refund too large' },
  },
  'a refund of an unknown capture': {
    scenario: 'refund',
    legacy: [legacy('Refund', legacyError('InvalidParameterValue', 'no'))],
    v2: [v2('refunds', v2Error(400, 'InvalidParameterValue'))],
    state: { error: 'InvalidParameterValue' },
  },
};

describe.each(Object.entries(cases))('%s', (_, { scenario, legacy: legacyFirst = [], v2: v2First = [], state }) => {
  it('ends the same before and after', async () => {
    const old = await run(before, scenario, [...legacyFirst, ...legacyAnswers]);
    const migrated = await run(after, scenario, [...v2First, ...v2Answers]);
    expect([old.stderr, migrated.stderr]).toEqual(['', '']);
    expect(JSON.parse(old.stdout)).toEqual(state);
    expect(JSON.parse(migrated.stdout)).toEqual(state);
    expect(migrated.unanswered).toEqual([]);
    expect(migrated.requests.every(({ host }) => !/mws/.test(host ?? ''))).toBe(true);
  });
});

const keyOf = ({ headers }: ScriptRun['requests'][number]): string => String(headers['x-amz-pay-idempotency-key']);

it('one legacy reference for two operations gives two idempotency keys within the limits', async () => {
  const { requests } = await run(after, 'capture-and-refund', v2Answers);
  const keys = requests.map(keyOf);
  expect(requests.map(({ path }) => path)).toEqual(['/v2/charges/S01-1111111-2222222-C333333/capture', '/v2/refunds']);
  expect(new Set(keys).size).toBe(2);
  for (const key of keys) expect(key).toMatch(/^[\w-]{1,32}$/);
});

it('a request that is throttled goes out again with the same key and body, once the amount is taken', async () => {
  const { requests, stdout } = await run(after, 'capture', [
    v2('charges/[^/]+/capture', throttled, v2Error(503, 'ServiceUnavailable'), { json: charge('Captured') }),
  ]);
  expect(JSON.parse(stdout)).toEqual({ state: 'paid' });
  expect(new Set(requests.map(keyOf)).size).toBe(1);
  expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
  expect(requests).toHaveLength(3);
});

it('sends what legacy sent, in the shape of v2', async () => {
  const { requests } = await run(after, 'charge-subscription', v2Answers);
  expect(requests[0]?.json).toEqual({
    chargePermissionId: 'C01-5555555-6666666',
    chargeAmount: { amount: '9.50', currencyCode: 'EUR' },
    captureNow: true,
    canHandlePendingAuthorization: false,
    merchantMetadata: { noteToBuyer: 'Tea of 2026-11', merchantReferenceId: 's-1', merchantStoreName: 'Tea & Cups' },
  });
});

it('a second run changes nothing, and what stays open is listed', async () => {
  const { run: report, changes } = await migrate(after);
  expect(changes).toEqual([]);
  const rules = new Set(report.findings.map(({ rule }) => rule));
  expect(rules).toContain('ipn/charge-permission');
  expect(rules).toContain('node-client/operation-call');
});

it('the tests of the shop pass after migration', async () => {
  const result = await runScript({ entry: 'test/order-states.test.js', cwd: after, answers: [] });
  expect(result.exitCode).toBe(0);
});

it('loading a migrated module touches no key and no network', async () => {
  const text = readFileSync(join(after, 'lib/amazon.js'), 'utf8');
  expect(text).toContain('withRetry(');
  const result = await runScript({
    entry: 'lib/payments.js',
    cwd: after,
    answers: [],
    env: { MWS_SECRET_KEY: 'B', LWA_CLIENT_ID: 'C' },
  });
  expect([result.exitCode, result.requests]).toEqual([0, []]);
});
