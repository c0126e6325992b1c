import { draft, entry, run } from './fake-codemods';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

const call = 'client.offAmazonPayments.capture({ id: 1 });\n';

const outcomeOf = (files: readonly { path: string; status: string; reason: string }[], path: string): string => {
  const file = files.find((one) => one.path === path);
  return file === undefined ? 'not listed' : `${file.status}: ${file.reason}`;
};

describe('--only and --skip', () => {
  const files = { 'a.js': `${call}connect();\n` };
  const two = entry('fake', ({ files: [file] }) => {
    const start = file?.text.indexOf('connect') ?? -1;
    if (start === -1) return {};
    return {
      edits: [{ path: 'a.js', start, end: start + 7, text: 'make' }],
      findings: [
        draft({ path: 'a.js', start: 0, end: 6 }),
        draft({ path: 'a.js', start, end: start + 7, rule: 'node-client/construction' }),
      ],
    };
  });
  const other = entry(
    'other',
    () => ({ findings: [draft({ codemod: 'other', path: 'a.js', start: 0, end: 1, rule: 'raw-mws/request' })] }),
    { surfaces: ['raw-mws'] },
  );

  it.each([
    [{ only: ['fake'] }, ['node-client/operation-call', 'node-client/construction'], 1],
    [{ only: ['node-client/construction'] }, ['node-client/construction'], 1],
    [{ only: ['raw-mws/request'] }, ['raw-mws/request'], 0],
    [{ skip: ['fake'] }, ['raw-mws/request'], 0],
    [{ skip: ['node-client/construction'] }, ['node-client/operation-call', 'raw-mws/request'], 1],
    [{ only: ['fake'], skip: ['node-client/construction'] }, ['node-client/operation-call'], 1],
  ])('%j', async (options, rules, changed) => {
    const { run: result, changes } = await run(createFolder(files), [two, other], options);
    expect(result.findings.map(({ rule }) => rule)).toEqual(rules);
    expect(changes).toHaveLength(changed);
  });

  it('does not even load a codemod that does not run', async () => {
    const unloadable = { ...other, load: () => Promise.reject(new Error('loaded')) };
    await expect(run(createFolder(files), [unloadable], { skip: ['other'] })).resolves.toBeDefined();
    await expect(run(createFolder(files), [unloadable])).rejects.toThrow('loaded');
  });

  it('says so about a file whose findings are left out', async () => {
    const { run: result } = await run(createFolder(files), [two], {
      skip: ['node-client/construction', 'node-client/operation-call'],
      command: 'audit',
    });
    expect(outcomeOf(result.files, 'a.js')).toContain('left out by --only or --skip');
  });
});
