import { execFileSync } from 'node:child_process';
import fs, {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { runEngine } from '../../src/engine/engine';
import type { EngineOptions } from '../../src/engine/outcome';
import type { Run } from '../../src/engine/run';
import { auditOptions, createFolder, removeFolders } from './project-folder';

afterEach(() => {
  jest.restoreAllMocks();
  removeFolders();
});

const CACHE = 'node_modules/.cache/amazon-pay-migrate/audit.cache';
const SECRET = 'vxQqJm3Zk9rT2uLw8yBnC5dEfG7hIjK1lMoPqRsT';

const shop = {
  'package.json': '{"name":"shop","dependencies":{"amazon-payments":"^0.2.9"}}',
  'pay.js': "const pay = require('amazon-payments').connect({});\nmodule.exports = pay;\n",
  'use.js': "const pay = require('./pay');\npay.offAmazonPayments.capture({ AmazonAuthorizationId: id }, done);\n",
  'wrap.js': "const use = require('./use');\nuse();\n",
  'lib/price.js': 'exports.price = () => 1;\n',
  'lib/cart.ts': "import { price } from './price';\nprice();\n",
  'page.html':
    '<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/eur/lpa/js/Widgets.js"></script>\n',
  '.env': `MWS_SECRET_KEY=${SECRET}\n`,
  'ignored/copy.js': "require('amazon-payments');\n",
  '.gitignore': 'ignored/\n',
};

/** As if the files had been written a while ago: what was written just now is not trusted. */
function later(): void {
  const now = Date.now() + 60_000;
  jest.spyOn(Date, 'now').mockReturnValue(now);
}

const withoutTime = (run: Run): string => JSON.stringify({ ...run, startedAt: '', durationMs: 0 });

async function audit(root: string, more: Partial<EngineOptions> = {}): Promise<{ run: string; notices: string[] }> {
  const notices: string[] = [];
  const { run } = await runEngine({
    ...auditOptions,
    root,
    cache: '',
    onNotice: (text) => notices.push(text),
    ...more,
  });
  return { run: withoutTime(run), notices };
}

async function auditUncached(root: string, more: Partial<EngineOptions> = {}): Promise<string> {
  return withoutTime((await runEngine({ ...auditOptions, root, ...more })).run);
}

/** The files of the project that an action opens, without those of the cache. */
async function opened(root: string, action: () => Promise<unknown>): Promise<string[]> {
  const real = realpathSync(root);
  const paths = new Set<string>();
  for (const name of ['openSync', 'readFileSync'] as const) {
    const original = fs[name] as (...args: unknown[]) => unknown;
    jest.spyOn(fs, name).mockImplementation(((path: unknown, ...rest: unknown[]) => {
      if (typeof path === 'string' && path.startsWith(`${real}/`)) paths.add(path.slice(real.length + 1));
      return original(path, ...rest);
    }) as never);
  }
  await action();
  return [...paths].filter((path) => !path.startsWith(dirname(CACHE))).sort();
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('a second audit', () => {
  it('opens no file but the ignore rules, and says the same', async () => {
    const root = createFolder(shop);
    later();
    const expected = await auditUncached(root);
    expect((await audit(root)).run).toBe(expected);
    let second: unknown;
    expect(await opened(root, async () => (second = await audit(root)))).toEqual(['.gitignore']);
    expect(second).toEqual({ run: expected, notices: [] });
  });

  it('says the same after whatever happens to the tree', async () => {
    const root = createFolder(shop);
    later();
    await audit(root);
    const steps: readonly (readonly [string, () => void])[] = [
      ['an unrelated file changes', () => write(root, 'lib/price.js', 'exports.price = () => 22;\n')],
      ['a file is added', () => write(root, 'lib/tax.js', "require('./price');\n")],
      [
        'a legacy file is added',
        () => write(root, 'deep/refund.js', "require('../pay').offAmazonPayments.refund({});\n"),
      ],
      [
        'an importer comes to use the client',
        () => write(root, 'wrap.js', "const p = require('./pay');\np.offAmazonPayments.refund({}, f);\n"),
      ],
      ['a file is taken away', () => rmSync(join(root, 'deep/refund.js'))],
      ['what is loaded changes', () => write(root, 'pay.js', 'module.exports = {};\n')],
      ['it changes back', () => write(root, 'pay.js', shop['pay.js'])],
      ['the manifest changes', () => write(root, 'package.json', '{"name":"shop","dependencies":{}}')],
      ['ignore rules change', () => write(root, '.gitignore', '')],
      ['a file is ignored', () => write(root, '.gitignore', 'ignored/\nuse.js\n')],
      ['an alias is made', () => write(root, 'tsconfig.json', '{"compilerOptions":{"paths":{"@pay":["./pay"]}}}')],
      [
        'an alias is used',
        () => write(root, 'lib/cart.ts', "import pay from '@pay';\npay.offAmazonPayments.refund({});\n"),
      ],
      ['a script does not parse', () => write(root, 'use.js', 'require("amazon-payments"\n')],
      ['a folder is renamed', () => fs.renameSync(join(root, 'lib'), join(root, 'library'))],
      ['a link is made', () => fs.symlinkSync(join(root, 'pay.js'), join(root, 'link.js'))],
    ];
    for (const [what, change] of steps) {
      change();
      later();
      expect([what, (await audit(root)).run]).toEqual([what, await auditUncached(root)]);
      expect([what, (await audit(root)).run]).toEqual([what, await auditUncached(root)]);
    }
  });

  it('judges nothing again when a file changes that has nothing to do with it', async () => {
    const root = createFolder(shop);
    later();
    await audit(root);
    write(root, 'lib/price.js', 'exports.price = () => 2; // another\n');
    write(root, 'lib/new.js', 'f();\n');
    later();
    const analysed: unknown[] = [];
    const { run } = await audit(root, { onProgress: (event) => event.phase === 'analysing' && analysed.push(event) });
    expect(run).toBe(await auditUncached(root));
    expect(analysed).toEqual([]);
  });

  it('notices a change of the same size whose time was set back', async () => {
    const root = createFolder(shop);
    later();
    await audit(root);
    const path = join(root, 'use.js');
    const { atime, mtime } = statSync(path);
    writeFileSync(path, shop['use.js'].replace('capture', 'abcdefg'));
    utimesSync(path, atime, mtime);
    expect((await audit(root)).run).toBe(await auditUncached(root));
  });

  it('does not trust a file that changed just before it was read', async () => {
    const root = createFolder(shop);
    await audit(root);
    const read = await opened(root, () => audit(root));
    expect(read).toEqual(expect.arrayContaining(['lib/price.js', 'pay.js']));
  });

  it('keeps the runs of other options apart', async () => {
    const root = createFolder(shop);
    later();
    const only = ['dependencies'];
    await audit(root);
    expect((await audit(root, { only })).run).toBe(await auditUncached(root, { only }));
    expect((await audit(root, { strategy: 'beside' })).run).toBe(await auditUncached(root, { strategy: 'beside' }));
    expect(await opened(root, () => audit(root, { only }))).toEqual(['.gitignore']);
    const include = ['ignored/'];
    expect((await audit(root, { include })).run).toBe(await auditUncached(root, { include }));
  });

  it('knows nothing of another version of the tool', async () => {
    const root = createFolder(shop);
    later();
    await audit(root);
    expect(await opened(root, () => audit(root, { toolVersion: '1.2.4' }))).toContain('lib/price.js');
  });
});

describe('the file', () => {
  it('is readable by its owner alone and holds no secret and no code', async () => {
    const root = createFolder(shop);
    await audit(root);
    expect(statSync(join(root, CACHE)).mode & 0o777).toBe(0o600);
    const text = readFileSync(join(root, CACHE), 'latin1');
    expect(text).toContain('MWS_SECRET_KEY');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('exports.price');
  });

  it('is unseen by git and by the audit', async () => {
    const root = createFolder({ 'pay.js': shop['pay.js'] });
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    await audit(root);
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })).toBe('?? pay.js\n');
    const include = ['node_modules/'];
    expect((await audit(root, { include })).run).toBe(await auditUncached(root, { include }));
    expect(await auditUncached(root, { include })).not.toContain('.cache');
  });

  it('is ignored with a notice wherever it is damaged', async () => {
    const root = createFolder(shop);
    later();
    const expected = (await audit(root)).run;
    const whole = readFileSync(join(root, CACHE));
    const damaged = [
      whole.subarray(0, whole.length - 1),
      whole.subarray(0, 40),
      Buffer.from('something else'),
      ...[30, 70, 200, whole.length - 5].map((at) => {
        const copy = Buffer.from(whole);
        copy[at] = (copy[at] ?? 0) ^ 1;
        return copy;
      }),
    ];
    for (const bytes of damaged) {
      writeFileSync(join(root, CACHE), bytes);
      const { run, notices } = await audit(root);
      expect(run).toBe(expected);
      expect(notices).toEqual([expect.stringContaining('damaged')]);
      expect(await audit(root)).toEqual({ run: expected, notices: [] });
    }
  });

  it('that cannot be written is a notice', async () => {
    const root = createFolder({ ...shop, 'node_modules/.cache': 'a file' });
    const { run, notices } = await audit(root);
    expect(run).toBe(await auditUncached(root));
    expect(notices).toEqual([expect.stringContaining('could not be written')]);
  });

  it('is not written through a link to a place outside', async () => {
    const outside = createFolder();
    const root = createFolder({ ...shop, 'node_modules/x': '' });
    fs.symlinkSync(outside, join(root, 'node_modules/.cache'));
    const { notices } = await audit(root);
    expect(notices).toEqual([expect.stringContaining('outside')]);
    expect(fs.readdirSync(outside)).toEqual([]);
  });

  it('may be given a name, but none that would be read as part of the project', async () => {
    const root = createFolder(shop);
    const cache = join(createFolder(), 'my.cache');
    await audit(root, { cache });
    expect(existsSync(cache)).toBe(true);
    await expect(audit(root, { cache: join(root, 'my.cache') })).rejects.toMatchObject({ code: 'CACHE_IN_TREE' });
    await audit(root, { cache: join(root, 'ignored/my.cache') });
    expect(existsSync(join(root, 'ignored/my.cache'))).toBe(true);
  });

  it('never takes the place of a file that is not its own', async () => {
    const root = createFolder(shop);
    const cache = join(createFolder({ 'notes.txt': 'mine' }), 'notes.txt');
    await expect(audit(root, { cache })).rejects.toMatchObject({ code: 'CACHE_FOREIGN' });
    expect(readFileSync(cache, 'utf8')).toBe('mine');
  });
});
