import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, startCli } from './run-cli';

const folder = mkdtempSync(join(tmpdir(), 'emulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('starts, says what to set, answers, and ends on Ctrl-C', async () => {
  const { child, finished } = startCli(['emulate', '--seed', 'cli', '--data', join(folder, 'orders.jsonl')], {});
  const text = await new Promise<string>((resolve) => {
    let seen = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes('Ctrl-C')) resolve(seen);
    });
  });
  expect(text).toMatch(/AMAZON_PAY_PUBLIC_KEY_ID=SANDBOX-EMULATOR/);
  expect(text).toMatch(/NODE_EXTRA_CA_CERTS=\S+authority\.pem/);
  const url = /at (http:\S+)/.exec(text)?.[1] ?? '';
  expect((await fetch(`${url}/_/clock`)).status).toBe(200);
  child.kill('SIGINT');
  expect(await finished).toMatchObject({ code: 0, stderr: '' });
});

/** One signal, and one that does not wait for the end that the first asked for. */
test.each([
  ['Ctrl-C', ['SIGINT']],
  ['the end of a job', ['SIGTERM']],
  ['the end of a terminal', ['SIGHUP']],
  ['a second signal', ['SIGTERM', 'SIGTERM']],
] as const)('leaves no key behind after %s', async (_, signals) => {
  const TMPDIR = mkdtempSync(join(folder, 'keys-'));
  const { child, finished } = startCli(['emulate'], { environment: { TMPDIR } });
  await new Promise<void>((resolve) => child.stdout?.on('data', () => resolve()));
  expect(readdirSync(TMPDIR)).toEqual([expect.stringMatching(/^amazon-pay-emulator-/)]);
  for (const signal of signals) child.kill(signal);
  await finished;
  expect(readdirSync(TMPDIR)).toEqual([]);
});

writeFileSync(join(folder, 'letter.txt'), 'Dear Amazon');
test.each([
  ['a port that is none', ['--port', 'http'], '--port is a number'],
  ['a public key without id', ['--public-key', 'key.pem'], 'that is not ID=FILE'],
  ['a public key that is not there', ['--public-key', `ID=${join(folder, 'none.pem')}`], 'cannot be read'],
  ['a public key that is none', ['--public-key', `ID=${join(folder, 'letter.txt')}`], 'no RSA key'],
  ['a file of something else', ['--data', join(folder, 'letter.txt')], 'was not written by this emulator'],
  ['a handler at Amazon', ['--ipn', 'https://sns.us-east-1.amazonaws.com/'], 'amazonaws.com'],
  ['a format that is none', ['--notifications', 'v3'], '--notifications cannot be "v3"'],
])('refuses %s', (_, args, message) => {
  const { code, stderr } = runCli(['emulate', ...args]);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
