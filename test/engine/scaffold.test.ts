import { writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codemodList } from '../../src/engine/codemod-list';
import { createPatch } from '../../src/engine/create-patch';
import type { EngineOptions } from '../../src/engine/engine';
import { run } from './fake-codemods';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

const SERVER = `const express = require('express');
const client = require('./client');

const app = express();
app.use(require('helmet')());
app.post('/refund', async (req, res) => {
  await client.offAmazonPayments.refund({ AmazonCaptureId: req.body.id, RefundReferenceId: 'r', RefundAmount: { Amount: '1', CurrencyCode: 'EUR' } });
  res.end();
});
app.listen(3000);
`;
const CLIENT = `const payments = require('amazon-pay-async');
module.exports = new payments.AmazonPayClient({ environment: payments.Environment.SandboxEU, sellerId: 'A', clientId: 'c' });
`;
const files = {
  'package.json': '{ "dependencies": { "express": "^4.18.0", "amazon-pay-async": "^2.1.0" } }\n',
  'server.js': SERVER,
  'client.js': CLIENT,
};
const migrate = (root: string, options: Partial<EngineOptions> = {}) =>
  run(root, codemodList, { scaffold: true, ...options });
const OWN = ['checkout-flow.js', 'checkout-flow.test.js', 'checkout.js', 'orders.js', 'routes.js'];

function write(root: string, changes: readonly { path: string; after: Buffer }[]): void {
  for (const { path, after } of changes) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), after);
  }
}

it('writes nothing of it unless it is asked for', async () => {
  const { changes } = await migrate(createFolder(files), { scaffold: false });
  expect(changes.filter(({ path }) => path.startsWith('amazon-pay/'))).toEqual([]);
});

it('shows the new files in the diff and in a patch, and lists each decision in them', async () => {
  const { run: result, changes } = await migrate(createFolder(files));
  const own = changes.filter(({ path }) => path.startsWith('amazon-pay/'));
  expect(own.map(({ path, before }) => [path.slice('amazon-pay/'.length), before])).toEqual(
    OWN.map((name) => [name, null]),
  );
  expect(createPatch(changes).toString()).toContain('+++ b/amazon-pay/orders.js');
  expect(result.files.find(({ path }) => path === 'amazon-pay/orders.js')).toMatchObject({
    status: 'changed',
    reason: 'written by scaffold',
  });
  const decisions = result.findings.filter(({ file }) => file === 'amazon-pay/orders.js');
  expect(decisions.map(({ rule, status }) => `${rule} ${status}`).sort()).toEqual(
    [
      'scaffold/amount',
      'scaffold/current-order',
      'scaffold/pages',
      'scaffold/pages',
      'scaffold/pages',
      'scaffold/payment-intent',
      ...Array(3).fill('scaffold/payment-state'),
      ...Array(2).fill('scaffold/session-store'),
      'scaffold/sweep',
    ].map((rule) => `${rule} open`),
  );
});

it('leans on the helper that the same run emits, is registered by the server, and brings the SDK', async () => {
  const { run: result, changes } = await migrate(createFolder(files));
  const text = (path: string): string => changes.find((change) => change.path === path)?.after.toString() ?? '';
  expect(text('amazon-pay/checkout.js')).toContain("require('../amazon-pay-v2')");
  expect(text('amazon-pay/checkout.js')).toContain("process.env.AMAZON_PAY_REGION ?? 'eu'");
  expect(text('server.js')).toContain("const { amazonPay } = require('./amazon-pay/routes');\n");
  expect(text('server.js')).toContain("app.use('/amazon-pay', amazonPay);\napp.post('/refund'");
  expect(text('package.json')).toContain('@amazonpay/amazon-pay-api-sdk-nodejs');
  expect(result.findings.find(({ rule }) => rule === 'scaffold/mount')).toMatchObject({ status: 'migrated' });
});

it('changes nothing more in a second run, and a decision stays listed until its comment is gone', async () => {
  const root = createFolder(files);
  write(root, (await migrate(root)).changes);
  const second = await migrate(root);
  expect(second.changes).toEqual([]);
  expect(second.run.findings.filter(({ rule }) => rule === 'scaffold/amount')).toHaveLength(1);
});

it('overwrites nothing: a folder of that name that holds other things stays as it is', async () => {
  const theirs = { 'amazon-pay/checkout.js': "module.exports = require('amazon-pay-async');\n" };
  const { run: result, changes } = await migrate(createFolder({ ...files, ...theirs }));
  expect(changes.filter(({ path, before }) => path.startsWith('amazon-pay/') && before === null)).toEqual([]);
  expect(changes.map(({ path }) => path)).toContain('amazon-pay-checkout/routes.js');
  expect(result.files.filter(({ status }) => status === 'failed')).toEqual([]);
});

it('is written as a whole or not at all', async () => {
  const { run: result, changes } = await migrate(createFolder(files), { declined: ['amazon-pay/orders.js'] });
  expect(changes.map(({ path }) => path)).toEqual(['amazon-pay-v2.js', 'client.js', 'package.json', 'server.js']);
  expect(changes.at(-1)?.after.toString()).not.toContain('amazon-pay/routes');
  expect(result.findings.filter(({ rule }) => rule.startsWith('scaffold/'))).toEqual([]);
});

it('is written beside --only, and brings retry and errors of its own when no helper has them', async () => {
  const { changes } = await migrate(createFolder(files), { only: ['configuration'] });
  expect(changes.map(({ path }) => path)).toEqual(
    [...OWN.map((name) => `amazon-pay/${name}`), 'amazon-pay/send.js', 'server.js'].sort(),
  );
});

it('finds the server of a project in which nothing is legacy any more', async () => {
  const root = createFolder({
    'package.json': '{ "dependencies": { "express": "^4.18.0" } }\n',
    'src/app.js': "const express = require('express');\nconst app = express();\napp.listen(3000);\n",
  });
  const { changes } = await migrate(root);
  expect(changes.map(({ path }) => path)).toContain('src/amazon-pay/routes.js');
  expect(changes.find(({ path }) => path === 'src/app.js')?.after.toString()).toBe(
    "const express = require('express');\nconst { amazonPay } = require('./amazon-pay/routes');\nconst app = express();\napp.use('/amazon-pay', amazonPay);\napp.listen(3000);\n",
  );
});

it('takes another name where the server has an amazonPay of its own, and comes behind the session', async () => {
  const app =
    "const express = require('express');\nconst amazonPay = require('./client');\nconst app = express();\napp.use('/static', express.static('public'));\napp.use(session({}));\napp.get('/', amazonPay.show);\n";
  const { changes } = await migrate(createFolder({ ...files, 'server.js': app }));
  expect(changes.find(({ path }) => path === 'server.js')?.after.toString()).toContain(
    "app.use(session({}));\napp.use('/amazon-pay', amazonPayRoutes);\napp.get('/'",
  );
});
