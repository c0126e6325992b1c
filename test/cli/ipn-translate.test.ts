import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { translationSchema } from '../../transforms/ipn/translation';
import { translate } from '../../transforms/ipn/translate';
import { splitMessages } from '../../src/cli/split-messages';
import { runCli, startCli } from './run-cli';
import { createFolder } from './temporary-folder';

const fixtures = join(__dirname, '../../fixtures/ipn');
const names = readdirSync(fixtures);
const pretty = (name: string): string => readFileSync(join(fixtures, name), 'utf8');
const oneLine = (name: string): string => JSON.stringify(JSON.parse(pretty(name)));
const lines = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('ipn translate', () => {
  it('prints what translate says, by the contract: one line per message, one message per line', () => {
    const { code, stdout, stderr } = runCli(['ipn', 'translate'], { input: names.map(oneLine).join('\n') });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const printed = lines(stdout);
    expect(printed).toEqual(names.map((name) => translate(pretty(name))));
    for (const line of printed)
      expect(Object.keys(line as object).slice(0, 5)).toEqual([
        'version',
        'sample',
        'notification',
        'fetch',
        'warnings',
      ]);
  });

  it('takes pretty-printed messages, files and CRLF', () => {
    const paths = names.map((name) => join(fixtures, name));
    const expected = runCli(['ipn', 'translate', ...paths]).stdout;
    expect(lines(expected)).toHaveLength(names.length);
    for (const input of [
      names.map(pretty).join(''),
      names
        .map(pretty)
        .join('\r\n')
        .replace(/(?<!\r)\n/g, '\r\n'),
      `\uFEFF${names.map(pretty).join('\n\n')}`,
    ])
      expect(runCli(['ipn', 'translate', '-'], { input }).stdout).toBe(expected);
  });

  it('names what it does not understand by line, does the rest, and exits with 3', () => {
    const good = oneLine('v2-charge.json');
    const input = [good, 'hello \u001b[2J', good, good.slice(0, 200), good, '', '{', '  "a": 1', '}', good].join('\n');
    const { code, stdout, stderr } = runCli(['ipn', 'translate'], { input });
    expect(code).toBe(3);
    expect(stderr.match(/^stdin:\d+: [a-z-]+/gm)).toEqual([
      'stdin:2: not-json',
      'stdin:4: not-json',
      'stdin:7: no-version',
    ]);
    expect(stderr).toContain('3 of 7 messages were not understood.');
    expect(stderr).not.toContain('\u001b');
    expect(lines(stdout).map((line) => translationSchema.parse(line).version)).toEqual([
      'v2',
      'unknown',
      'v2',
      'unknown',
      'v2',
      'unknown',
      'v2',
    ]);
  });

  it('a line of 20 MB costs no more than a line', () => {
    const cwd = createFolder({ 'big.jsonl': `{"a":"${'x'.repeat(20_000_000)}"}\n${oneLine('v2-refund.json')}\n` });
    const { code, stdout, stderr } = runCli(['ipn', 'translate', 'big.jsonl'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('big.jsonl:1: too-large');
    expect(lines(stdout)[1]).toMatchObject({ fetch: { sdkMethod: 'getRefund' } });
  });

  it('streams: memory does not grow with the number of messages', () => {
    const cwd = createFolder({ 'many.jsonl': `${oneLine('v1-capture.json')}\n`.repeat(40_000) });
    const { code, stdout } = runCli(['ipn', 'translate', 'many.jsonl'], {
      cwd,
      environment: { NODE_OPTIONS: '--max-old-space-size=48' },
    });
    expect(code).toBe(0);
    expect(stdout.split('\n')).toHaveLength(40_001);
  });

  it('ends when its reader does', async () => {
    const cwd = createFolder({ 'many.jsonl': `${oneLine('v1-capture.json')}\n`.repeat(20_000) });
    const { child, finished } = startCli(['ipn', 'translate', 'many.jsonl'], { cwd });
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
  });

  it('nothing is no failure, but said', () => {
    expect(runCli(['ipn', 'translate'], { input: '\n\n' })).toEqual({ code: 0, stdout: '', stderr: 'No messages.\n' });
  });
});

test('chunks may end anywhere', async () => {
  const bytes = Buffer.from(`${pretty('v1-capture.json')}${oneLine('v2-charge.json')}\n\n{"ü":1`);
  const split = async (size: number): Promise<string[]> => {
    async function* chunks(): AsyncGenerator<Buffer> {
      for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
    }
    const found: string[] = [];
    for await (const { line, bytes: message } of splitMessages(chunks())) found.push(`${line}:${message.toString()}`);
    return found;
  };
  const whole = await split(bytes.length);
  expect(whole).toHaveLength(3);
  for (const size of [1, 2, 7, 64, 1000]) expect(await split(size)).toEqual(whole);
});
