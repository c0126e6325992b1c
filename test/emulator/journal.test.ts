import { fork, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmulator, type Emulator } from '../../src/emulator';
import { authorize, confirmOrder, createLegacyClient } from './clients';
import { sendRaw } from './v2-signing';

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

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly credentials: Emulator['credentials'];
  readonly drafts: readonly string[];
  readonly known: readonly string[];
}
async function startProcess(data: string, ...more: string[]): Promise<Running> {
  const child = fork(resolve(__dirname, 'emulator-process.cjs'), [data, ...more], { silent: true });
  const said = await new Promise((done) => child.once('message', done));
  return { child, ...(said as Omit<Running, 'child'>) };
}
async function kill({ child }: Running): Promise<void> {
  const exited = new Promise((done) => child.once('exit', (_, signal) => done(signal)));
  child.kill('SIGKILL');
  expect(await exited).toBe('SIGKILL');
}

test('a process that is killed loses nothing that it answered', async () => {
  const data = join(folder, 'killed.jsonl');
  const first = await startProcess(data, 'drafts');
  await kill(first);
  const again = await startEmulator({ ...options, data });
  expect(again.orders().map(({ id }) => id)).toEqual(first.drafts);
  await again.close();
});

test('killed amid requests, it has every session that it answered, and answers their keys again', async () => {
  const data = join(folder, 'amid.jsonl');
  const first = await startProcess(data);
  const body = JSON.stringify({
    storeId: 's',
    webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example' },
  });
  const create = (running: Running, index: number): Promise<string> =>
    sendRaw(running, { path: '/v2/checkoutSessions', body, headers: { 'x-amz-pay-idempotency-key': `k${index}` } });
  const answered = new Map<number, string>();
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; ; index = next++) {
      answered.set(index, await create(first, index));
      if (answered.size === 100) await kill(first);
    }
  };
  // Eight at a time, until the connections break.
  await Promise.allSettled(Array.from({ length: 8 }, client));
  expect(answered.size).toBeGreaterThanOrEqual(100);

  const second = await startProcess(data);
  // The keys of clients outlive the process as well: the second takes what the key of the first has signed.
  expect(second.credentials).toEqual(first.credentials);
  for (const [index, text] of answered) expect(await create(second, index)).toBe(text);
  await kill(second);
});

test('of a file that is cut off anywhere, all that comes before the cut is there', async () => {
  const data = join(folder, 'whole.jsonl');
  const first = await startEmulator({ ...options, data });
  const ids = Array.from({ length: 5 }, () => first.people.startOrderReference());
  await first.close();
  const whole = readFileSync(data);
  const begin = whole.indexOf(ids[0] ?? '');
  for (let length = begin; length < whole.byteLength; length += 331) {
    const cut = join(folder, 'cut-anywhere.jsonl');
    writeFileSync(cut, whole.subarray(0, length));
    const again = await startEmulator({ ...options, data: cut });
    const found = again.orders().map(({ id }) => id);
    expect(found).toEqual(ids.slice(0, found.length));
    const lines = whole.subarray(0, length).toString().split('\n').slice(0, -1);
    expect(found).toHaveLength(lines.filter((line) => line.includes('"orders"')).length);
    // It can be written to: the half line is gone.
    const more = again.people.startOrderReference();
    await again.close();
    const last = await startEmulator({ ...options, data: cut });
    expect(last.orders().map(({ id }) => id)).toEqual([...found, more]);
    await last.close();
  }
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

test('the same seed gives other ids when the file is opened again', async () => {
  const data = join(folder, 'seeded.jsonl');
  const ids = [];
  for (let start = 0; start < 3; start += 1) {
    const emulator = await startEmulator({ ...options, data });
    ids.push(emulator.people.startOrderReference(), emulator.people.signInToShop());
    expect(emulator.orders()).toHaveLength(start + 1);
    await emulator.close();
  }
  expect(new Set(ids).size).toBe(6);
});

test('the same seed, time and requests give the same answers and notifications, byte by byte', async () => {
  const run = async (): Promise<unknown> => {
    const emulator = await startEmulator({ ...options, seed: 'bytes', frozenAt: new Date('2026-11-01T12:00:00Z') });
    const client = createLegacyClient(emulator);
    emulator.notifications.options.url = new URL('http://127.0.0.1:9/');
    const id = await confirmOrder(emulator, client);
    await authorize(client, id, { AuthorizationReferenceId: 'same', CaptureNow: true });
    await emulator.clock.advance({ days: 200 });
    const answers = emulator.requests().map(({ answer }) => answer);
    const seen = { answers, orders: emulator.orders(), told: emulator.notifications.list() };
    await emulator.close();
    return seen;
  };
  expect(JSON.stringify(await run())).toBe(JSON.stringify(await run()));
});
