import { codemodList } from '../../src/engine/codemod-list';
import { run } from './fake-codemods';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

const route = `module.exports = (app) => app.get('/done', (req, res) => res.send(req.query.AuthenticationStatus));\n`;
const client = `module.exports = require('amazon-payments').connect({ sellerId: 'A1' });\n`;
const manifest = '{ "name": "shop", "dependencies": { "amazon-payments": "^0.2.9" } }\n';
const minified = `${'var a=1;'.repeat(400)}exports.done=function(q){return q.query.AuthenticationStatus}\n`;

const listed = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
  const { run: result } = await run(createFolder(files), codemodList, { command: 'audit' });
  return result.findings.filter(({ file }) => file !== 'client.js').map(({ file, rule }) => `${file} ${rule}`);
};

it('finds the route of a buyer who comes back in a file that nothing connects with legacy code', async () => {
  const found = await listed({ 'package.json': manifest, 'client.js': client, 'routes/done.js': route });
  expect(found).toContain('routes/done.js browser/buyer-return');
});

it('says nothing of such a route where nobody sells with legacy Amazon Pay', async () => {
  expect(await listed({ 'package.json': '{ "name": "shop" }\n', 'routes/done.js': route })).toEqual([]);
});

it('takes a bundle for a legacy copy only by what is of Amazon Pay', async () => {
  const files = { 'package.json': '{ "name": "shop" }\n' };
  expect(await listed({ ...files, 'bundle.min.js': minified })).toEqual([]);
  expect(await listed({ ...files, 'bundle.min.js': `${minified}a.offAmazonPayments.capture(b)\n` })).toEqual([
    'bundle.min.js bundle/legacy-copy',
  ]);
});

it('takes a bare access_token for that of a buyer only beside legacy code', async () => {
  const shop = { 'package.json': manifest, 'client.js': client };
  const login = `exports.login = (req, res) => res.send(req.query.access_token);\n`;
  const place = 'routes/login.js browser/buyer-return';
  expect(await listed({ ...shop, 'routes/login.js': login })).not.toContain(place);
  expect(await listed({ ...shop, 'routes/login.js': `require('../client');\n${login}` })).toContain(place);
});

it('lists what an Express button sends back, all of it', async () => {
  const express = `exports.done = (req, res) => res.send(pay(req.query.orderReferenceId, req.query.resultCode, req.query.sellerId));\n`;
  const found = await listed({ 'package.json': manifest, 'client.js': client, 'routes/done.js': express });
  expect(found.filter((place) => place === 'routes/done.js browser/buyer-return')).toHaveLength(3);
});

it('says what becomes of an access token, whose name alone looks like that of a secret', async () => {
  const login = `require('../client');\nexports.login = (req, res) => res.send(req.query.access_token);\n`;
  const files = { 'package.json': manifest, 'client.js': client, 'routes/login.js': login };
  const { run: result } = await run(createFolder(files), codemodList, { command: 'audit' });
  const found = result.findings.find(({ rule }) => rule === 'browser/buyer-return');
  expect(found?.message).toContain('By access_token the login of a buyer is read from the URL. v2 has no access token');
});
