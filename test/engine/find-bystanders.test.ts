import { strongMarkers } from '../../src/catalog';
import { foreignMarkers } from '../../src/catalog/languages';
import { discover } from '../../src/engine/discover';
import { namesV2Alone } from '../../src/engine/find-bystanders';
import { selectFiles } from '../../src/engine/select-files';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

async function bystanders(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = createFolder(files);
  return [...(await selectFiles(root, await discover(root, { include: [] }))).bystanders];
}

const names = "load('https://static-eu.payments-amazon.com/checkout.js');\n";

it('is a script that only loads v2 and stands beside candidates', async () => {
  const files = { 'amazon-pay/checkout-flow.js': names, 'pay.js': "require('amazon-payments');\n" };
  expect(await bystanders(files)).toEqual(['amazon-pay/checkout-flow.js']);
});

it('is none of the files that are judged when it only loads v2 and is loaded by no candidate', async () => {
  const root = createFolder({
    'layout.js': `\n${names}`,
    'menu.js': "require('./layout');\n",
    'page.html': `<script src="https://static-eu.payments-amazon.com/checkout.js"></script>`,
    'pay.js': "require('amazon-payments');\n",
  });
  const discovery = await discover(root, { include: [] });
  expect(discovery.candidates.map(({ path }) => path)).toEqual(['pay.js']);
  expect(discovery.noted).toEqual([
    { path: 'layout.js', marker: 'payments-amazon.com', line: 2 },
    { path: 'page.html', marker: 'payments-amazon.com', line: 1 },
  ]);
  expect((await selectFiles(root, discovery)).files.map(({ path }) => path)).toEqual(['pay.js']);
});

it('keeps its marker when a candidate loads it', async () => {
  const root = createFolder({ 'layout.js': names, 'pay.js': "require('amazon-payments');\nrequire('./layout');\n" });
  const { files } = await selectFiles(root, await discover(root, { include: [] }));
  expect(files.map(({ path, marker }) => [path, marker?.marker])).toEqual([
    ['layout.js', 'payments-amazon.com'],
    ['pay.js', 'amazon-payments'],
  ]);
});

it.each([
  ...strongMarkers.filter((marker) => marker !== namesV2Alone.marker).map((marker) => ['page.js', marker] as const),
  ...foreignMarkers.map((marker) => ['page.php', marker] as const),
])('is no %s with the marker %j', async (path, marker) => {
  const files = { [path]: `${names}// ${marker}\n` };
  const { candidates, noted } = await discover(createFolder(files), { include: [] });
  expect([candidates.map((file) => file.path), noted]).toEqual([[path], []]);
  expect(await bystanders(files)).toEqual([]);
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
