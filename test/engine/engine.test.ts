import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPatch } from '../../src/engine/create-patch';
import { runEngine, type EngineOptions, type EngineOutcome } from '../../src/engine/engine';
import { runSchema } from '../../src/engine/run-schema';
import { writeChanges } from '../../src/workspace/write-changes';
import { makeFolder, removeFolders } from '../workspace/temporary-folder';

afterEach(removeFolders);

const migrate = (root: string, more: Partial<EngineOptions> = {}): Promise<EngineOutcome> =>
  runEngine({
    root,
    command: 'migrate',
    strategy: 'instead',
    only: [],
    skip: [],
    include: [],
    toolVersion: '0.0.0',
    ...more,
  });

const CLIENT = `const ap = require('amazon-payments');
const client = ap.connect({ environment: ap.Environment.Sandbox, sellerId: 's', mwsAccessKey: process.env.K, mwsSecretKey: process.env.S, clientId: 'c' });
exports.capture = (id, ref, done) => client.offAmazonPayments.capture({ AmazonAuthorizationId: id, CaptureReferenceId: ref, CaptureAmount: { Amount: '1.00', CurrencyCode: 'USD' } }, done);
`;

describe('a project', () => {
  it('is migrated, and what remains is an honest list', async () => {
    const root = makeFolder({
      'pay.js': CLIENT,
      'package.json': '{\n  "dependencies": { "amazon-payments": "^0.2.9" }\n}\n',
      'other.js': 'const x = 1;\n',
    });
    const { run, changes } = await migrate(root);
    expect(runSchema.parse(run)).toEqual(run);
    expect(changes.map(({ path }) => path)).toEqual(['amazon-pay-v2.js', 'package.json', 'pay.js']);
    expect(run.summary.files).toMatchObject({ scanned: 3, changed: 3, failed: 0 });
    expect(run.findings.filter(({ status }) => status === 'migrated').map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['node-client/construction', 'node-client/operation-call', 'dependency/legacy-client']),
    );
    expect(
      run.findings.filter(({ status }) => status === 'open').every(({ automation }) => automation !== 'automatic'),
    ).toBe(true);
    const call = run.findings.find(({ rule }) => rule === 'node-client/operation-call');
    expect(call).toMatchObject({
      file: 'pay.js',
      range: { start: { line: 3, column: 38 } },
      legacy: { operation: 'Capture' },
      replacement: { name: 'captureCharge' },
    });
    expect(call?.after).toContain('captureCharge(');
  });

  it('stays as it is in a second run, and a third', async () => {
    const root = makeFolder({
      'pay.js': CLIENT,
      'package.json': '{ "dependencies": { "amazon-payments": "^0.2.9" } }',
    });
    const first = await migrate(root);
    await writeChanges(root, first.changes);
    expect((await migrate(root)).changes).toEqual([]);
    expect((await migrate(root)).changes).toEqual([]);
  });

  it('gives the same report twice, but for the time', async () => {
    const root = makeFolder({ 'pay.js': CLIENT, 'lib/a.js': CLIENT, '.env': 'MWS_ACCESS_KEY=AKIAABCDEFGHIJKLMNOP\n' });
    const [a, b] = [await migrate(root), await migrate(root)];
    expect({ ...a.run, startedAt: '', durationMs: 0 }).toEqual({ ...b.run, startedAt: '', durationMs: 0 });
  });

  it('audit changes nothing and leaves everything open', async () => {
    const root = makeFolder({ 'pay.js': CLIENT });
    const { run, changes } = await migrate(root, { command: 'audit' });
    expect(changes).toEqual([]);
    expect(run.findings.length).toBeGreaterThan(2);
    expect(run.findings.every(({ status, after }) => status === 'open' && after === undefined)).toBe(true);
  });

  it('keeps decisions on the list after they were written', async () => {
    const confirm =
      CLIENT +
      `exports.confirm = (id, done) => client.offAmazonPayments.confirmOrderReference({ AmazonOrderReferenceId: id }, done);\n`;
    const root = makeFolder({
      'pay.js': confirm,
      'package.json': '{ "dependencies": { "amazon-payments": "^0.2.9" } }',
    });
    await writeChanges(root, (await migrate(root)).changes);
    const { run } = await migrate(root, { command: 'audit' });
    expect(run.findings).toEqual([
      expect.objectContaining({
        rule: 'node-client/operation-call',
        automation: 'assisted',
        status: 'open',
        codemod: 'decisions',
      }),
    ]);
  });

  it('rewrites a caller that holds no marker of its own', async () => {
    const root = makeFolder({
      'pay.js': CLIENT,
      'orders.js': `const pay = require('./pay');\npay.capture('a', 'b', (e, d) => { if (d.CaptureDetails.CaptureStatus.State === 'Completed') done(); });\n`,
      'unrelated.js': `const pay = require('./payments');\n`,
    });
    const { changes } = await migrate(root);
    expect(changes.map(({ path }) => path)).toContain('orders.js');
    expect(changes.find(({ path }) => path === 'orders.js')?.after.toString()).toContain(
      "d.statusDetails.state === 'Captured'",
    );
  });

  it.each([
    ['a BOM', Buffer.from(`\uFEFF${CLIENT}`)],
    ['UTF-16', Buffer.from(`\uFEFF${CLIENT}// äöü\n`, 'utf16le')],
    ['latin1', Buffer.from(`${CLIENT}// äöü\n`, 'latin1')],
  ])('keeps %s', async (_, bytes) => {
    const { changes } = await migrate(makeFolder({ 'pay.js': bytes }), {});
    const after = changes.find(({ path }) => path === 'pay.js')?.after ?? Buffer.alloc(0);
    expect(after.subarray(0, 2).equals(bytes.subarray(0, 2))).toBe(true);
    if (bytes.includes(0xe4)) expect(after.includes(bytes.subarray(bytes.indexOf(0xe4)))).toBe(true);
  });

  it('--strategy beside leaves the legacy checkout', async () => {
    const both =
      CLIENT +
      `exports.confirm = (id, done) => client.offAmazonPayments.confirmOrderReference({ AmazonOrderReferenceId: id }, done);\n`;
    const { changes } = await migrate(makeFolder({ 'pay.js': both }), { strategy: 'beside' });
    const text = changes.find(({ path }) => path === 'pay.js')?.after.toString() ?? '';
    expect(text).toContain('client.offAmazonPayments.confirmOrderReference(');
    expect(text).toContain('client.checkoutV2.captureCharge(');
  });
});

describe('bad input', () => {
  it('an empty folder is done at once', async () => {
    const { run } = await migrate(makeFolder({}));
    expect(run.summary).toMatchObject({ files: { scanned: 0, analysed: 0 }, readiness: 100, effortMinutes: 0 });
  });

  it('a file with a syntax error is named with its line; the rest is migrated', async () => {
    const root = makeFolder({ 'bad.js': `${CLIENT}\nfunction (\n`, 'pay.js': CLIENT });
    const { run, changes } = await migrate(root);
    expect(run.files.find(({ path }) => path === 'bad.js')).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/line 5/),
    });
    expect(run.summary.files.failed).toBe(1);
    expect(changes.map(({ path }) => path)).toContain('pay.js');
  });

  it('bundles are listed and never edited, also one of 20 MB', async () => {
    const root = makeFolder({
      'app.min.js': CLIENT,
      'huge.js': 'x'.repeat(20_000_000) + CLIENT,
      'lib/gen.js': `// @generated\n${CLIENT}`,
    });
    const { run, changes } = await migrate(root);
    expect(changes).toEqual([]);
    expect(run.findings.map(({ rule, file, status }) => [rule, file, status])).toEqual([
      ['bundle/legacy-copy', 'app.min.js', 'open'],
      ['bundle/legacy-copy', 'huge.js', 'open'],
      ['bundle/legacy-copy', 'lib/gen.js', 'open'],
    ]);
    expect(run.files.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped']);
  });

  it('--include takes a generated file for a source', async () => {
    const { changes } = await migrate(makeFolder({ 'lib/gen.js': `// @generated\n${CLIENT}` }), { include: ['lib/'] });
    expect(changes.map(({ path }) => path)).toContain('lib/gen.js');
  });

  it('a malformed package.json stops nothing', async () => {
    const { run, changes } = await migrate(makeFolder({ 'package.json': '{', 'pay.js': CLIENT }));
    expect(run.files.find(({ path }) => path === 'package.json')?.status).toBe('failed');
    expect(changes.map(({ path }) => path)).toContain('pay.js');
  });

  it.each([
    ['index.php', '<?php $client = new OffAmazonPayments_Client();', ['other-language/mention']],
    ['cart.html', '<script>OffAmazonPayments.foo("AmazonPayButton");</script>', ['browser/global']],
    [
      'cart.php',
      '<?php $client = new OffAmazonPayments_Client(); ?><script>x(window.OffAmazonPayments)</script>',
      ['other-language/mention', 'browser/global'],
    ],
    ['id.html', '<script>x(window.OffAmazonPayments); y.getAmazonOrderReferenceId()</script>', ['browser/global']],
    ['v2.php', '<script src="https://static-eu.payments-amazon.com/checkout.js"></script>', []],
  ])('%s is listed once for what it is', async (path, text, rules) => {
    const { run } = await migrate(makeFolder({ [path]: text }));
    expect(run.findings.map(({ rule, file, status }) => [rule, file, status])).toEqual(
      rules.map((rule) => [rule, path, 'open']),
    );
  });

  it.each([
    ['notes.md', 'We used OffAmazonPayments.Button.'],
    ['a.js', '// OffAmazonPayments.Button was here\nconst hint = "OffAmazonPayments.Widgets";'],
  ])('%s only speaks of it', async (path, text) => {
    const { run } = await migrate(makeFolder({ [path]: text }));
    expect(run.findings).toEqual([]);
    expect(run.files).toEqual([
      expect.objectContaining({
        path,
        status: 'unchanged',
        reason: expect.stringContaining('no rule applies'),
      }),
    ]);
  });

  it('a run that is interrupted ends', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(migrate(makeFolder({ 'pay.js': CLIENT }), { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('--only and --skip', () => {
  it('a codemod by its name', async () => {
    const { changes, run } = await migrate(makeFolder({ 'pay.js': CLIENT }), { skip: ['node-client'] });
    expect(changes).toEqual([]);
    expect(run.findings.some(({ rule }) => rule.startsWith('node-client/'))).toBe(false);
  });

  it('a rule restricts what is listed, not what its codemod rewrites', async () => {
    const { changes, run } = await migrate(makeFolder({ 'pay.js': CLIENT }), { only: ['node-client/operation-call'] });
    expect(changes.map(({ path }) => path)).toContain('pay.js');
    expect(new Set(run.findings.map(({ rule, status }) => `${rule} ${status}`))).toEqual(
      new Set(['node-client/operation-call migrated']),
    );
  });
});

it('the patch is one that git apply takes: CRLF, no final newline, new and empty files, umlauts', async () => {
  const files = {
    'crlf.js': CLIENT.replaceAll('\n', '\r\n'),
    'end.js': CLIENT.trimEnd(),
    'ümlaut pay.js': `${CLIENT}// äöü\n`,
  };
  const root = makeFolder(files);
  const { changes } = await migrate(root);
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['apply', '-'], { cwd: root, input: createPatch(changes) });
  for (const { path, after } of changes) expect(readFileSync(join(root, path)).equals(after)).toBe(true);
  writeFileSync(join(root, 'empty.js'), '');
  const more = [
    { path: 'empty.js', before: Buffer.alloc(0), after: Buffer.from('now\n') },
    { path: 'crlf.js', before: readFileSync(join(root, 'crlf.js')), after: Buffer.alloc(0) },
  ];
  execFileSync('git', ['apply', '-'], { cwd: root, input: createPatch(more) });
  expect(readFileSync(join(root, 'empty.js'), 'utf8')).toBe('now\n');
});
