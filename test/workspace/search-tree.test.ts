import { spawnSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { searchTree } from '../../src/workspace/search-tree';
import { makeFolder, removeFolders } from './temporary-folder';

afterEach(removeFolders);

interface Output {
  readonly result?: {
    readonly paths: string[];
    readonly found: { path: string; kind: string }[];
    readonly importers: string[];
  };
  readonly idle?: number;
  readonly error?: string;
}

/** Threads load the compiled code, so these tests need `npm run build`. */
function searchCompiled(root: string, threadsFrom: number, abortAfter = Infinity): Output {
  const script = join(__dirname, 'search-in-threads.cjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script, root, String(threadsFrom), String(abortAfter)], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Output;
}

const marker = 'client.offAmazonPayments.capture();\n';

function makeTree(): string {
  const files: Record<string, string | Buffer> = {
    '.gitignore': 'ignored\n',
    'ignored/x.js': marker,
    'empty.js': '',
    'big/bundle.js': `${'x'.repeat(99)}\n`.repeat(60_000) + marker,
    'big/larger-than-the-buffer.js': `${'y'.repeat(99)}\n`.repeat(20_000) + marker,
    'utf16.js': Buffer.from(`\uFEFFimport './client';\n${marker}`, 'utf16le'),
    'binary.bin': Buffer.from([0, 1, 2, 255, ...Buffer.from(marker), 0]),
    'two-byte näme.js': `import './client';\n`,
  };
  for (let index = 0; index < 2000; index += 1) {
    files[`src/${index % 40}/${index}.js`] =
      index % 100 === 0 ? `// ${index}\n${marker}` : `require('../client${index % 7}')\n`;
  }
  const root = makeFolder(files);
  symlinkSync(root, join(root, 'src/loop'));
  return root;
}

it('finds the same in threads as without, whatever the files are', () => {
  const root = makeTree();
  const alone = searchCompiled(root, Infinity);
  const threads = searchCompiled(root, 0);
  expect(threads.result).toEqual(alone.result);
  expect([alone.idle, threads.idle]).toEqual([24, 24]);
  expect(alone.result?.paths).toHaveLength(2007);
  expect(alone.result?.found).toHaveLength(24);
  expect(alone.result?.found.filter(({ kind }) => kind === 'too-large').map(({ path }) => path)).toEqual([
    'big/bundle.js',
  ]);
  expect(alone.result?.importers).toEqual(['two-byte näme.js', 'utf16.js']);
});

it('ends its threads when it is stopped', () => {
  expect(searchCompiled(makeTree(), 0, 2)).toEqual({ error: 'stopped' });
});

it('names a file that is gone before it is read, and goes on', async () => {
  const root = makeFolder({ 'a.js': marker, 'b.js': marker, 'c.js': marker });
  const { hits } = await searchTree(root, {
    include: [],
    wanted: { markers: ['offAmazonPayments'] },
    onBatch: async () => rmSync(join(root, 'b.js')),
  });
  expect(hits.map(({ path, found }) => [path, found.kind]).sort()).toEqual([
    ['a.js', 'candidate'],
    ['b.js', 'failed'],
    ['c.js', 'candidate'],
  ]);
});
