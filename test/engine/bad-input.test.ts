import { codemodList } from '../../src/engine/codemod-list';
import { draft, entry, replacing, run } from './fake-codemods';
import type { Edit } from '../../codemods/codemod';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

const call = 'client.offAmazonPayments.capture({ id: 1 });\n';
const rename = replacing('fake', 'offAmazonPayments.capture', 'captureCharge');

const outcomeOf = (files: readonly { path: string; status: string; reason: string }[], path: string): string => {
  const file = files.find((one) => one.path === path);
  return file === undefined ? 'not listed' : `${file.status}: ${file.reason}`;
};

describe('what cannot be done', () => {
  it('a file with a syntax error fails with its line and is kept from the codemods', async () => {
    const root = createFolder({ 'broken.js': `\nlet = {;\n${call}`, 'pay.js': call });
    const { run: result, changes } = await run(root, [rename]);
    expect(changes.map(({ path }) => path)).toEqual(['pay.js']);
    const file = result.files.find(({ path }) => path === 'broken.js');
    expect(file).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^syntax error in line 2, column \d+: /),
    });
    expect(result.summary.files).toMatchObject({ failed: 1, changed: 1, analysed: 1 });
  });

  it('a codemod that breaks the syntax of a file does not change it', async () => {
    const root = createFolder({ 'a.js': call, 'b.js': `${call}// break` });
    const breaking = entry('fake', ({ files }) => ({
      edits: files.map(({ path, text }) => ({
        path,
        start: 0,
        end: 6,
        text: text.includes('break') ? 'x x' : 'client',
      })),
      findings: files.map(({ path }) => draft({ path, start: 0, end: 6 })),
    }));
    const { run: result, changes } = await run(root, [breaking]);
    expect(changes).toEqual([]);
    expect(outcomeOf(result.files, 'b.js')).toBe('failed: does not parse after rewriting');
    expect(result.findings.map(({ status }) => status)).toEqual(['open', 'open']);
  });

  it('a codemod that would change its own output again is refused for that file alone', async () => {
    const root = createFolder({ 'a.js': call, 'b.js': `grow();\n${call}` });
    const growing = entry('fake', ({ files }) => ({
      edits: files.flatMap(({ path, text }) =>
        path === 'b.js'
          ? [{ path, start: 0, end: 0, text: '// again\n' }]
          : text.startsWith('v2')
            ? []
            : [{ path, start: 0, end: 6, text: 'v2' }],
      ),
      findings: files.map(({ path }) => draft({ path, start: 0, end: 6 })),
    }));
    const { run: result, changes } = await run(root, [growing]);
    expect(changes.map(({ path }) => path)).toEqual(['a.js']);
    expect(outcomeOf(result.files, 'b.js')).toBe('failed: not stable');
    expect(result.files.find(({ path }) => path === 'b.js')?.error).toContain('second run of fake');
    expect(result.findings.map(({ file, status }) => [file, status])).toEqual([
      ['a.js', 'migrated'],
      ['b.js', 'open'],
    ]);
  });

  it.each([
    ['above it', '// TODO(amazon-pay-v2) node-client/escape: look here.\n'],
    ['on its line', '/* TODO(amazon-pay-v2) node-client/escape: look here. */ '],
  ])('what a second run only remarks on is remarked on at once, %s', async (_where, remark) => {
    const root = createFolder({ 'a.js': `const x = 1;\n${call}  after(x);\n`, 'b.js': 'later(1);\n' });
    const noticing = entry('fake', ({ files }) => {
      const isRewritten = files.some(({ text }) => text.includes('v2('));
      const edits = files.flatMap(({ path, text }): Edit[] => {
        const legacy = text.indexOf('client.offAmazonPayments.capture');
        if (legacy !== -1) return [{ path, start: legacy, end: legacy + 32, text: 'v2' }];
        const noticed = /v2\(|after\(|later\(/g;
        if (!isRewritten || text.includes('TODO')) return [];
        return [...text.matchAll(noticed)].map(({ index }) => ({ path, start: index, end: index, text: remark }));
      });
      const findings = edits.map(({ path, start, text }) =>
        draft({ path, start, end: start, automation: text === 'v2' ? 'automatic' : 'assisted' }),
      );
      return { edits, findings };
    });
    const { run: result, changes } = await run(root, [noticing]);
    expect(result.files.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(Object.fromEntries(changes.map(({ path, after }) => [path, after.toString()]))).toEqual({
      'a.js': `const x = 1;\n${remark}v2({ id: 1 });\n  ${remark}after(x);\n`,
    });
    expect(result.findings.map(({ file, range, status }) => [file, range.start.line, status])).toEqual([
      ['a.js', 2, 'migrated'],
      ['a.js', 2, 'open'],
      ['a.js', 3, 'open'],
    ]);
  });

  it('what the second runs of two codemods remark on in one file is written at its places', async () => {
    const root = createFolder({ 'a.js': `${call}first(1);\nsecond(2);\n` });
    const remark = (rule: string): string => `// TODO(amazon-pay-v2) node-client/${rule}: look here.\n`;
    const after = (rule: string, word: string) => (text: string) => {
      const index = text.includes('v2(') && !text.includes(rule) ? text.indexOf(word) : -1;
      return index === -1 ? [] : [{ path: 'a.js', start: index, end: index, text: remark(rule) }];
    };
    const legacy = 'client.offAmazonPayments.capture';
    const rewriting = entry('fake', ({ files }) => ({
      edits: files.flatMap(({ path, text }): Edit[] => {
        const start = text.indexOf(legacy);
        return start === -1
          ? after('escape', 'first(')(text)
          : [{ path, start, end: start + legacy.length, text: 'v2' }];
      }),
      findings: [],
    }));
    const remarking = entry('late', ({ files }) => ({
      edits: files.flatMap(({ text }): Edit[] => after('computed', 'second(')(text)),
      findings: [],
    }));
    const { run: result, changes } = await run(root, [rewriting, remarking]);
    expect(result.files.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(changes.map(({ after: text }) => text.toString())).toEqual([
      `v2({ id: 1 });\n${remark('escape')}first(1);\n${remark('computed')}second(2);\n`,
    ]);
  });

  it('files that work together are changed together or not at all; manifests follow what stands', async () => {
    const root = createFolder({
      'client.js': `module.exports = connect(offAmazonPayments);\n`,
      'index.js': "module.exports = require('./client');\n",
      'capture.js': `const client = require('./index');\n${call}`,
      'alone.js': call,
      'server.js': "require('./capture'); require('./alone');\n",
      'package.json': '{"dependencies":{"amazon-payments":"1"}}\n',
    });
    const codemod = entry('fake', ({ files }) => ({
      edits: files.flatMap(({ path, text }) => {
        const start = text.indexOf('offAmazonPayments');
        const to = path === 'client.js' ? 'v2 v2' : 'v2';
        return start === -1 || !path.endsWith('.js') ? [] : [{ path, start, end: start + 17, text: to }];
      }),
    }));
    const manifests = entry(
      'dependencies',
      ({ files }) => {
        const isUsed = files.some(({ text }) => text.includes('offAmazonPayments'));
        const start = files.find(({ path }) => path === 'package.json')?.text.indexOf('"amazon') ?? -1;
        return { edits: isUsed || start === -1 ? [] : [{ path: 'package.json', start, end: start + 21, text: '' }] };
      },
      { reads: 'rewritten', surfaces: ['dependency'] },
    );
    const { run: result, changes } = await run(root, [codemod, manifests]);
    expect(changes.map(({ path }) => path)).toEqual(['alone.js']);
    expect(outcomeOf(result.files, 'capture.js')).toBe('failed: works together with a file that was not changed');
    expect(result.files.find(({ path }) => path === 'capture.js')?.error).toContain('client.js');
  });

  it('a helper that nobody is left to load is not written, and is no failure of its own', async () => {
    const root = createFolder({ 'a.js': call });
    const breaking = entry('fake', ({ files }) => ({
      edits: files
        .filter(({ path }) => path === 'a.js')
        .map(({ path }) => ({ path, start: 0, end: 6, text: "require('./amazon-pay-v2')) v2" })),
      newFiles: files.some(({ path }) => path === 'amazon-pay-v2.js') ? [] : [{ path: 'amazon-pay-v2.js', text: '' }],
    }));
    const { run: result, changes } = await run(root, [breaking]);
    expect(changes).toEqual([]);
    expect(result.files.map(({ path, status }) => [path, status])).toEqual([['a.js', 'failed']]);
  });

  it('where codemods overlap, the later one is left out for the file and both are named', async () => {
    const root = createFolder({ 'a.js': call, 'b.js': call });
    const second = entry('second', ({ files }) => ({
      edits: files.flatMap(({ path, text }) => {
        const start = text.indexOf(path === 'a.js' ? 'Payments' : 'id');
        return start === -1 ? [] : [{ path, start, end: start + 2, text: 'XY' }];
      }),
      findings: files.map(({ path }) => draft({ codemod: 'second', path, start: 0, end: 3 })),
    }));
    const { run: result, changes } = await run(root, [rename, second]);
    expect(changes.map(({ path, after }) => [path, after.toString()])).toEqual([
      ['a.js', 'client.captureCharge({ id: 1 });\n'],
      ['b.js', 'client.captureCharge({ XY: 1 });\n'],
    ]);
    expect(result.files.find(({ path }) => path === 'a.js')).toMatchObject({
      status: 'failed',
      reason: 'only partly changed',
      error: 'edits of second overlap those of fake; those of second were left out',
    });
    const statuses = result.findings.filter(({ codemod }) => codemod === 'second').map(({ status }) => status);
    expect(statuses).toEqual(['open', 'migrated']);
  });

  it('a bundle of 20 MB with a marker is reported, never read into the codemods', async () => {
    const root = createFolder({
      'public/app.js': `${'var a=1;'.repeat(2_621_440)}\nclient.offAmazonPayments.capture()`,
      'public/old.min.js': call,
      'dump.sql': `${'-- x\n'.repeat(1_200_000)}offAmazonPayments`,
    });
    let given: string[] = [];
    const codemod = entry('fake', ({ files }) => {
      given = files.map(({ path }) => path);
      return {};
    });
    const { run: result, changes } = await run(root, [codemod, rename]);
    expect(changes).toEqual([]);
    expect(given).toEqual([]);
    expect(result.findings.map(({ rule, file, range, status }) => [rule, file, range.start.line, status])).toEqual([
      ['bundle/legacy-copy', 'public/app.js', 2, 'open'],
      ['bundle/legacy-copy', 'public/old.min.js', 1, 'open'],
    ]);
    expect(outcomeOf(result.files, 'public/app.js')).toBe(
      'skipped: too large to analyse: 20.0 MB; holds the marker offAmazonPayments on line 2',
    );
    expect(outcomeOf(result.files, 'dump.sql')).toMatch(/^skipped: too large/);
    expect((await run(root, [rename], { skip: ['bundles'] })).run.findings).toEqual([]);
  });

  const crashing = (text: string, reads?: 'rewritten') =>
    entry(
      'crashing',
      ({ files }) => {
        if (files.some((file) => file.text.includes(text))) throw new TypeError('boom');
        return {};
      },
      reads === undefined ? {} : { reads },
    );

  it('a file on which a codemod crashes is named and stays, with what hangs on it; the rest is done', async () => {
    const root = createFolder({
      'a.js': call,
      'm.js': `${call}// odd\n`,
      'uses-m.js': `require('./m');\n${call}`,
      'z.js': call,
    });
    const { run: result, changes } = await run(root, [rename, crashing('odd')]);
    expect(changes.map(({ path }) => path)).toEqual(['a.js', 'z.js']);
    expect(result.files.find(({ path }) => path === 'm.js')).toMatchObject({
      status: 'failed',
      reason: 'a codemod crashed on it',
      error: expect.stringMatching(/^crashing crashed on this file, .*: TypeError: boom/),
    });
    expect(outcomeOf(result.files, 'uses-m.js')).toBe('failed: works together with a file that was not changed');
    const audited = await run(root, [rename, crashing('odd')], { command: 'audit' });
    expect(outcomeOf(audited.run.files, 'm.js')).toBe('failed: could not be processed');
    expect(audited.run.findings).toHaveLength(4);
  });

  it('a file whose rewritten text makes a codemod crash stays as it is', async () => {
    const root = createFolder({ 'a.js': call, 'b.js': `${call}// odd\n` });
    const fragile = entry('fragile', ({ files }) => {
      if (files.some(({ text }) => text.includes('captureCharge') && text.includes('odd'))) throw new Error('boom');
      return {};
    });
    const { run: result, changes } = await run(root, [rename, fragile]);
    expect(changes.map(({ path }) => path)).toEqual(['a.js']);
    expect(outcomeOf(result.files, 'b.js')).toBe('failed: a codemod crashed on what it becomes');
  });

  it('a codemod that crashes on many files is taken out for all of them', async () => {
    const odd = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`odd${index}.js`, `${call}// odd\n`]));
    const { run: result, changes } = await run(createFolder({ ...odd, 'a.js': call }), [rename, crashing('odd')]);
    expect(changes).toEqual([]);
    expect(result.summary.files.failed).toBe(13);
  });

  it('a file on which the codemod of the manifests crashes keeps its package where it is', async () => {
    const root = createFolder({
      'package.json': '{ "dependencies": { "amazon-payments": "1" } }\n',
      'odd.js': `${call}// odd\n`,
    });
    const outcome = await run(root, [crashing('odd', 'rewritten')]);
    expect(outcome.changes).toEqual([]);
    expect(outcome.run.summary.files.failed).toBe(1);
  });

  it('a codemod that crashes whatever it is given is named, with how to get on without it', async () => {
    const always = entry('fake', () => {
      throw new TypeError('boom');
    });
    await expect(run(createFolder({ 'a.js': call }), [always])).rejects.toMatchObject({
      code: 'CODEMOD_CRASHED',
      message: expect.stringContaining('boom'),
      nextStep: expect.stringContaining('--skip fake'),
    });
  });

  it('ends when it is told to', async () => {
    const root = createFolder({ 'a.js': call });
    const controller = new AbortController();
    const aborting = entry('fake', () => {
      controller.abort(new Error('stop'));
      return {};
    });
    await expect(run(root, [aborting], { signal: controller.signal })).rejects.toThrow('stop');
  });

  it('what codemods could not process fails, once for each reason', async () => {
    const failing = entry('fake', () => ({ failures: [{ path: 'a.js', error: "secretKey = 'hunter2'" }] }));
    const { run: result } = await run(createFolder({ 'a.js': call }), [failing, failing]);
    expect(result.files).toEqual([
      {
        path: 'a.js',
        language: 'javascript',
        status: 'failed',
        reason: 'could not be processed',
        error: "secretKey = '***'",
      },
    ]);
  });
});

describe('what could not be read may load a client', () => {
  const manifest = '{\n  "dependencies": { "amazon-payments": "^0.2.9" }\n}\n';
  const large = (end: string) => `${'x();\n'.repeat(1_200_000)}${end}`;

  it.each([
    ['a file too large to parse that names the package', "var p = require('amazon-payments');\n", []],
    ['a large file that only speaks of Amazon Pay', '// offAmazonPayments\n', ['package.json']],
  ])('%s', async (_name, end, changed) => {
    const root = createFolder({ 'package.json': manifest, 'server.js': large(end) });
    const { run: result, changes } = await run(root, codemodList);
    expect(changes.map(({ path }) => path)).toEqual(changed);
    const finding = result.findings.find(({ rule }) => rule === 'dependency/legacy-client');
    if (changed.length === 0) expect(finding?.message).toContain('server.js (not read) still does');
    else expect(finding?.status).toBe('migrated');
  });
});

it('a file nested deeper than the parser can go fails by name, and the rest is done', async () => {
  const deep = `${call}x = ${'[\n'.repeat(100_000)}${']'.repeat(100_000)};\n`;
  const { run: result, changes } = await run(createFolder({ 'deep.js': deep, 'pay.js': call }), [rename]);
  expect(changes.map(({ path }) => path)).toEqual(['pay.js']);
  expect(outcomeOf(result.files, 'deep.js')).toBe('failed: could not be processed');
});
