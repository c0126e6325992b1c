import { fork } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmulator } from '../../src/emulator';
import { authorize, confirmOrder, createLegacyClient } from './clients';

const folder = mkdtempSync(join(tmpdir(), 'journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const options = { httpsPort: false, throttling: false, seed: 'journal' } as const;

test('what was answered is there after a start anew: orders, keys, timers and the clock', async () => {
  const data = join(folder, 'orders.jsonl');
  const first = await startEmulator({ ...options, data });
  const id = await confirmOrder(first, createLegacyClient(first));
  await first.clock.advance({ days: 1 });
  const same = { AuthorizationReferenceId: 'once', TransactionTimeout: 1440 };
  await authorize(createLegacyClient(first), id, same);
  const [before, time] = [first.order(id), first.clock.now().getTime()];
  await first.close();

  const second = await startEmulator({ ...options, data });
  expect(second.order(id)).toEqual(before);
  expect(second.clock.now().getTime()).toBeGreaterThanOrEqual(time);
  expect(await authorize(createLegacyClient(second), id, same)).toBe('DuplicateReferenceId');
  await second.clock.advance({ seconds: 40 });
  expect(second.order(id)?.charges[0]?.legacyAuthorization).toBe('Open');
  await second.close();
});

test('a process that is killed loses nothing that it answered', async () => {
  const data = join(folder, 'killed.jsonl');
  const child = fork(resolve(__dirname, 'emulator-process.cjs'), [data], { silent: true });
  const ids = await new Promise<string[]>((done) => child.once('message', (message) => done(message as string[])));
  const exited = new Promise((done) => child.once('exit', (_, signal) => done(signal)));
  child.kill('SIGKILL');
  expect(await exited).toBe('SIGKILL');
  const again = await startEmulator({ ...options, data });
  expect(again.orders().map(({ id }) => id)).toEqual(ids);
  await again.close();
});

test('a line that was cut off is dropped, and the rest is there', async () => {
  const data = join(folder, 'cut.jsonl');
  const first = await startEmulator({ ...options, data });
  const id = first.people.startOrderReference();
  await first.close();
  appendFileSync(data, '[["orders","S01-0000000-0000000",{"id":"S01-00');
  const second = await startEmulator({ ...options, data });
  expect(second.orders().map((order) => order.id)).toEqual([id]);
  await second.close();
  expect(readFileSync(data, 'utf8')).not.toContain('S01-0000000-0000000');
});

test('a file of something else is refused and left alone', async () => {
  const data = join(folder, 'letter.txt');
  writeFileSync(data, 'Dear Amazon,\n');
  await expect(startEmulator({ ...options, data })).rejects.toThrow('was not written by this emulator');
  expect(readFileSync(data, 'utf8')).toBe('Dear Amazon,\n');
});

test('a damaged line is named', async () => {
  const data = join(folder, 'damaged.jsonl');
  writeFileSync(data, '{"amazonPayEmulator":1}\n[[\n{"clock":0}\n');
  await expect(startEmulator({ ...options, data })).rejects.toThrow('Line 2');
});

test('the same seed gives the same ids', async () => {
  const ids = async (seed: string): Promise<string> => {
    const emulator = await startEmulator({ ...options, seed });
    const id = emulator.people.startOrderReference();
    await emulator.close();
    return id;
  };
  expect(await ids('a')).toBe(await ids('a'));
  expect(await ids('a')).not.toBe(await ids('b'));
});
