import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createPatch } from '../../src/engine/create-patch';
import { runEngine } from '../../src/engine/engine';
import { runSchema } from '../../src/engine/run-schema';
import { reportFormats } from '../../src/report/formats';
import { renderHtml } from '../../src/report/html/render-html';
import { reportOf, type Report } from '../../src/report/report';
import { draft, entry, replacing, run } from './fake-codemods';
import { auditOptions, createFolder, readBytes, removeFolders } from './project-folder';

afterEach(removeFolders);

const call = 'client.offAmazonPayments.capture({ id: 1 });\n';
const rename = replacing('fake', 'offAmazonPayments.capture', 'captureCharge');

const outcomeOf = (files: readonly { path: string; status: string; reason: string }[], path: string): string => {
  const file = files.find((one) => one.path === path);
  return file === undefined ? 'not listed' : `${file.status}: ${file.reason}`;
};

describe('audit', () => {
  it('finds, leaves everything open and changes nothing', async () => {
    const root = createFolder({ 'src/pay.js': `// é\r\n  ${call}`, 'src/other.js': 'x();\n' });
    const { run: result, changes } = await run(root, [rename], { command: 'audit' });
    expect(runSchema.parse(result)).toEqual(result);
    expect(changes).toEqual([]);
    expect(result.summary).toEqual({
      files: { scanned: 2, analysed: 1, changed: 0, failed: 0 },
      findings: { total: 1, automatic: 1, assisted: 0, manual: 0, migrated: 0, open: 1 },
      readiness: 0,
      effortMinutes: 20,
    });
    expect(result.findings[0]).toMatchObject({
      file: 'src/pay.js',
      status: 'open',
      range: { start: { line: 2, column: 10 }, end: { line: 2, column: 35 } },
      before: '  client.offAmazonPayments.capture({ id: 1 });',
    });
    expect(result.findings[0]).not.toHaveProperty('after');
    expect(result.files).toEqual([
      { path: 'src/pay.js', language: 'javascript', status: 'unchanged', reason: '1 finding; audit changes nothing' },
    ]);
  });

  it('counts what earlier runs have migrated as done', async () => {
    const migrated = "const { send } = require('./amazon-pay-v2');\nsend(() => client.getCharge(id));\n";
    const root = createFolder({ 'pay.js': `${migrated}${call}` });
    expect((await run(root, [rename], { command: 'audit' })).run.summary).toMatchObject({
      readiness: 50,
      effortMinutes: 20,
    });
  });

  it('has nothing to say about an empty folder, and is ready', async () => {
    const { run: result, changes } = await run(createFolder(), [rename], { command: 'audit' });
    expect(changes).toEqual([]);
    expect(result).toMatchObject({ findings: [], files: [], summary: { readiness: 100, files: { scanned: 0 } } });
  });

  it('refuses a folder that is not there', async () => {
    await expect(run(join(createFolder(), 'nowhere'), [rename])).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
  });
});

describe('migrate', () => {
  it('changes what the edits say and no other byte: BOM, CRLF, no line feed at the end', async () => {
    const root = createFolder({ 'pay.js': `\uFEFF'use strict';\r\n${call.trim()}` });
    const { run: result, changes } = await run(root, [rename]);
    expect(changes).toEqual([
      {
        path: 'pay.js',
        before: readBytes(root, 'pay.js'),
        after: Buffer.from("\uFEFF'use strict';\r\nclient.captureCharge({ id: 1 });"),
      },
    ]);
    expect(readBytes(root, 'pay.js').toString()).toContain('offAmazonPayments');
    expect(result.findings[0]).toMatchObject({
      status: 'migrated',
      before: 'client.offAmazonPayments.capture({ id: 1 });',
      after: 'client.captureCharge({ id: 1 });',
    });
    expect(result.summary).toMatchObject({ readiness: 100, effortMinutes: 0, files: { changed: 1 } });
    expect(outcomeOf(result.files, 'pay.js')).toBe('changed: changed by fake');
    expect(result.files[0]?.diff).toContain('+client.captureCharge({ id: 1 });');
  });

  it('keeps latin1, and refuses a change that it cannot hold', async () => {
    const bytes = Buffer.concat([Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]), Buffer.from(call)]);
    const root = createFolder({ 'pay.js': bytes });
    const { changes } = await run(root, [rename]);
    expect(changes[0]?.after.subarray(0, 4)).toEqual(bytes.subarray(0, 4));
    const refused = await run(root, [replacing('fake', 'offAmazonPayments.capture', '/* → */captureCharge')]);
    expect(refused.changes).toEqual([]);
    expect(outcomeOf(refused.run.files, 'pay.js')).toBe('failed: cannot be written in its encoding');
    expect(refused.run.findings[0]).toMatchObject({ status: 'open' });
  });

  it('leaves an assisted finding open although it is rewritten, and shows what it became', async () => {
    const root = createFolder({ 'pay.js': call });
    const assisted = entry('fake', ({ files: [file] }) => {
      if (file === undefined || !file.text.startsWith('client')) return {};
      const finding = draft({ path: 'pay.js', start: 0, end: 6, automation: 'assisted' });
      return { edits: [{ path: 'pay.js', start: 0, end: 6, text: '/* TODO */ v2' }], findings: [finding] };
    });
    const { run: result } = await run(root, [assisted]);
    expect(result.findings[0]).toMatchObject({
      status: 'open',
      after: '/* TODO */ v2.offAmazonPayments.capture({ id: 1 });',
    });
    expect(result.summary.readiness).toBe(0);
  });

  it('writes new files, and not over what is there already', async () => {
    const root = createFolder({ 'pay.js': call, '.gitignore': 'taken.js\n', 'taken.js': 'mine\n' });
    const writing = (path: string) =>
      entry('fake', ({ files }) => ({
        newFiles: files.some(({ text }) => text.includes('offAmazon')) ? [{ path, text: 'exports.send = 1;\n' }] : [],
        edits: files
          .flatMap(({ path: file, text }) => {
            const start = text.indexOf('offAmazonPayments');
            return start === -1 ? [] : [{ path: file, start, end: start + 17, text: `require('./${path}')` }];
          })
          .map((edit) => ({ ...edit, start: 0, end: call.length, text: `require('./${path}');\n` })),
      }));
    const { changes } = await run(root, [writing('amazon-pay-v2.js')]);
    expect(changes.map(({ path, before }) => [path, before === null])).toEqual([
      ['amazon-pay-v2.js', true],
      ['pay.js', false],
    ]);
    const taken = await run(root, [writing('taken.js')]);
    expect(taken.changes.map(({ path }) => path)).not.toContain('taken.js');
    expect(outcomeOf(taken.run.files, 'taken.js')).toMatch(/^failed/);
  });

  it('runs dependencies on what the others made of the files, and finds their places in the files as found', async () => {
    const root = createFolder({
      'pay.js': `/* first */ ${call}`,
      'package.json': '{"dependencies":{"amazon-payments":"1"}}\n',
    });
    let seen = '';
    const later = entry(
      'dependencies',
      ({ files }) => {
        const pay = files.find(({ path }) => path === 'pay.js')?.text ?? '';
        seen ||= pay;
        const manifest = files.find(({ path }) => path === 'package.json')?.text ?? '';
        const start = manifest.indexOf('"amazon-payments":"1"');
        const at = pay.indexOf('({ id');
        return {
          edits: start === -1 ? [] : [{ path: 'package.json', start, end: start + 21, text: '"sdk":"2"' }],
          findings: [
            draft({
              codemod: 'dependencies',
              rule: 'dependency/only-for-legacy',
              path: 'pay.js',
              start: at,
              end: at + 11,
              rewritten: false,
            }),
          ],
        };
      },
      { reads: 'rewritten', surfaces: ['dependency'] },
    );
    const { run: result, changes } = await run(root, [later, replacing('fake', 'offAmazonPayments.capture', 'c')]);
    expect(seen).toBe('/* first */ client.c({ id: 1 });\n');
    expect(changes.map(({ path }) => path)).toEqual(['package.json', 'pay.js']);
    const finding = result.findings.find(({ codemod }) => codemod === 'dependencies');
    expect(finding?.range).toEqual({ start: { line: 1, column: 45 }, end: { line: 1, column: 56 } });
    seen = '';
    await run(root, [later, rename], { command: 'audit' });
    expect(seen).toContain('offAmazonPayments');
  });
});

describe('every file has a reason', () => {
  it('already migrated, no match, links, lock files', async () => {
    const root = createFolder({
      'done.js': "const { WebStoreClient } = require('x'); // was offAmazonPayments\n",
      'README.md': 'Uses\namazon-payments\n',
      'package-lock.json': '{"amazon-payments": 1}\n',
      'pay.js': call,
    });
    symlinkSync('pay.js', join(root, 'link.js'));
    const { run: result } = await run(root, [entry('fake', () => ({}))]);
    expect(result.files.map(({ path, status, reason }) => `${path} ${status}: ${reason}`)).toEqual([
      'README.md unchanged: no match: holds the marker amazon-payments on line 2, no rule applies',
      'done.js unchanged: already migrated',
      expect.stringMatching(/^link\.js skipped: symbolic link/),
      'package-lock.json skipped: lock file: the package manager brings it up to date',
      'pay.js unchanged: no match: holds the marker offAmazonPayments on line 1, no rule applies',
    ]);
  });
});

it('does not say that no rule applies when --only kept the rules from being tried', async () => {
  const { run: result } = await run(createFolder({ 'pay.js': call }), [rename], { only: ['raw-mws'] });
  expect(outcomeOf(result.files, 'pay.js')).toBe(
    'unchanged: holds the marker offAmazonPayments on line 1; rules that may apply are left out by --only or --skip',
  );
});

it('reads neither its own reports nor patches as code or configuration', async () => {
  const files = { 'pay.js': call, '.env': 'MWS_ACCESS_KEY=x\n' };
  const first = await runEngine({ ...auditOptions, root: createFolder(files) });
  const renderPage = (report: Report): string => renderHtml(report, { script: '', style: '' });
  const root = createFolder({
    ...files,
    ...Object.fromEntries(
      Object.entries({ ...reportFormats, '.html': { render: renderPage } }).map(([ending, { render }]) => [
        `audit${ending}`,
        render(reportOf(first.run)),
      ]),
    ),
    'x.patch': createPatch([{ path: 'pay.js', before: Buffer.from(call), after: Buffer.from('x();\n') }]),
  });
  const { run: second } = await runEngine({ ...auditOptions, root });
  expect(second.findings).toEqual(first.run.findings);
  const reports = second.files.filter(({ path }) => path.startsWith('audit.'));
  expect(reports.map(({ status, reason }) => `${status}: ${reason}`)).toEqual(
    reports.map(() => 'skipped: a report of this tool'),
  );
  expect(reports.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['audit.html', 'audit.json', 'audit.sarif', 'audit.xml']),
  );
});

it('no part of the report holds a credential, also where only a piece of it is shown', async () => {
  const key = Array.from({ length: 20 }, (_, index) => `keyline${index}`).join('\n');
  const text = `secretKey = 'hunter2'; pem = \`-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\`; ${call}`;
  const root = createFolder({ 'a.js': text });
  const [start, end] = [text.indexOf('client'), text.indexOf('{ id')];
  const quoting = entry('quoting', () => ({
    findings: [
      draft({ path: 'a.js', start, end, message: "secretKey = 'hunter2'", legacy: { name: "secretKey='hunter2'" } }),
    ],
  }));
  const { run: result, changes } = await run(root, [rename, quoting]);
  expect(changes[0]?.after.toString()).toContain('hunter2');
  expect(result.findings).toHaveLength(2);
  expect(result.files[0]?.diff).toContain('***');
  expect(JSON.stringify(result)).not.toMatch(/hunter2|keyline/);
});

it('two runs are equal but for the time they took', async () => {
  const root = createFolder({ 'b.js': call + call, 'a.ts': call, 'package.json': '{}\n', 'x.min.js': call });
  const [first, second] = [await run(root, [rename]), await run(root, [rename])];
  const timeless = { startedAt: '', durationMs: 0 };
  expect({ ...second.run, ...timeless }).toEqual({ ...first.run, ...timeless });
  expect(JSON.stringify(second.changes)).toBe(JSON.stringify(first.changes));
  expect(new Set(first.run.findings.map(({ fingerprint }) => fingerprint)).size).toBe(first.run.findings.length);
});

it('a project without a marker loads no codemod', async () => {
  const { run: result } = await runEngine({
    root: createFolder({ 'a.js': 'x();\n' }),
    command: 'migrate',
    strategy: 'instead',
    only: [],
    skip: [],
    include: [],
    toolVersion: '1.2.3',
    codemods: [
      { name: 'x', surfaces: ['node-client'], reads: 'found', load: () => Promise.reject(new Error('loaded')) },
    ],
  });
  expect(result.summary.files).toEqual({ scanned: 1, analysed: 0, changed: 0, failed: 0 });
});
