import { discover } from '../../src/engine/discover';
import { selectFiles } from '../../src/engine/select-files';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

async function bystanders(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = createFolder(files);
  return [...selectFiles(root, await discover(root, { include: [] })).bystanders];
}

const names = "load('https://static-eu.payments-amazon.com/checkout.js');\n";

it('is a script that only loads v2', async () => {
  expect(await bystanders({ 'layout.js': names, 'pay.js': "require('amazon-payments');\n" })).toEqual(['layout.js']);
});

it('is what such a script loads, and what loads it, where nothing in them speaks of payments', async () => {
  const files = {
    'layout.js': `require('./menu');\n${names}`,
    'menu.js': 'draw();\n',
    'page.js': "require('./layout');\n",
  };
  expect(await bystanders(files)).toEqual(['layout.js', 'menu.js', 'page.js']);
});

it.each([
  ['speaks of legacy', `${names}client.offAmazonPayments.capture();\n`],
  ['speaks of v2', `${names}amazon.Pay.renderButton('#pay', {});\n`],
  ['reads what may be an answer of legacy', `${names}if (order.AuthorizationStatus.State === 'Open') ship();\n`],
  ['puts the address of Widgets.js together', "load('https://static-eu.payments-amazon.com/' + path);\n"],
  ['keeps a decision of an earlier run', `${names}// TODO(amazon-pay-v2) browser/script: decide\n`],
  ['names a host of Amazon in a policy', `${names}csp("script-src *.payments-amazon.com");\n`],
])('is none that %s', async (_, text) => {
  expect(await bystanders({ 'page.js': text })).toEqual([]);
});

it.each([
  ['loads a script that speaks of payments', { 'page.js': `import './a';\n${names}`, 'a.js': 'readCapture();\n' }],
  ['loads a file that is none', { 'page.js': `import { pay } from './pay';\n${names}` }],
  ['loads one through an alias', { 'page.js': `import { pay } from '@/lib/pay';\n${names}` }],
  ['is loaded by one', { 'page.js': names, 'use.js': "require('./page'); require('./pay');\n" }],
  [
    'loads one that loads a file that is none',
    { 'page.js': `import './a';\n${names}`, 'a.js': `import './pay';\n${names}` },
  ],
])('is none that %s', async (_, files) => {
  expect(await bystanders({ 'pay.js': "module.exports = require('amazon-payments');\n", ...files })).toEqual([]);
});
