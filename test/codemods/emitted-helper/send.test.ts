import { makePrivateKey, makeProject } from '../../stand-in/project';
import { runScript, TYPESCRIPT_PRELOAD, type Answer, type ScriptRun } from '../../stand-in/stand-in';
import { createdCharges, throttled, v2Answers, v2Error } from '../../stand-in/v2-answers';
import { ALL_FUNCTIONS, emit } from './emit';

/** The emitted file in a project of its own, with the real SDK on top and the recording stand-in below. */
const FORMATS = {
  commonjs: { helper: 'amazon-pay-v2.js', entry: 'main.js', preloads: [] },
  esm: { helper: 'amazon-pay-v2.mjs', entry: 'main.mjs', preloads: [] },
  typescript: { helper: 'amazon-pay-v2.ts', entry: 'main.ts', preloads: [TYPESCRIPT_PRELOAD] },
} as const;
type Format = keyof typeof FORMATS;

const key = makePrivateKey();

function prelude(format: Format): string {
  const names = `{ ${ALL_FUNCTIONS.join(', ')}, AmazonPayError }`;
  const imports =
    format === 'commonjs'
      ? `const ${names} = require('./amazon-pay-v2.js'); const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs');`
      : `import ${names} from './${FORMATS[format].helper}'; import sdk from '@amazonpay/amazon-pay-api-sdk-nodejs'; const { WebStoreClient } = sdk;`;
  return `${imports}
const makeClient = () => new WebStoreClient({ publicKeyId: 'SANDBOX-TEST', privateKey: process.env.KEY, region: 'na' });
let client = withRetry(makeClient());
const show = (value) => console.log(JSON.stringify(value));
const charge = () => client.createCharge(
  { chargePermissionId: 'S01-1111111-2222222', chargeAmount: price('94.50', 'USD') },
  { 'x-amz-pay-idempotency-key': idempotencyKey('Authorize', 'order-1') },
);
`;
}

async function run(
  format: Format,
  script: string,
  answers: readonly Answer[],
  functions = ALL_FUNCTIONS,
): Promise<ScriptRun> {
  const { helper, entry, preloads } = FORMATS[format];
  const project = makeProject({ [helper]: emit(functions, { format }), [entry]: prelude(format) + script });
  try {
    return await runScript({ entry, cwd: project.directory, preloads, answers, env: { KEY: key }, clock: 'fast' });
  } finally {
    project.remove();
  }
}
const lines = (result: ScriptRun): unknown[] => {
  expect(result.stderr).toBe('');
  return result.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
};
const charges = (...replies: Answer['replies']): Answer => ({
  when: { method: 'POST', path: '/v2/charges$' },
  replies,
});

describe.each(Object.keys(FORMATS) as Format[])('the %s file with the real SDK', (format) => {
  test('send resolves to the object, after retries that carry the same idempotency key', async () => {
    const result = await run(format, `send(charge).then(show);`, [
      charges(throttled, v2Error(503, 'ServiceUnavailable'), createdCharges.authorized),
    ]);
    expect(lines(result)).toEqual([
      expect.objectContaining({ statusDetails: expect.objectContaining({ state: 'Authorized' }) }),
    ]);
    const keys = result.requests.map(({ headers }) => headers['x-amz-pay-idempotency-key']);
    expect(keys).toEqual([keys[0], keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(result.requests.map(({ body }) => body)).size).toBe(1);
  });

  test('sendCharge turns declines into a state, and rejects with everything else', async () => {
    const result = await run(
      format,
      `(async () => {
        for (let i = 0; i < 6; i += 1) show(await sendCharge(charge));
        await sendCharge(charge).catch((error) => show([error instanceof AmazonPayError, error.type]));
      })();`,
      [
        charges(
          createdCharges.authorized,
          createdCharges.softDeclined,
          createdCharges.hardDeclined,
          createdCharges.amazonRejected,
          createdCharges.timedOut,
          createdCharges.processingFailure,
          v2Error(422, 'PaymentMethodNotAllowed'),
        ),
      ],
    );
    const declined = (reasonCode: string): unknown => ({
      statusDetails: { state: 'Declined', reasonCode, reasonDescription: `${reasonCode} in a test` },
    });
    expect(lines(result)).toEqual([
      expect.objectContaining({ chargeId: expect.any(String) }),
      declined('SoftDeclined'),
      declined('HardDeclined'),
      declined('AmazonRejected'),
      declined('TransactionTimedOut'),
      declined('ProcessingFailure'),
      [true, 'PaymentMethodNotAllowed'],
    ]);
    // One request each: a decline is not retried, although ProcessingFailure has status 500.
    expect(result.requests).toHaveLength(7);
  });
});

describe('send', () => {
  test('gives up after three retries, waiting longer each time', async () => {
    const result = await run('commonjs', `send(charge).catch((error) => show([error.status, error.reasonCode]));`, [
      charges(throttled),
    ]);
    expect(lines(result)).toEqual([[429, 'TooManyRequests']]);
    expect(result.requests).toHaveLength(4);
    const [first = 0, second = 0, third = 0, ...more] = result.waits;
    expect(more).toEqual([]);
    expect([first >= 250 && first <= 500, second >= 500 && second <= 1000, third >= 1000 && third <= 2000]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test.each([408, 425, 429, 500, 502, 503, 504])('sends again after %i', async (status) => {
    const result = await run('commonjs', `send(charge).then(() => show('done'));`, [
      charges({ status, text: '<html>' }, createdCharges.captured),
    ]);
    expect(lines(result)).toEqual(['done']);
    expect(result.requests).toHaveLength(2);
  });

  test.each([400, 401, 403, 404, 405, 409, 422, 426])('does not after %i', async (status) => {
    const result = await run('commonjs', `send(charge).catch((error) => show(error.status));`, [
      charges(v2Error(status, 'Any'), createdCharges.captured),
    ]);
    expect(lines(result)).toEqual([status]);
    expect(result.requests).toHaveLength(1);
  });

  test.each([
    ['2', 2000],
    ['86400', 30_000],
  ])('waits at least as long as Retry-After: %s asks, within bounds', async (header, expected) => {
    const limited = { ...throttled, headers: { 'retry-after': header } };
    const result = await run('commonjs', `send(charge).then(() => show('done'));`, [
      charges(limited, createdCharges.captured),
    ]);
    expect(lines(result)).toEqual(['done']);
    expect(result.waits).toEqual([expected]);
  });

  test.each(['0', '-5', 'Wed, 21 Oct 2026 07:28:00 GMT', 'soon'])(
    'falls back to its own pause for Retry-After: %s',
    async (header) => {
      const limited = { ...throttled, headers: { 'retry-after': header } };
      const result = await run('commonjs', `send(charge).then(() => show('done'));`, [
        charges(limited, createdCharges.captured),
      ]);
      expect(result.waits).toHaveLength(1);
      expect(result.waits[0]).toBeLessThanOrEqual(500);
      expect(result.waits[0]).toBeGreaterThanOrEqual(250);
    },
  );

  test('retries and wait can be given', async () => {
    const result = await run(
      'commonjs',
      `const waited = [];
       const wait = async (milliseconds) => { waited.push(milliseconds > 0); };
       client = withRetry(makeClient(), { retries: 5, wait });
       send(charge).catch(() => show(waited));
       client = withRetry(makeClient(), { retries: 0 });
       send(() => client.getCharge('x')).catch((error) => show(error.status));`,
      [charges(throttled), { when: { method: 'GET' }, replies: [throttled] }],
    );
    expect(lines(result)).toEqual(expect.arrayContaining([429, [true, true, true, true, true]]));
    expect(result.requests).toHaveLength(7);
    expect(result.waits).toEqual([]);
  });

  test('values are taken once, however often the request goes out', async () => {
    const result = await run(
      'commonjs',
      `let count = 0;
       const payload = { chargePermissionId: 'S01-1111111-2222222', chargeAmount: price('94.50', 'USD') };
       send(() => client.createCharge(payload, { 'x-amz-pay-idempotency-key': 'key' + count++ })).then(() => show([count, payload]));`,
      [charges(throttled, throttled, createdCharges.captured)],
    );
    expect(lines(result)).toEqual([
      [1, { chargePermissionId: 'S01-1111111-2222222', chargeAmount: { amount: '94.50', currencyCode: 'USD' } }],
    ]);
    expect(result.requests.map(({ headers }) => headers['x-amz-pay-idempotency-key'])).toEqual([
      'key0',
      'key0',
      'key0',
    ]);
  });

  test('the error has the fields of a legacy error and nothing of the request', async () => {
    const result = await run(
      'commonjs',
      `const { inspect } = require('util');
       send(charge).catch((error) => {
         show([error.name, error.type, error.reasonCode, error.status, error.message, error.requestId, error instanceof Error]);
         show(inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error) + error.stack);
       });`,
      [charges(v2Error(400, 'TransactionAmountExceeded', 'Too much'))],
    );
    const [fields, everything] = lines(result);
    expect(fields).toEqual([
      'TransactionAmountExceeded',
      'TransactionAmountExceeded',
      'TransactionAmountExceeded',
      400,
      'Too much',
      'test-request-id',
      true,
    ]);
    const sent = result.requests[0];
    expect(String(sent?.headers['authorization'])).toContain('Signature=');
    for (const secret of [
      'Signature=',
      'PRIVATE KEY',
      'SANDBOX-TEST',
      String(sent?.headers['x-amz-pay-idempotency-key']),
    ]) {
      expect(everything).not.toContain(secret);
    }
  });

  test('an answer that is no JSON of Amazon still gives an error with a type', async () => {
    const result = await run(
      'commonjs',
      `client = makeClient(); send(charge).catch((error) => show([error.type, error.message]));`,
      [charges({ status: 502, headers: { 'content-type': 'text/html' }, text: '<html>Bad Gateway</html>' })],
    );
    expect(lines(result)).toEqual([['Unknown', 'Amazon Pay answered with HTTP status 502']]);
  });

  test('errors without an answer pass through as they are, once', async () => {
    const result = await run(
      'commonjs',
      `const bug = new RangeError('mine');
       (async () => {
         await send(charge).catch((error) => show([error.code, error instanceof AmazonPayError]));
         await send(() => { throw bug; }).catch((error) => show(error === bug));
         await send(() => Promise.reject(undefined)).catch((error) => show(error === undefined));
         await sendCharge(() => Promise.reject(null)).catch((error) => show(error === null));
       })();`,
      [charges({ fail: true })],
    );
    expect(lines(result)).toEqual([['ECONNRESET', false], true, true, true]);
    expect(result.requests).toHaveLength(1);
  });

  test('what the SDK or an id conversion throws at once becomes a rejection', async () => {
    const result = await run(
      'commonjs',
      `const broken = new WebStoreClient({ publicKeyId: undefined, privateKey: '', region: 'na' });
       const first = send(() => broken.createCharge({}, {}));
       const second = sendCharge(() => client.captureCharge(toChargeId('S01-1111111-2222222'), {}));
       first.catch((error) => show(error.name)).then(() => second).catch((error) => show(error.code));`,
      [],
    );
    expect(lines(result)).toEqual(['TypeError', 'AMAZON_PAY_NOT_A_CHARGE_ID']);
    expect(result.requests).toEqual([]);
  });
});

test('a migrated capture and refund reach Amazon in the v2 shape', async () => {
  const result = await run(
    'esm',
    `const captured = await sendCharge(() => client.captureCharge(toChargeId('S01-1111111-2222222-A333333'), { captureAmount: toPrice({ Amount: 94.5, CurrencyCode: 'USD' }), softDescriptor: shorten('Very long descriptor', 16) }, { 'x-amz-pay-idempotency-key': idempotencyKey('Capture', 'order-1') }));
     const refunded = await send(() => client.createRefund({ chargeId: captured.chargeId, refundAmount: price('1', 'USD') }, { 'x-amz-pay-idempotency-key': idempotencyKey('Refund', 'order-1') }));
     show([captured.statusDetails.state, refunded.statusDetails.state]);`,
    v2Answers,
  );
  expect(lines(result)).toEqual([['Captured', 'RefundInitiated']]);
  const [capture, refund] = result.requests;
  expect(capture).toMatchObject({
    path: '/v2/charges/S01-1111111-2222222-C333333/capture',
    json: { captureAmount: { amount: '94.5', currencyCode: 'USD' }, softDescriptor: 'Very long descri' },
  });
  expect(capture?.headers['x-amz-pay-idempotency-key']).not.toBe(refund?.headers['x-amz-pay-idempotency-key']);
});

test('loading the file sends nothing, reads nothing and keeps nothing running', async () => {
  const project = makeProject({
    'amazon-pay-v2.js': emit(ALL_FUNCTIONS),
    'main.js': `const fs = require('fs');
      const file = require.resolve('./amazon-pay-v2.js');
      const { runInThisContext } = require('vm');
      const load = runInThisContext('(function (module, exports, require) {' + fs.readFileSync(file, 'utf8') + '})');
      const used = [];
      for (const name of Object.keys(fs)) if (typeof fs[name] === 'function') fs[name] = () => { used.push(name); };
      const required = [];
      const module_ = { exports: {} };
      load(module_, module_.exports, (name) => { required.push(name); return require(name); });
      process.stdout.write(JSON.stringify([used, required, Object.keys(module_.exports).length > 9]));`,
  });
  try {
    const result = await runScript({ entry: 'main.js', cwd: project.directory, answers: [], timeoutMs: 5000 });
    expect(result).toMatchObject({
      exitCode: 0,
      stdout: '[[],["node:crypto","node:crypto","node:https"],true]',
      requests: [],
    });
  } finally {
    project.remove();
  }
});
