import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeChanges } from '../../src/workspace/write-changes';
import { makeFolder, removeFolders } from './temporary-folder';

afterEach(removeFolders);
const change = (path: string, before: string | null, after: string) => ({
  path,
  before: before === null ? null : Buffer.from(before),
  after: Buffer.from(after),
});

it('writes files whole, keeps their mode, makes folders, and leaves nothing else', async () => {
  const root = makeFolder({ 'a.js': 'old' });
  chmodSync(join(root, 'a.js'), 0o755);
  expect(await writeChanges(root, [change('a.js', 'old', 'new'), change('lib/b.js', null, 'b')])).toEqual([
    'a.js',
    'lib/b.js',
  ]);
  expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('new');
  expect(statSync(join(root, 'a.js')).mode & 0o777).toBe(0o755);
  expect(readdirSync(root).sort()).toEqual(['a.js', 'lib']);
});

it('writes nothing at all when one file has changed meanwhile', async () => {
  const root = makeFolder({ 'a.js': 'old', 'b.js': 'edited' });
  await expect(writeChanges(root, [change('a.js', 'old', 'new'), change('b.js', 'old', 'new')])).rejects.toMatchObject({
    code: 'WRITE_REFUSED',
    message: expect.stringContaining('b.js'),
  });
  expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('old');
});

it.each([
  ['../outside.js', null],
  ['a.js', null],
  ['gone.js', 'old'],
  ['link.js', 'old'],
  ['linked/x.js', null],
])('refuses to write %s', async (path, before) => {
  const outside = makeFolder({ 'target.js': 'old' });
  const root = makeFolder({ 'a.js': 'old' });
  symlinkSync(join(outside, 'target.js'), join(root, 'link.js'));
  symlinkSync(outside, join(root, 'linked'));
  await expect(writeChanges(root, [change(path, before, 'new')])).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
  expect(readFileSync(join(outside, 'target.js'), 'utf8')).toBe('old');
  expect(readdirSync(outside)).toEqual(['target.js']);
});

it('stops between files when interrupted, and says what is written', async () => {
  const root = makeFolder({ 'a.js': 'old', 'b.js': 'old' });
  const controller = new AbortController();
  const writing = writeChanges(root, [change('a.js', 'old', 'new'), change('b.js', 'old', 'new')], controller.signal);
  setImmediate(() => controller.abort());
  const written = await writing;
  expect(written.length).toBeLessThan(2);
  const contents = ['a.js', 'b.js'].map((name) => readFileSync(join(root, name), 'utf8'));
  expect(contents).toEqual([written.includes('a.js') ? 'new' : 'old', 'old']);
  expect(readdirSync(root).sort()).toEqual(['a.js', 'b.js']);
});

it('leaves no temporary file when a write fails', async () => {
  const root = makeFolder({ 'a.js': 'old' });
  mkdirSync(join(root, `a.js.${process.pid}.amazon-pay-migrate.tmp`));
  await expect(writeChanges(root, [change('a.js', 'old', 'new')])).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
  expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('old');
  writeFileSync(join(root, 'ok'), '');
});
