import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codemod } from '../../../codemods/browser';
import { readCarrier } from '../../../codemods/carriers';
import { migrateTexts, readTree } from '../run-codemod';

const folder = join(__dirname, '../../../fixtures/codemods/browser');
const cases = readdirSync(folder).filter((name) => name !== 'look-alikes');

/** The text outside of scripts, with the URLs of scripts taken out. */
function outside(path: string, text: string): string {
  const { regions } = readCarrier(path, text);
  let result = '';
  let from = 0;
  for (const { start, end } of regions) {
    result += text.slice(from, start);
    from = Math.max(from, end);
  }
  return withoutUrls(result + text.slice(from));
}

const withoutUrls = (text: string): string =>
  text
    .replace(/\bsrc="[^"]*(?:Widgets|checkout)\.js[^"]*"/g, 'URL')
    .replace(
      /(?:https?:)?\/\/[\w.-]+\/(?:images[\w./-]*|OffAmazonPayments[\w./-]*Widgets\.js(?:\?sellerId=(?:\w|\{\{[^}]*\}\})*)?|checkout\.js)/gi,
      'URL',
    );

it.each(cases)('%s: what stands outside of scripts stays byte for byte', async (name) => {
  const input = readTree(join(folder, name, 'input'));
  const { files } = await migrateTexts(codemod, input);
  for (const [path, text] of input) {
    if (/\.[cm]?[jt]sx?$/.test(path)) continue;
    expect(outside(path, files.get(path) ?? '')).toBe(outside(path, text));
  }
});

it.each(cases)('%s: every tag of a template that is left is one that was there', async (name) => {
  const input = readTree(join(folder, name, 'input'));
  const { files } = await migrateTexts(codemod, input);
  for (const [path, text] of input) {
    const tagsOf = (one: string): string[] =>
      readCarrier(path, one).tags.map(({ start, end }) => withoutUrls(one.slice(start, end)));
    const before = tagsOf(text);
    const added = tagsOf(files.get(path) ?? '').filter((tag) => !before.includes(tag));
    expect([path, added]).toEqual([path, []]);
  }
});

const filler = (length: number): string => '<p>Text</p>\n'.repeat(Math.ceil(length / 12));

it.each([
  ['page.html', `${filler(5_000_000)}<script>OffAmazonPayments.Button('pay', 'A1', { type: 'PwA' });</script>`],
  [
    'page.php',
    `<?php ${'/* a */ $x = "<!--";\n'.repeat(200_000)} ?><script>amazon.Login.logout(); x(OffAmazonPayments.Button)</script>`,
  ],
  ['open.html', `<!-- ${'<!-- <script> {# /* '.repeat(200_000)}`],
  ['open.tpl', `OffAmazonPayments.Button ${'{if $a} {* <!-- {literal} '.repeat(100_000)}`],
  ['policy.html', `OffAmazonPayments.Button(${'script-src static-na.payments-amazon.com '.repeat(20_000)}`],
  [
    'urls.html',
    `OffAmazonPayments.Button(${'https://static-na.payments-amazon.com/OffAmazonPayments/'.repeat(50_000)}`,
  ],
])('%s of several megabytes takes seconds, not minutes', async (path, text) => {
  const started = process.cpuUsage();
  await migrateTexts(codemod, new Map([[path, `${text}\nwindow.OffAmazonPayments.Widgets`]]));
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6).toBeLessThan(20);
});
