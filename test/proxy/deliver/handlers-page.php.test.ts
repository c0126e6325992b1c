import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import { outcomeStates } from '../../../src/proxy/compare/outcome';
import { readAnswer } from '../../../src/proxy/compare/read-outcome';
import { compareSettings } from '../../../src/proxy/compare/settings';
import { headersFor } from '../../../src/proxy/deliver/headers';
import { envelope } from '../receive/messages';

const page = readFileSync(resolve(__dirname, '../../../docs/proxy/handlers.md'), 'utf8');
const codeOf = (language: string): string => new RegExp('```' + language + '\\n(.*?)```', 's').exec(page)?.[1] ?? '';
const SECRET = 'a secret of the tests, long enough to be one';
const body = Buffer.from(JSON.stringify(envelope()));

/** As the proxy sends it. */
const headersOf = (role: 'primary' | 'dry-run', secret = SECRET): Record<string, string> =>
  headersFor(
    {
      ...{ message: { headers: {}, message_id: 'message-1', kind: 'v2' }, body, shape: 'as-received', mode: 'shadow' },
      ...{ role, idempotencyKey: 'key-1', attempt: 1, replay: null, now: Date.now() },
    },
    secret,
  );

describe('what docs/proxy/handlers.md says', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'handlers-page-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('names every header of a delivery', () => {
    const all = Object.keys({ ...headersOf('primary'), 'x-amazon-pay-proxy-replay': '' });
    const own = all.filter((name) => name !== 'content-type');
    expect(own.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('names every state of an outcome', () => {
    const [, table = ''] = page.split('<!-- outcome states -->');
    expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, state]) => state)).toEqual([...outcomeStates]);
  });

  test('shows an outcome that can be read', () => {
    expect(readAnswer(codeOf('json'))).toMatchObject({ kind: 'outcome', outcome: { state: 'captured' } });
  });

  test('shows settings that are right', () => {
    const shown = `{${codeOf('jsonc').replace('SELECT state, authorized, … FROM …', 'SELECT state FROM orders')}}`;
    const { compare } = parse(shown) as { compare: { legacy: object; migrated: object } };
    const legacy = { ...compare.legacy, url: 'postgres://shop@127.0.0.1/shop' };
    const migrated = { ...compare.migrated, token: 'from the environment' };
    expect(compareSettings.parse({ legacy, migrated })).toMatchObject({
      legacy: { from: 'query' },
      migrated: { from: 'endpoint' },
    });
  });

  describe('the handler in Node', () => {
    let handler: ChildProcess;
    let url: string;
    beforeAll(async () => {
      const file = join(folder, 'handler.cjs');
      writeFileSync(file, codeOf('js'));
      handler = spawn(process.execPath, [file], { env: { ...process.env, PORT: '0', PROXY_MIGRATED_SECRET: SECRET } });
      const port = await new Promise<string>((found) =>
        handler.stdout?.setEncoding('utf8').once('data', (said: string) => found(/\d+/.exec(said)?.[0] ?? '')),
      );
      url = `http://127.0.0.1:${port}/`;
    });
    afterAll(() => handler.kill());

    test.each([
      ['what counts', headersOf('primary'), 200],
      ['a dry run', headersOf('dry-run'), 200],
      ['a dry run that says that it counts', { ...headersOf('dry-run'), 'x-amazon-pay-proxy-role': 'primary' }, 401],
      ['a stranger', headersOf('primary', 'another secret of another one, long enough'), 401],
      ['nothing of the proxy', {}, 401],
    ])('%s', async (_, headers, status) => {
      const response = await fetch(url, { method: 'POST', headers, body });
      expect(response.status).toBe(status);
      const kind = readAnswer(await response.text()).kind;
      expect(kind).toBe(status === 200 ? 'outcome' : 'absent');
    });
  });

  test('the function in PHP', () => {
    const file = join(folder, 'signature.php');
    const ask = `
      [$server, $body, $secret] = json_decode(file_get_contents('php://stdin'), true);
      echo json_encode(isFromProxy($server, $body, $secret));`;
    writeFileSync(file, `${codeOf('php')}${ask}`);
    const answer = (headers: Record<string, string>): unknown => {
      const server = Object.entries(headers).map(([name, value]) => [
        `HTTP_${name.toUpperCase().replaceAll('-', '_')}`,
        value,
      ]);
      const input = JSON.stringify([Object.fromEntries(server), body.toString('utf8'), SECRET]);
      return JSON.parse(execFileSync('php', [file], { input, encoding: 'utf8' }));
    };
    expect(answer(headersOf('primary'))).toBe(true);
    expect(answer({ ...headersOf('dry-run'), 'x-amazon-pay-proxy-role': 'primary' })).toBe(false);
    expect(answer(headersOf('primary', 'another secret of another one, long enough'))).toBe(false);
    expect(answer({ 'x-amazon-pay-proxy-timestamp': '' })).toBe(false);
  });
});
