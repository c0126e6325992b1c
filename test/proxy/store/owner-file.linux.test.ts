import { spawn, spawnSync } from 'node:child_process';
import fs, { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../src/proxy/store/open-database';
import { ownDatabase } from '../../../src/proxy/store/sqlite/owner-file';

const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
const startTimeOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
const gone = spawnSync(process.execPath, ['-e', '']).pid;

describe('who owns a database file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'owner-'));
    file = join(folder, 'proxy.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const leave = (owner: object | string): void =>
    writeFileSync(`${file}.owner`, typeof owner === 'string' ? owner : JSON.stringify(owner));
  const self = () => ({ pid: process.pid, startTime: startTimeOf(process.pid), boot, host: hostname() });

  test.each<[string, () => object]>([
    ['was killed', () => ({ ...self(), pid: gone })],
    ['has a pid that another process has now', () => ({ ...self(), startTime: '1' })],
    ['ran before the machine was started anew', () => ({ ...self(), boot: 'another' })],
  ])('is this process when the one before %s, and its lock goes with it', (_, owner) => {
    leave(owner());
    mkdirSync(`${file}.lock`);
    const giveBack = ownDatabase(file);
    expect(JSON.parse(readFileSync(`${file}.owner`, 'utf8'))).toEqual(self());
    expect(existsSync(`${file}.lock`)).toBe(false);
    giveBack();
    expect(existsSync(`${file}.owner`)).toBe(false);
  });

  test.each<[string, () => object | string]>([
    ['runs', () => ({ ...self(), pid: process.ppid, startTime: startTimeOf(process.ppid) })],
    ['is this one already', self],
    ['runs on another machine, for all that is known', () => ({ ...self(), pid: gone, host: 'another' })],
    ['cannot be told', () => 'not what this program writes'],
  ])('is not this process when the other %s', async (_, owner) => {
    leave(owner());
    expect(() => ownDatabase(file)).toThrow(/One instance may use an SQLite store/);
    await expect(openDatabase({ driver: 'sqlite', path: file })).rejects.toMatchObject({ code: 'in-use' });
  });

  test('is this process when the other was killed, and nobody has asked how it ended', async () => {
    // The shell becomes a process that never asks.
    const parent = spawn('sh', ['-c', 'sleep 100 & echo $!; exec sleep 100']);
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    const startTime = startTimeOf(pid);
    leave({ ...self(), pid, startTime });
    expect(() => ownDatabase(file)).toThrow(/One instance may use/);
    while (!/^sleep$/.test(readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()));
    process.kill(pid, 'SIGKILL');
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
    const giveBack = ownDatabase(file);
    giveBack();
    parent.kill('SIGKILL');
  });

  test('is written and synced before it has its name: after a power cut an empty one would be a riddle to every start', () => {
    const synced: string[] = [];
    const { fsyncSync, linkSync } = fs;
    const sync = jest.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
      fsyncSync(descriptor);
      synced.push(readFileSync(fs.readlinkSync(`/proc/self/fd/${descriptor}`), 'utf8'));
    });
    let syncedBefore: readonly string[] = [];
    const link = jest.spyOn(fs, 'linkSync').mockImplementation((from, to) => {
      syncedBefore = [...synced];
      linkSync(from, to);
    });
    const giveBack = ownDatabase(file);
    expect(syncedBefore).toEqual([readFileSync(`${file}.owner`, 'utf8')]);
    sync.mockRestore();
    link.mockRestore();
    giveBack();
  });

  test('is one of many that take over at once', async () => {
    leave({ ...self(), pid: gone });
    const script = join(__dirname, '../../../dist/src/proxy/store/sqlite/owner-file.js');
    const code = `try { require(${JSON.stringify(script)}).ownDatabase(${JSON.stringify(file)}); process.stdout.write('own'); }
      catch { process.stdout.write('not'); } process.stdin.on('data', () => process.exit());`;
    const children = Array.from({ length: 8 }, () => spawn(process.execPath, ['-e', code]));
    const said = await Promise.all(
      children.map(
        (child) => new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text)))),
      ),
    );
    for (const child of children) child.stdin.end('x');
    expect(said.filter((word) => word === 'own')).toHaveLength(1);
  });
});

describe('a damaged file', () => {
  test.each<[string, string, (bytes: Buffer) => Buffer]>([
    ['cut in half', 'unsafe', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['with a page of zeros', 'unsafe', (bytes) => (bytes.fill(0, 8192, 12_288), bytes)],
    ['without its beginning', 'unsafe', (bytes) => bytes.fill(0xff, 0, 16)],
    ['that is a text', 'unavailable', () => Buffer.from('hello'.repeat(1000))],
  ])('%s is refused as %s, and left as it is', async (_, code, damage) => {
    const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
    const path = join(folder, 'proxy.db');
    const database = await openDatabase({ driver: 'sqlite', path });
    for (let index = 0; index < 200; index += 1)
      await database.query('INSERT INTO setting VALUES ($1, $2, 0)', [`name-${index}`, 'x'.repeat(200)]);
    await database.close();
    const damaged = damage(readFileSync(path));
    writeFileSync(path, damaged);
    await expect(openDatabase({ driver: 'sqlite', path })).rejects.toMatchObject({ code });
    expect(readFileSync(path).equals(damaged)).toBe(true);
    expect(existsSync(`${path}.owner`)).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
