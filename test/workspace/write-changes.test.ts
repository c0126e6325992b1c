import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
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

it('writes all or nothing when interrupted, because files work together', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `${index}.js`);
  const root = makeFolder(Object.fromEntries(names.map((name) => [name, 'old'])));
  const controller = new AbortController();
  const changes = names.map((name) => change(name, 'old', 'new'));
  const writing = writeChanges(root, changes, controller.signal);
  setImmediate(() => setImmediate(() => controller.abort()));
  expect(await writing).toEqual([]);
  expect(new Set(names.map((name) => readFileSync(join(root, name), 'utf8')))).toEqual(new Set(['old']));
  expect(readdirSync(root).sort()).toEqual([...names].sort());
});

it('keeps the mode whatever the umask is', async () => {
  const root = makeFolder({ 'a.js': 'old' });
  chmodSync(join(root, 'a.js'), 0o664);
  const umask = process.umask(0o077);
  try {
    await writeChanges(root, [change('a.js', 'old', 'new')]);
  } finally {
    process.umask(umask);
  }
  expect(statSync(join(root, 'a.js')).mode & 0o777).toBe(0o664);
});

it('leaves a read-only file alone, and then writes nothing', async () => {
  const root = makeFolder({ 'a.js': 'old', 'b.js': 'old' });
  chmodSync(join(root, 'b.js'), 0o444);
  await expect(writeChanges(root, [change('a.js', 'old', 'new'), change('b.js', 'old', 'new')])).rejects.toMatchObject({
    code: 'WRITE_REFUSED',
    message: expect.stringContaining('read-only'),
  });
  expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('old');
});

it('writes nothing and leaves no temporary file when one of several cannot be written', async () => {
  const root = makeFolder({ 'a.js': 'old', 'b.js': 'old' });
  mkdirSync(join(root, `b.js.${process.pid}.amazon-pay-migrate.tmp`));
  const changes = [change('a.js', 'old', 'new'), change('b.js', 'old', 'new')];
  await expect(writeChanges(root, changes)).rejects.toMatchObject({
    code: 'WRITE_REFUSED',
    nextStep: 'No file was written.',
  });
  expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('old');
  expect(readdirSync(root).filter((name) => name.startsWith('a.js'))).toEqual(['a.js']);
});
