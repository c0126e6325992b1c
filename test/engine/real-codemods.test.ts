import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Codemod } from '../../codemods/codemod';
import { codemod as configuration } from '../../codemods/configuration';
import { codemod as dependencies } from '../../codemods/dependencies';
import { codemod as nodeClient } from '../../codemods/node-client';
import { codemodList, type CodemodEntry } from '../../src/engine/codemod-list';
import { runSchema } from '../../src/engine/run-schema';
import { readTree } from '../codemods/run-codemod';
import { run } from './fake-codemods';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

const real = new Map<string, Codemod>([nodeClient, configuration, dependencies].map((one) => [one.name, one]));
/** The list of the toolkit, with what it loads lazily loaded already. */
const entries = codemodList.flatMap((entry): CodemodEntry[] => {
  const codemod = real.get(entry.name);
  return codemod === undefined ? [] : [{ ...entry, load: () => Promise.resolve(codemod) }];
});

it('the list says of every codemod what the codemod says of itself', () => {
  expect(entries.map(({ name }) => name)).toEqual(['node-client', 'configuration', 'dependencies']);
  for (const { name, surfaces } of entries) expect([name, surfaces]).toEqual([name, real.get(name)?.surfaces]);
});

const folder = resolve(__dirname, '../../fixtures/codemods/node-client');

it.each(readdirSync(folder))('%s: migrates without a failure, and a second time changes nothing', async (name) => {
  const files = readTree(join(folder, name, 'input'));
  if (!files.has('package.json')) files.set('package.json', '{ "dependencies": { "amazon-payments": "^0.2.9" } }\n');
  const root = createFolder(Object.fromEntries(files));
  const first = await run(root, entries);
  expect(runSchema.parse(first.run)).toEqual(first.run);
  expect(first.run.files.filter(({ status }) => status === 'failed')).toEqual([]);
  const sources = first.changes.filter(({ path }) => path !== 'package.json');
  expect(sources.length > 0).toBe(name !== 'look-alikes');
  for (const { path, after } of first.changes) writeFileSync(join(root, path), after);
  const second = await run(root, entries);
  expect(second.changes.map(({ path }) => path)).toEqual([]);
  expect(second.run.findings.filter(({ status }) => status === 'migrated')).toEqual([]);
});

it('keeps what a file that does not parse still loads, and says that it works with what changes', async () => {
  const root = createFolder({
    'package.json': '{ "dependencies": { "amazon-payments": "^0.2.9" } }\n',
    'client.js': `const payments = require('amazon-payments');
module.exports = payments.connect({ environment: payments.Environment.Sandbox, sellerId: 'A', clientId: 'c' });
`,
    'flow.js': `const payments = require('amazon-payments');
const client = require('./client');
opaque type Id = {| +id: string |};
module.exports = (id: Id) => client.offAmazonPayments.refund({}, payments);
`,
  });
  const { run: result, changes } = await run(root, entries);
  expect(changes.find(({ path }) => path === 'package.json')?.after.toString()).toContain('"amazon-payments"');
  const flow = result.files.find(({ path }) => path === 'flow.js');
  expect(flow?.status).toBe('failed');
  expect(flow?.error).toContain('It loads client.js, which changes: migrate it by hand as well.');
});

it('calls migrated what is rewritten in the function that it calls, though its own file stays as it is', async () => {
  const root = createFolder({
    'package.json': '{ "dependencies": { "amazon-payments": "^0.2.9" } }\n',
    'pay.js': `const client = require('amazon-payments').connect(require('./config'));
exports.invoke = (name, params) =>
  new Promise((resolve, reject) => {
    client.offAmazonPayments[name](params, (error, data) => (error ? reject(error) : resolve(data)));
  });
`,
    'close.js': `const { invoke } = require('./pay');
exports.close = (id) => invoke('closeAuthorization', { AmazonAuthorizationId: id });
`,
  });
  const { run: first, changes } = await run(root, entries);
  expect(changes.map(({ path }) => path)).not.toContain('close.js');
  expect(first.findings.filter(({ file }) => file === 'close.js').map(({ status }) => status)).toEqual(['migrated']);
});
