import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { entryPath } from './run-cli';
import { createFolder } from './temporary-folder';

interface Work {
  readonly opened: Record<string, number>;
  readonly parsed: Record<string, number>;
  readonly loadsParser: boolean;
  /** What grammars of other languages read: the language and the first line of the text. */
  readonly read: Record<string, number>;
  readonly loadsGrammars: boolean;
}

type Count = 'opened' | 'parsed' | 'read';

/** What an audit does rather than how long it takes: how often it opens and parses each file, and whether it loads the parser. */
function audit(files: Readonly<Record<string, string>>): Work {
  const root = realpathSync(createFolder());
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const file = join(createFolder(), 'work.json');
  const { stderr } = spawnSync(
    process.execPath,
    ['--require', join(__dirname, 'count-work.cjs'), entryPath, 'audit', root, '--quiet', '--json'],
    { env: { ...process.env, COUNT_ROOT: root, COUNT_FILE: file }, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const threads = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<Count, Record<string, number>> & { modules: string[] });
  const sum = (what: Count): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const thread of threads)
      for (const [path, count] of Object.entries(thread[what])) counts[path] = (counts[path] ?? 0) + count;
    return counts;
  };
  return {
    opened: sum('opened'),
    parsed: sum('parsed'),
    loadsParser: threads.some(({ modules }) => modules.some((path) => path.includes('ts-morph'))),
    read: sum('read'),
    loadsGrammars: threads.some(({ modules }) => modules.some((path) => path.includes('@ast-grep'))),
  };
}

const unrelated = { 'a.js': "require('./b');\n", 'b.js': 'x();\n', 'deep/c.ts': "import '../b';\n", 'd.css': 'a{}' };

it('opens every file once and loads no parser when there is nothing legacy', () => {
  expect(audit({ ...unrelated, 'node_modules/amazon-payments/index.js': '' })).toEqual({
    opened: { 'a.js': 1, 'b.js': 1, 'deep/c.ts': 1, 'd.css': 1 },
    parsed: {},
    loadsParser: false,
    read: {},
    loadsGrammars: false,
  });
});

it('loads no parser when no script is a candidate', () => {
  const { loadsParser } = audit({
    ...unrelated,
    '.env': 'MWS_ACCESS_KEY=\n',
    'shop.php': '<?php // offAmazonPayments',
  });
  expect(loadsParser).toBe(false);
});

it('opens only importers of candidates, and what candidates load, once more', () => {
  const { opened, loadsParser } = audit({
    ...unrelated,
    'pay.js': "require('amazon-payments').connect(require('./settings'));\n",
    'settings.js': 'module.exports = {};\n',
    'use.js': "const pay = require('./pay');\n",
  });
  expect(loadsParser).toBe(true);
  const once = { 'a.js': 1, 'b.js': 1, 'deep/c.ts': 1, 'd.css': 1, 'pay.js': 1 };
  expect(opened).toMatchObject(once);
  expect(Object.keys(opened).sort()).toEqual([...Object.keys(once), 'settings.js', 'use.js'].sort());
  // Once to search, once for its imports, its settings and the codemods.
  expect(opened['use.js']).toBe(2);
  expect(opened['settings.js']).toBe(2);
});

it('parses a script once for the check of its syntax, the checker and all codemods', () => {
  const { parsed } = audit({
    'mws.js':
      "const host = 'mws-eu.amazonservices.com';\nconst path = '/OffAmazonPayments/2013-01-01';\n" +
      "send({ Action: 'Capture', AmazonAuthorizationId: id, key: process.env.MWS_SECRET_KEY });\n",
    'config/pay.js': "require('amazon-payments').connect({ key: process.env.MWS_ACCESS_KEY });\n",
  });
  expect(parsed).toMatchObject({ 'mws.js': 1, 'config/pay.js': 1 });
});

it('loads no parser when scripts merely name the address of v2', () => {
  const { loadsParser } = audit({
    'layout.js': "require('./menu');\nload('https://static-na.payments-amazon.com/checkout.js');\n",
    'menu.js': 'draw();\n',
  });
  expect(loadsParser).toBe(false);
});

it('parses no script that merely names the address of v2', () => {
  const { parsed } = audit({
    'pay.js': "require('amazon-payments');\n",
    'layout.js': "load('https://static-na.payments-amazon.com/checkout.js');\n",
  });
  expect(parsed['pay.js']).toBe(1);
  expect(parsed['layout.js']).toBeUndefined();
});

/** Code of each language that has to do with payments, and with Amazon, but not with its legacy API. */
const foreign = {
  'pay.php': '<?php // stripe\n$client->capture($charge, ["amount" => 5]); $s3 = new \\Aws\\S3\\Client([]);\n',
  'page.phtml': '<p>stripe</p>\n<?php echo $order->refund(); ?>\n',
  'pay.py': '# stripe\nclient.authorize(order)\n',
  'pay.rb': '# stripe\nclient.capture(order)\n',
  'page.erb': '<p>stripe</p><%= order.refund %>\n',
  'Pay.java': '// stripe\nclass Pay { void pay(Client client) { client.capture(new CaptureRequest()); } }\n',
  'Pay.cs': '// stripe\nusing Amazon.S3;\nclass Pay { void Do(Client client) { client.Capture(); } }\n',
  'pay.go': 'package pay // stripe\nfunc Pay(client *Client) { client.Capture() }\n',
  'composer.json': '{ "require": { "aws/aws-sdk-php": "^3" } }\n',
  Dockerfile: 'FROM php:8\nRUN composer require aws/aws-sdk-php\n',
};

it('loads no grammar of another language where nothing of it is legacy', () => {
  const { opened, read, loadsGrammars } = audit(foreign);
  expect([read, loadsGrammars]).toEqual([{}, false]);
  expect(opened).toEqual(Object.fromEntries(Object.keys(foreign).map((path) => [path, 1])));
});

it('loads no grammar for what is legacy in scripts, pages, settings and lists of packages', () => {
  const { read, loadsGrammars } = audit({
    ...foreign,
    'pay.js': "require('amazon-payments').connect({});\n",
    'page.html':
      '<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/eur/lpa/js/Widgets.js"></script>\n',
    '.env': 'MWS_ACCESS_KEY=\n',
    'composer.json': '{ "require": { "amzn/amazon-pay-sdk-php": "^3" } }\n',
    Gemfile: "gem 'amazon_pay'\n",
  });
  expect([read, loadsGrammars]).toEqual([{}, false]);
});

const legacy = {
  php: ['legacy.php', '<?php // legacy\n$amazon = new \\AmazonPay\\Client($settings);\n'],
  python: ['legacy.py', '# legacy\nfrom amazon_pay.client import AmazonPayClient\n'],
  ruby: ['legacy.rb', '# legacy\namazon = AmazonPay::Client.new(a, b, c)\n'],
  java: ['Legacy.java', '// legacy\nimport com.amazon.pay.impl.PayClient;\nclass Legacy {}\n'],
  csharp: ['Legacy.cs', '// legacy\nusing AmazonPay.CommonRequests;\nclass Legacy { Configuration settings; }\n'],
  go: ['legacy/legacy.go', 'package legacy // legacy\nimport _ "github.com/qor/amazon-pay-sdk-go"\n'],
} as const;

it.each(Object.entries(legacy))('reads by the grammar of %s only what is legacy in it', (language, [path, text]) => {
  const { read, loadsGrammars } = audit({ ...foreign, [path]: text });
  // PHP is read once to be listed, and once to be rewritten.
  expect(read).toEqual({ [`${language}: ${text.split('\n')[0]}`]: language === 'php' ? 2 : 1 });
  expect(loadsGrammars).toBe(true);
});
