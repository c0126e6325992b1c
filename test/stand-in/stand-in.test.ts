import { CAPTURE_ID, ORDER_REFERENCE_ID } from './ids';
import { authorizations, legacyAnswers, legacyError } from './legacy-answers';
import { makePrivateKey, makeProject, type Project } from './project';
import { runScript, TYPESCRIPT_PRELOAD, type Answer, type ScriptRun } from './stand-in';
import { createdCharges, throttled, v2Answers } from './v2-answers';

const V2_CLIENT = `
const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs');
const client = new WebStoreClient({ publicKeyId: 'SANDBOX-TEST', privateKey: process.env.KEY, region: 'eu' });
const show = (value) => console.log(JSON.stringify(value));
`;
const LEGACY_CLIENT = `
const amazonPayments = require('amazon-payments');
const client = amazonPayments.connect({ environment: amazonPayments.Environment.Sandbox, sellerId: 'SELLER', mwsAccessKey: 'ACCESS', mwsSecretKey: 'SECRET', clientId: 'CLIENT' });
const show = (error, result) => console.log(JSON.stringify(error ? { type: error.type, message: error.message, body: error.body, code: error.code } : result));
`;
const key = makePrivateKey();
let project: Project;

const run = (
  script: string,
  answers: readonly Answer[],
  more: Partial<Parameters<typeof runScript>[0]> = {},
): Promise<ScriptRun> => {
  project = makeProject({ [more.entry ?? 'main.js']: script });
  return runScript({ entry: 'main.js', cwd: project.directory, answers, env: { KEY: key }, ...more });
};
afterEach(() => project.remove());

describe('the real v2 SDK', () => {
  test('gets an answer, and its request is recorded as it was signed', async () => {
    const result = await run(
      `${V2_CLIENT} client.createCharge({ chargePermissionId: 'S01-1111111-2222222' }, { 'x-amz-pay-idempotency-key': 'k1' }).then((r) => show([r.status, r.data.chargeId]));`,
      v2Answers,
    );
    expect(result).toMatchObject({ exitCode: 0, stdout: `[201,"${CAPTURE_ID}"]\n`, stderr: '', unanswered: [] });
    expect(result.requests).toHaveLength(1);
    expect(result.requests[0]).toMatchObject({
      method: 'POST',
      host: 'pay-api.amazon.eu',
      path: '/v2/charges',
      json: { chargePermissionId: ORDER_REFERENCE_ID },
      headers: {
        'x-amz-pay-idempotency-key': 'k1',
        authorization: expect.stringContaining('AMZN-PAY-RSASSA-PSS PublicKeyId=SANDBOX-TEST'),
      },
    });
  });

  test('a DELETE keeps its body', async () => {
    const result = await run(
      `${V2_CLIENT} client.closeChargePermission('S01-1111111-2222222', { closureReason: 'done ü', cancelPendingCharges: true }).then((r) => show(r.data.statusDetails.state));`,
      v2Answers,
    );
    expect(result.stdout).toBe('"Closed"\n');
    expect(result.requests[0]).toMatchObject({
      method: 'DELETE',
      json: { closureReason: 'done ü', cancelPendingCharges: true },
    });
  });

  test('replies come in order, the last repeats, and the SDK itself never retries', async () => {
    const result = await run(
      `${V2_CLIENT}
      (async () => {
        for (let i = 0; i < 3; i += 1) {
          await client.createCharge({}, {}).then((r) => show(r.status), (e) => show([e.response.status, e.response.data.reasonCode]));
        }
      })();`,
      [{ when: { path: '/v2/charges$' }, replies: [throttled, createdCharges.softDeclined] }],
    );
    expect(result.stdout).toBe('[429,"TooManyRequests"]\n[422,"SoftDeclined"]\n[422,"SoftDeclined"]\n');
    expect(result.requests).toHaveLength(3);
  });

  test('a broken connection is an error without response', async () => {
    const result = await run(
      `${V2_CLIENT} client.getCharge('x').catch((e) => show([e.code, e.response === undefined]));`,
      [{ when: {}, replies: [{ fail: true }] }],
    );
    expect(result.stdout).toBe('["ECONNRESET",true]\n');
  });

  test('a request that no answer matches is named', async () => {
    const result = await run(`${V2_CLIENT} client.getBuyer('token').catch((e) => show(e.response.status));`, v2Answers);
    expect(result.stdout).toBe('501\n');
    expect(result.unanswered.map((request) => request.path)).toEqual(['/v2/buyers/token']);
  });
});

describe('the real amazon-payments', () => {
  test('parses the XML of every default answer', async () => {
    const actions = legacyAnswers.map(({ when }) => String(when.action));
    const result = await run(
      `${LEGACY_CLIENT}
      for (const action of ${JSON.stringify(actions)}) {
        const method = action[0].toLowerCase() + action.slice(1);
        client.offAmazonPayments[method]({}, (error, result) => console.log(JSON.stringify([action, error, Object.keys(result || {})])));
      }`,
      legacyAnswers,
    );
    const results = result.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [string, unknown, string[]]);
    expect(results).toHaveLength(actions.length);
    for (const [action, error, keys] of results) {
      const isEmpty = /^(Confirm|Close|Cancel)/.test(action);
      expect([action, error, keys.includes('Response')]).toEqual([action, null, false]);
      expect(keys.length > 0).toBe(!isEmpty);
    }
    expect(result.unanswered).toEqual([]);
  });

  test('sees a decline as success with a state, and sends signed MWS parameters', async () => {
    const result = await run(
      `${LEGACY_CLIENT} client.offAmazonPayments.authorize({ AmazonOrderReferenceId: 'S01-1111111-2222222', AuthorizationAmount: { Amount: 5, CurrencyCode: 'USD' } }, (e, r) => show(e, r.AuthorizationDetails.AuthorizationStatus));`,
      [{ when: { action: 'Authorize' }, replies: [authorizations.softDeclined] }],
    );
    expect(JSON.parse(result.stdout)).toMatchObject({ State: 'Declined', ReasonCode: 'InvalidPaymentMethod' });
    expect(result.requests[0]).toMatchObject({
      host: 'mws.amazonservices.com',
      path: '/OffAmazonPayments_Sandbox/2013-01-01',
      form: {
        Action: 'Authorize',
        'AuthorizationAmount.Amount': '5',
        SellerId: 'SELLER',
        Signature: expect.stringMatching(/=$/),
      },
    });
  });

  test('gets errors as MWS writes them', async () => {
    const result = await run(
      `${LEGACY_CLIENT} client.offAmazonPayments.refund({}, show); client.offAmazonPayments.capture({}, show);`,
      [
        { when: { action: 'Refund' }, replies: [legacyError('InvalidParameterValue', 'a < b & c')] },
        { when: { action: 'Capture' }, replies: [legacyError('RequestThrottled', 'slow down')] },
      ],
    );
    const errors = result.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; message: string });
    expect(errors.map(({ type, message }) => [type, message]).sort()).toEqual([
      ['InvalidParameterValue', 'a < b & c'],
      ['RequestThrottled', 'slow down'],
    ]);
  });
});

describe('the runner', () => {
  test('fetch and ES modules reach the stand-in too', async () => {
    const result = await run(
      `import { request } from 'node:https';
       const answer = await fetch('https://mws.amazonservices.com/x?Action=GetServiceStatus', { method: 'POST', body: 'a=ü' });
       console.log(answer.status, await answer.text());
       request('https://pay-api.amazon.com/v2/y', { method: 'GET' }, (r) => { console.log(r.statusCode); r.resume(); }).end();`,
      [
        { when: { action: 'GetServiceStatus' }, replies: [{ status: 202, text: 'green' }] },
        { when: { path: '^/v2/y$' }, replies: [{ status: 204 }] },
      ],
      { entry: 'main.mjs' },
    );
    expect(result).toMatchObject({ exitCode: 0, stdout: '202 green\n204\n', unanswered: [] });
    expect(result.requests.map((request) => request.body)).toEqual(['a=ü', '']);
  });

  test('nothing gets past it, but a shop reaches its own server on loopback', async () => {
    const result = await run(
      `const http = require('http');
       try { require('tls').connect(443, 'example.com'); } catch (e) { console.log('refused'); }
       http.get('http://example.com/a', (r) => { console.log(r.statusCode); r.resume(); });
       const server = http.createServer((q, s) => s.end('own')).listen(0, '127.0.0.1', () =>
         http.get({ host: '127.0.0.1', port: server.address().port }, (r) => r.on('data', (d) => console.log(String(d))).on('end', () => server.close())));`,
      [],
    );
    expect(result.stdout.trim().split('\n').sort()).toEqual(['501', 'own', 'refused']);
    expect(result.unanswered.map((request) => request.host)).toEqual(['example.com']);
  });

  test('a fast clock ends long waits at once and lists them', async () => {
    const result = await run(
      `setTimeout(() => console.log('woke'), 3_600_000); setTimeout(() => console.log('short'), 5);`,
      [],
      { clock: 'fast' },
    );
    expect(result.stdout.trim().split('\n').sort()).toEqual(['short', 'woke']);
    expect(result.waits).toEqual([3_600_000]);
  });

  test('exit code, stderr and a script that hangs are reported', async () => {
    const failed = await run(`console.error('bad'); process.exit(7);`, []);
    expect(failed).toMatchObject({ exitCode: 7, stderr: 'bad\n' });
    project.remove();
    const hanging = await run(`setInterval(() => {}, 1000);`, [], { timeoutMs: 400 });
    expect(hanging.exitCode).toBeNull();
  });

  test('an answers module may compute replies from the request', async () => {
    project = makeProject({
      'answers.cjs': `module.exports = [{ when: {}, replies: [(request, used) => ({ json: [request.path, used] })] }];`,
      'main.ts': `const get = async (url: string): Promise<unknown> => (await fetch(url)).json();
        get('https://a.example/1').then((first) => console.log(JSON.stringify(first)));`,
    });
    const result = await runScript({
      entry: 'main.ts',
      cwd: project.directory,
      answers: 'answers.cjs',
      preloads: [TYPESCRIPT_PRELOAD],
    });
    expect(result).toMatchObject({ stdout: '["/1",0]\n', stderr: '' });
  });

  test('the environment of the test run does not leak into the script', async () => {
    process.env['LEAKED'] = 'yes';
    try {
      expect((await run(`console.log(process.env.LEAKED, process.env.KEY.length > 0);`, [])).stdout).toBe(
        'undefined true\n',
      );
    } finally {
      delete process.env['LEAKED'];
    }
  });
});
