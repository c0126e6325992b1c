import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evidenceSchema } from '../../src/proxy/compare/evidence';
import { planJobs } from '../../src/proxy/receive/plan-jobs';
import { addComparison } from '../../src/proxy/store/comparisons';
import { Inbox } from '../../src/proxy/store/inbox';
import { TOPIC } from '../proxy/receive/messages';
import { systemClock } from '../../src/proxy/clock';
import { makeStore, type TestStore } from '../proxy/stores';
import { entryPath, startCli, type CliResult } from './run-cli';

const TOKEN = 'the-token-of-this-proxy-0123456789';
const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\u202e';
const ORDER = 'S01-1112223-3334445';
const folder = mkdtempSync(join(tmpdir(), 'proxy-commands-'));
const store = makeStore('sqlite');
const audited = ['--by', 'Kim', '--reason', 'a test'];

/** Messages of one order, the first of them a dead letter at legacy, and a difference with a hostile text in it. */
async function fill({ store, spoiled = 0 }: { store: TestStore; spoiled?: number }): Promise<void> {
  const database = await store.open();
  const inbox = new Inbox(database, systemClock, planJobs);
  for (let number = 1; number <= 3; number += 1) {
    const body = Buffer.from(`{"Message":"${number}"}`);
    await inbox.accept({
      ...{ topicArn: TOPIC, messageId: `message-${number}`, kind: 'v1', headers: {}, verdict: 'verified', body },
      ...{ bodySha256: createHash('sha256').update(body).digest('hex'), isSample: false, quarantine: null },
      ...{ notificationId: null, notificationType: HOSTILE, objectType: null, objectId: null, orderKey: ORDER },
    });
  }
  const body = Buffer.from('no message of Amazon');
  await inbox.accept({
    ...{ topicArn: '', messageId: 'of-nobody', kind: 'unknown', headers: {}, verdict: 'unsigned', body },
    ...{ bodySha256: createHash('sha256').update(body).digest('hex'), isSample: false, quarantine: 'raw-delivery' },
    ...{ notificationId: null, notificationType: HOSTILE, objectType: null, objectId: null, orderKey: null },
  });
  await database.query(
    `UPDATE job SET state = 'dead', reason = 'status-4xx', ended_at = ${Date.now()} WHERE kind = 'deliver-legacy' AND inbox_id = 1`,
  );
  await database.query(`UPDATE job SET state = 'done', ended_at = ${Date.now()} WHERE state = 'ready'`);
  await database.query(`UPDATE inbox SET body_sha256 = 'x' WHERE id = ${spoiled}`);
  await addComparison(database, {
    ...{ orderKey: ORDER, inboxId: 1, begunAt: 0, closedAt: Date.now(), mode: 'shadow', ruleIds: [] },
    ...{ verdict: 'mismatch', atFault: 'migrated', legacy: '{}', migrated: '{}', amazon: '{}' },
    differences: [{ field: 'captured', legacy: '94.50', migrated: `94.5${HOSTILE}`, amazon: '94.50' }],
    signature: `captured:${HOSTILE}`,
  });
  await database.close();
}

/** Runs a proxy; resolves with it and the address of its admin port. */
async function startProxy(content: object): Promise<{ child: ChildProcess; url: string }> {
  const running = join(folder, `running-${randomUUID()}.jsonc`);
  writeFileSync(running, JSON.stringify(content));
  const env = { ...process.env, TEST_ADMIN_TOKEN: TOKEN, TEST_HANDLER_SECRET: 'x'.repeat(32) };
  const child = spawn(process.execPath, [entryPath, 'proxy', '--config', running], { env });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /admin +(\S+)[^]*Ctrl-C/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { child, url };
}

async function stopProxy(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.removeAllListeners('exit').on('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

let proxy: ChildProcess;
let handlers: Server;
let config = '';
let url = '';
beforeAll(async () => {
  await fill({ store });
  handlers = createServer((request, response) => request.resume().on('end', () => response.end()));
  await new Promise<void>((resolve) => handlers.listen(0, '127.0.0.1', resolve));
  const handler = `http://127.0.0.1:${(handlers.address() as AddressInfo).port}/`;
  const targetAt = (path: string) => ({ url: `${handler}${path}`, secret: { env: 'TEST_HANDLER_SECRET' } });
  const content = {
    store: store.settings,
    receive: { topics: [TOPIC], port: 0 },
    deliver: { legacy: targetAt('legacy'), migrated: targetAt('migrated'), settleMs: 3_600_000 },
    operate: { admin: { port: 0, token: { env: 'TEST_ADMIN_TOKEN' } }, log: { level: 'silent' } },
  };
  ({ child: proxy, url } = await startProxy(content));
  // The file that people have: with a port, and with secrets of the handlers that are not set here.
  config = join(folder, 'proxy.jsonc');
  const admin = { port: Number(new URL(url).port), token: { env: 'TEST_ADMIN_TOKEN' } };
  writeFileSync(config, JSON.stringify({ ...content, operate: { admin } }));
});
afterAll(async () => {
  await stopProxy(proxy);
  handlers.closeAllConnections();
  await new Promise((resolve) => handlers.close(resolve));
  await store.remove();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]): Promise<CliResult> =>
  startCli(['proxy', ...args, '--config', config], { environment: { TEST_ADMIN_TOKEN: TOKEN } }).finished;

// Escape sequences of others, that is: our own colours are none where nobody watches.
const wild = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

test('status says mode, flow, work and what is missing, and --exit-code makes the closed gate an error', async () => {
  const { code, stdout, stderr } = await run('status');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('observe');
  expect(stdout).toMatch(/v1 +verified +3 +3/);
  expect(stdout).toContain('The gate is closed.');
  expect(stdout).toContain('Dead letters 1, open differences 1.');
  expect((await run('status', '--exit-code')).code).toBe(1);
});

test('--json writes what cannot be seen as numbers, which a program reads as what they are', async () => {
  const { stdout } = await run('divergences', '--json');
  expect(stdout).not.toMatch(wild);
  const [{ differences } = { differences: [] }] = (
    JSON.parse(stdout) as { divergences: { differences: { migrated: string }[] }[] }
  ).divergences;
  expect(differences[0]?.migrated).toBe(`94.5${HOSTILE}`);
});

test('--json is the answer of the API, and nothing else', async () => {
  const { stdout } = await run('status', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ mode: 'observe', deadLetters: 1, gate: { isOpen: false } });
});

test('divergences show each side and Amazon, money as it stands, and nothing of them drives the terminal', async () => {
  const { code, stdout } = await run('divergences');
  expect(code).toBe(0);
  expect(stdout).toMatch(/FIELD +LEGACY +MIGRATED +AMAZON/);
  expect(stdout).toMatch(/captured +94\.50 +94\.5\\x1b\]0;owned\\x07\S* +94\.50/);
  expect(stdout).not.toMatch(wild);
  expect((await run('divergences', '--groups')).stdout).not.toMatch(wild);
  expect((await run('divergences', '--exit-code')).code).toBe(1);
});

test('one dead letter is settled, never all of them by a word that was forgotten', async () => {
  expect(await run('dead-letters', '--settle', ...audited)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--settle needs to know which'),
  });
  expect(await run('dead-letters', '--settle', '--failure', 'timeout', ...audited)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('No dead letter fits --failure timeout.'),
  });
  expect((await run('dead-letters', '--exit-code')).code).toBe(1);
});

test('dead letters are listed by filter, and redriven with who and why', async () => {
  const { stdout } = await run('dead-letters', '--side', 'legacy');
  expect(stdout).toMatch(/legacy +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +status-4xx/);
  expect(stdout).not.toMatch(wild);
  expect((await run('dead-letters', '--side', 'migrated')).stdout).toBe(
    'No dead letter fits --side migrated. Dead letters in all: 1.\n',
  );
  expect(await run('dead-letters', '--redrive', '--type', 'PaymentCaptura', ...audited)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('No dead letter fits --type PaymentCaptura.'),
  });
  expect(await run('dead-letters', '--redrive')).toMatchObject({ code: 2, stderr: expect.stringContaining('--by') });
  expect((await run('dead-letters', '--redrive', ...audited)).stdout).toContain(
    '1 dead letters are queued, to be delivered again.\n',
  );
  expect((await run('dead-letters')).stdout).toBe('No dead letters.\n');
});

test('what was kept aside is listed, and settled with who and why', async () => {
  const { stdout, code } = await run('quarantine', '--exit-code');
  expect(stdout).toMatch(/ID +CAME +TIMES +BECAUSE +TOPIC +SIGNATURE/);
  expect(stdout).toMatch(/4 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +1 +raw-delivery +- +unsigned +unknown/);
  expect(stdout).not.toMatch(wild);
  expect(code).toBe(1);
  expect(await run('quarantine', '--settle', ...audited)).toMatchObject({ code: 2 });
  expect((await run('quarantine', '--id', '4', '--settle', ...audited)).stdout).toContain('1 settled.');
  expect(await run('quarantine', '--exit-code')).toMatchObject({ code: 0, stdout: 'Nothing is kept aside.\n' });
});

test('a filter that fits nothing is said, and does not read as if all were well', async () => {
  expect((await run('divergences', '--group', 'no such kind')).stdout).toMatch(
    /^No open difference fits --group no such kind\. Open in all: 1\./,
  );
  expect((await run('quarantine', '--id', '999')).stdout).toMatch(
    /^No message that is kept aside fits --id 999\. Kept aside in all: \d\.\n$/,
  );
  expect(await run('quarantine', '--because', 'nothing', '--settle', ...audited)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('No message that is kept aside fits --because nothing.'),
  });
  expect((await run('replay', '--order', 'S01-9999999-9999999', '--side', 'legacy', '--dry-run')).stdout).toMatch(
    /^No message that was forwarded fits --side legacy --order S01-9999999-9999999\./,
  );
});

test('an order is known by the id of a charge of it, too', async () => {
  const plan = await run('replay', '--order', `${ORDER}-C000001`, '--dry-run');
  expect(plan.stdout).toContain('It would be 3 messages');
});

test.each([
  [['replay', '--order', ORDER, '--rate', '0'], '--rate 0 is not a number above 0, and 1000 at most.'],
  [['replay', '--order', ' '], '--order is empty.'],
  [['replay', '--type', ''], '--type is empty.'],
  [['dead-letters', '--limit', '0'], '--limit 0 is not a whole number from 1 to 1000.'],
  [['divergences', '--limit', '1.5'], '--limit 1.5 is not a whole number from 1 to 1000.'],
  [['quarantine', '--limit', '1001'], '--limit 1001 is not a whole number from 1 to 1000.'],
  [['mode', 'cutover', '--share', '101'], '--share 101 is not a number from 0 to 100.'],
  [['mode', '--order', '', '--side', 'legacy'], '--order is empty.'],
  [['mode', 'shadow', '--since', '2h'], '--since is for the gate, and only cutover has one.'],
  [['dead-letters', '--since', '1h', '--until', '2h'], '--until 2h is not after --since 1h.'],
  [['status', '--since', 'yesterday'], '--since yesterday is no time.'],
])('%j says what is wrong in the words of the option', async (args, said) => {
  const { code, stderr } = await run(...args, ...(args.includes('--limit') || args[0] === 'status' ? [] : audited));
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) });
});

test('status --since counts the gate, and what it rests on, from then on', async () => {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const { stdout } = await run('status', '--since', later);
  expect(stdout).toMatch(
    /Since \S+ \S+: 0 messages; orders compared 0, differing 0, not comparable 0\. The gate, as of then:/,
  );
  expect((await run('status', '--since', '2h')).stdout).toContain('orders compared 1, differing 1');
  expect(JSON.parse((await run('status', '--since', later, '--json')).stdout)).toMatchObject({
    since: later,
    orders: { compared: 0 },
    mode: expect.any(String) as string,
  });
  expect((await run('status', '--since', later, '--exit-code')).code).toBe(1);
});

test('a replay is looked at first, is not begun where it counts without a word, and can be seen', async () => {
  expect(await run('replay', '--dry-run')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Which messages?'),
  });
  const plan = await run('replay', '--order', ORDER, '--dry-run');
  expect(plan.stdout).toContain(
    'Nothing was sent. It would be 3 messages, 3 deliveries, of which 3 count for the shop\n3 more are not needed',
  );
  const refused = await run('replay', '--order', ORDER, ...audited);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--confirm') });
  expect((await run('replay', '--list')).stdout).toBe('Nothing was ever replayed.\n');
  const begun = await run('replay', '--order', ORDER, '--confirm', ...audited, '--json');
  const { id } = JSON.parse(begun.stdout) as { id: string };
  expect((await run('replay', '--list')).stdout).toContain(id);
});

test('the mode is shown, and switched with who and why', async () => {
  expect((await run('mode')).stdout).toBe('observe\nIt was never changed.\n');
  expect(await run('mode', 'parallel')).toMatchObject({ code: 2, stderr: expect.stringContaining('--reason') });
  expect(await run('mode', 'paralel', ...audited)).toMatchObject({ code: 2 });
  expect(await run('mode', '--order', ORDER, ...audited)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--order and --side'),
  });
  expect(await run('mode', '--order', ORDER, '--side', 'legacy', ...audited)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Under observe the side of one order cannot be chosen'),
  });
  const switched = await run('mode', 'cutover', '--share', '5', '--force', ...audited);
  expect(switched.stdout).toContain('cutover of 5 % of the orders is in force, by Kim: a test');
  expect(switched.stdout).toContain('The gate was closed: that stands in the audit');
  expect((await run('mode')).stdout).toMatch(/cutover of 5 % of the orders +closed, forced +Kim +a test/);
});

test('a cutover is refused while the gate is closed, with all that is missing and the way around it', async () => {
  const before = (await run('mode')).stdout;
  const { code, stderr, stdout } = await run('mode', 'cutover', '--share', '6', ...audited);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^error REFUSED: The gate is closed: .*\n( {2}- .*\n)+ {2}See it with proxy status\..*--force/,
  );
  expect((await run('mode')).stdout).toBe(before);
  const back = await run('mode', 'rollback', ...audited);
  expect(back.stdout).toContain('Next: proxy divergences, and what the legacy handler has missed: proxy replay');
});

test('export writes evidence that fits its schema, whole or not at all', async () => {
  const file = join(folder, 'evidence.json');
  const { code, stdout } = await run('export', file);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(evidenceSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).orders.differing).toBe(1);
  expect((await run('export', '-', '--exit-code')).code).toBe(1);
  expect((await run('export', join(folder, 'none', 'x.json'))).code).toBe(2);
});

test('verify reads every message and the chain, and knows a head that was kept elsewhere', async () => {
  const { code, stdout } = await run('verify');
  expect(stdout).toContain('store: 4 messages read, 0 broken');
  expect(code).toBe(0);
  const head = /head ([0-9a-f]{64})/.exec(stdout)?.[1] ?? '';
  expect(stdout).toMatch(/ok +file: the whole file, \d+ MB, by PRAGMA integrity_check/);
  expect(stdout).not.toContain('was kept is');
  expect(await run('verify', '--head', head)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/The head that was kept is that of entry \d+; 0 came after it\./),
  });
  const other = await run('verify', '--head', 'a'.repeat(64));
  expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining('not in the chain') });
});

test('verify is an error where a message is not as it came', async () => {
  const spoiled = makeStore('sqlite');
  await fill({ store: spoiled, spoiled: 2 });
  const operate = { admin: { port: 0, token: { env: 'TEST_ADMIN_TOKEN' } }, log: { level: 'silent' } };
  const other = await startProxy({ store: spoiled.settings, receive: { topics: [TOPIC], port: 0 }, operate });
  const result = await startCli(['proxy', 'verify', '--url', other.url], {
    environment: { AMAZON_PAY_PROXY_TOKEN: TOKEN },
  }).finished;
  await stopProxy(other.child);
  await spoiled.remove();
  expect(result).toMatchObject({ code: 1, stdout: expect.stringContaining('4 messages read, 1 broken') });
  expect(result.stdout).toContain('message 2: its bytes are not those that came');
});

describe('what goes wrong', () => {
  test.each([
    [
      'no proxy that answers',
      ['--url', 'http://127.0.0.1:1'],
      { AMAZON_PAY_PROXY_TOKEN: TOKEN },
      3,
      'No proxy answers',
    ],
    ['no address', [], {}, 2, '--config FILE'],
    ['no token', ['--url', 'http://127.0.0.1:1'], {}, 2, 'AMAZON_PAY_PROXY_TOKEN is not set'],
    ['no address of one', ['--url', 'ftp://x'], { AMAZON_PAY_PROXY_TOKEN: TOKEN }, 2, 'no address of a proxy'],
  ])('%s', async (_, args, environment, code, said) => {
    const result = await startCli(['proxy', 'status', ...args], { environment: environment as never }).finished;
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) });
  });

  test('a wrong token says where the right one belongs', async () => {
    const environment = { AMAZON_PAY_PROXY_TOKEN: 'not the token' };
    const { code, stderr } = await startCli(['proxy', 'status', '--url', url], { environment }).finished;
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('AMAZON_PAY_PROXY_TOKEN') });
  });

  test('a command that is mistyped', async () => {
    const { code, stderr } = await run('statsu');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Did you mean proxy status?') });
  });
});

test('the commands load no parser, no store and no part of the proxy that works', () => {
  const file = join(folder, 'modules.json');
  const { status } = spawnSync(
    process.execPath,
    ['--require', join(__dirname, 'list-modules.cjs'), entryPath, 'proxy', 'status', '--url', 'http://127.0.0.1:1'],
    { env: { ...process.env, LIST_MODULES: file, AMAZON_PAY_PROXY_TOKEN: TOKEN } },
  );
  expect(status).toBe(3);
  const modules = JSON.parse(readFileSync(file, 'utf8')) as string[];
  expect(modules.some((path) => path.includes('/cli/proxy/'))).toBe(true);
  const heavy = /\/node_modules\/(ts-morph|typescript|pg|node-sqlite3-wasm|undici|pino|prom-client|@peculiar)\//;
  expect(modules.filter((path) => heavy.test(path))).toEqual([]);
  expect(
    modules.filter((path) => /\/src\/(engine|codemods|proxy\/(store|deliver|receive|truth))\//.test(path)),
  ).toEqual([]);
});

test.each(['status', 'replay', 'dead-letters', 'divergences', 'mode', 'verify', 'export', 'demo'])(
  '%s has help with examples and exit codes, and shell completion knows it',
  async (name) => {
    const help = await startCli(['proxy', name, '--help'], {}).finished;
    expect(help.stdout).toContain(`amazon-pay-migrate proxy ${name}`);
    expect(help.stdout).toContain('3  the proxy could not be reached');
    // What belongs to the command that runs the proxy is not offered here.
    expect(help.stdout).not.toContain('--check');
    const complete = (...typed: string[]): Promise<CliResult> =>
      startCli(['--get-yargs-completions', 'amazon-pay-migrate', 'proxy', ...typed], {}).finished;
    expect((await complete('')).stdout.split('\n')).toContain(name);
    expect((await complete(name, '--')).stdout).toContain(name === 'demo' ? '--open' : '--url');
  },
);
