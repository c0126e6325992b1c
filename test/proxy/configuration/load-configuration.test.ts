import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../../src/proxy/configuration/configuration-error';
import { loadConfiguration } from '../../../src/proxy/configuration/load-configuration';
import { maskSecrets } from '../../../src/proxy/configuration/mask-secrets';

const topics = ['arn:aws:sns:eu-west-1:291180941288:A1G8446IYHA4MRA2TEAPOTS'];
const CANARY = 'canary-9e8d7c6b5a-canary';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'proxy-configuration-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(content: object | string, name = 'proxy.jsonc'): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const load = (content: object | string, environment: Record<string, string> = {}) =>
  loadConfiguration(write(content), environment);

function problemsOf(content: object | string, environment: Record<string, string> = {}): readonly string[] {
  try {
    load(content, environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.message).not.toContain(CANARY);
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe('a configuration of the proxy', () => {
  test('needs nothing but the topics; every default is safe', () => {
    const { settings } = load(`{
      // The topic of the shop
      "receive": { "topics": ${JSON.stringify(topics)} },
    }`);
    expect(settings.receive).toMatchObject({ host: '127.0.0.1', allowUnsignedPokes: false, maxAgeDays: 15 });
    expect(settings.operate.admin).toMatchObject({ host: '127.0.0.1', protectMetrics: true });
    expect(settings.store).toEqual({ driver: 'sqlite', path: join(folder, 'amazon-pay-proxy.db') });
  });

  test('takes secrets from the environment and from files, and shows none of them', () => {
    write(`postgres://proxy:${CANARY}@db.shop.test/proxy\n`, 'url');
    const configuration = load(
      {
        store: { driver: 'postgres', url: { file: 'url' } },
        receive: { topics },
        operate: { admin: { token: { env: 'TOKEN' } } },
      },
      { TOKEN: CANARY },
    );
    expect(configuration.settings.store).toMatchObject({ url: `postgres://proxy:${CANARY}@db.shop.test/proxy` });
    expect(configuration.settings.operate.admin.token).toBe(CANARY);
    const shown = JSON.stringify(maskSecrets(configuration));
    expect(shown).not.toContain(CANARY);
    expect(shown).toContain('"token":"*** (environment variable TOKEN)"');
    expect(shown).toContain('"url":"*** (file url)"');
  });

  test('may name a database that needs no password', () => {
    const { settings } = load({
      store: { driver: 'postgres', url: 'postgres://proxy@127.0.0.1:5432/proxy' },
      receive: { topics },
    });
    expect(settings.store).toMatchObject({ schema: 'amazon_pay_proxy', connections: 10 });
  });

  test.each<[string, object | string, string]>([
    ['nothing', {}, 'receive: is missing. (line 1)'],
    [
      'no JSON',
      '{\n"receive": nothing\n}',
      ': line 2: no JSON: a word that JSON does not know: texts stand in double quotes.',
    ],
    ['a brace that is missing', '{"receive": {', ': line 1: no JSON: a } is missing.'],
    ['an empty file', '', ': line 1: nothing stands there.'],
    [
      'YAML',
      '# proxy\nreceive:\n  port: 8080\n',
      ': line 1: no JSON. Write { "receive": { … } }; comments may stand in it.',
    ],
    [
      'a secret that is not there',
      { receive: { topics }, operate: { admin: { token: { file: '/nowhere/t' } } } },
      'operate.admin.token: /nowhere/t does not exist. (line 1)',
    ],
    [
      'a secret that is a folder',
      { receive: { topics }, operate: { admin: { token: { file: '/' } } } },
      'operate.admin.token: / is a folder, not a file. (line 1)',
    ],
    ['a list', '[]', ': line 1: no JSON object.'],
    ['a name that stands there twice', '{"receive": {},\n"receive": {}}', ': line 2: "receive" stands there twice.'],
    ['a mistyped section', { receive: { topics }, stor: {} }, 'stor: is not known. Did you mean "store"? (line 1)'],
    ['a mistyped name', { receive: { topics, prot: 1 } }, 'receive.prot: is not known. Did you mean "port"? (line 1)'],
    [
      'a name of the other store',
      { store: { driver: 'postgres', url: 'postgres://db/x', shema: 'a' }, receive: { topics } },
      'store.shema: is not known. Did you mean "schema"? (line 1)',
    ],
    [
      'what means nothing here',
      { receive: { topics }, operate: { log: { colour: 1 } } },
      'operate.log.colour: is not known. Known here: level. (line 1)',
    ],
    [
      'a choice that is none',
      { receive: { topics }, compare: { legacy: { from: 'anser' } } },
      'compare.legacy.from: must be one of "answer", "endpoint", "query". (line 1)',
    ],
    [
      'a choice that is not made',
      { receive: { topics }, store: {} },
      'store.driver: is missing: it must be one of "sqlite", "postgres". (line 1)',
    ],
    [
      'a name that no option of a choice has',
      { receive: { topics }, compare: { migrated: { from: 'answer', xyzzy: 1 } } },
      'compare.migrated.xyzzy: is not known. Known here: from, states. (line 1)',
    ],
    [
      'a name in an entry of a list',
      { receive: { topics }, compare: { rules: [{ idd: 'x' }] } },
      'compare.rules.0.idd: is not known. Did you mean "id"? (line 1)',
    ],
    ['a number that is a text', { receive: { topics, port: '8080' } }, 'receive.port: must be a number. (line 1)'],
    ['a number out of range', { receive: { topics, port: 70_000 } }, 'receive.port: must be at most 65535. (line 1)'],
    ['half a port', { receive: { topics, port: 80.5 } }, 'receive.port: must be a whole number. (line 1)'],
    [
      'a word that is none of those',
      { receive: { topics }, operate: { log: { level: 'loud' } } },
      'operate.log.level: must be one of "debug", "info", "warn", "error", "silent". (line 1)',
    ],
    ['a section that is a list', { receive: [] }, 'receive: must be a section: { … }. (line 1)'],
    [
      'a type of message that is none',
      { receive: { topics }, compare: { gate: { types: ['CHARGE'] } } },
      'compare.gate.types.0: is no type: v1:PaymentRefund or v2:REFUND, say. (line 1)',
    ],
    ['a wrong topic', { receive: { topics: ['x'] } }, 'receive.topics.0: is no ARN of an SNS topic. (line 1)'],
    ['no topic', { receive: { topics: [] } }, 'receive.topics: needs at least one topic. (line 1)'],
    [
      'a secret',
      { receive: { topics }, operate: { admin: { token: CANARY } } },
      'operate.admin.token: is a secret. Name where it is: {"env": "VARIABLE"} or {"file": "PATH"}. (line 1)',
    ],
    [
      'a password in a URL',
      { store: { driver: 'postgres', url: `postgres://a:${CANARY}@db/x` }, receive: { topics } },
      'store.url: is a secret. Name where it is: {"env": "VARIABLE"} or {"file": "PATH"}. (line 1)',
    ],
    [
      'a variable that is not set',
      { receive: { topics }, operate: { admin: { token: { env: 'NOT_SET' } } } },
      'operate.admin.token: the environment variable NOT_SET is not set. (line 1)',
    ],
  ])('is refused for %s', (_, content, problem) => {
    expect(problemsOf(content)).toContain(problem);
  });

  test('is refused for a key that is none', () => {
    const amazon = { publicKeyId: 'SANDBOX-X', region: 'na', privateKey: { env: 'KEY' } };
    expect(problemsOf({ receive: { topics }, amazon }, { KEY: 'abc' })).toEqual([
      'amazon.privateKey: The private key is no RSA key in PEM. (line 1)',
    ]);
  });

  const secret = { env: 'SECRET' };
  const handlersAt = (own: { legacy?: object; migrated?: object; [name: string]: unknown } = {}) => ({
    ...own,
    legacy: { url: 'http://127.0.0.1:3000/ipn', secret, ...own.legacy },
    migrated: { url: 'http://127.0.0.1:3001/ipn', secret, ...own.migrated },
  });

  test.each<[string, object, string]>([
    [
      'an address without its scheme',
      { receive: { topics }, deliver: handlersAt({ legacy: { url: '127.0.0.1:3000/ipn' } }) },
      'deliver.legacy.url: is no address: http://127.0.0.1:3000/ipn, say. (line 1)',
    ],
    [
      'a lease that ends before an answer may come: nothing would ever be sent',
      { receive: { topics }, deliver: handlersAt({ legacy: { timeoutMs: 30_000 } }) },
      'deliver.leaseMs: is too short for deliver.legacy.timeoutMs, 30000: use 35000 or more. (line 1)',
    ],
    [
      'a first pause that is longer than the longest',
      { receive: { topics }, deliver: handlersAt({ retry: { baseMs: 2000, maxMs: 1000 } }) },
      'deliver.retry.baseMs: is longer than deliver.retry.maxMs, 1000. (line 1)',
    ],
    [
      'a memory that is shorter than messages may be old',
      { receive: { topics, maxAgeDays: 60 }, operate: { retention: { messageDays: 30 } } },
      'operate.retention.messageDays: is not longer than receive.maxAgeDays, 60: what was deleted would be handled once more. (line 1)',
    ],
    [
      'one port for both',
      { receive: { topics, port: 8081, host: '0.0.0.0' } },
      'operate.admin.port: is that of receive.port, 8081: they need one each. (line 1)',
    ],
    [
      'one handler under two names',
      { receive: { topics }, deliver: handlersAt({ migrated: { url: 'http://127.0.0.1:3000/ipn' } }) },
      'deliver.migrated.url: is the same as deliver.legacy.url: each needs an address of its own. (line 1)',
    ],
    [
      'a dry run at the address of what counts',
      { receive: { topics }, deliver: handlersAt({ migrated: { dryRunUrl: 'http://127.0.0.1:3001/ipn' } }) },
      'deliver.migrated.dryRunUrl: is the same as deliver.migrated.url: each needs an address of its own. (line 1)',
    ],
    [
      'a handler that is the proxy itself',
      { receive: { topics }, deliver: handlersAt({ legacy: { url: 'http://localhost:8080/ipn' } }) },
      'deliver.legacy.url: leads to the proxy itself (receive.port). Name the handler. (line 1)',
    ],
    [
      'a path that no request can have',
      { receive: { topics, path: '/ipn?key=1' } },
      'receive.path: is no path: /ipn, say, without ? and #. (line 1)',
    ],
    [
      'a path that stands otherwise in a request',
      { receive: { topics, path: '/bestätigung' } },
      'receive.path: is no path: /ipn, say, without ? and #. (line 1)',
    ],
    [
      'a name of a host with its port',
      { receive: { topics }, operate: { admin: { hostNames: ['proxy.shop.test:8081'] } } },
      'operate.admin.hostNames.0: is no name of a host: without scheme and port. (line 1)',
    ],
  ])('is refused for %s', (_, content, problem) => {
    expect(problemsOf(content, { SECRET: 'a secret of the tests, long enough to be one' })).toEqual([problem]);
  });

  test('tells everything that is wrong at once, and where', () => {
    const problems = problemsOf(`{
      "receive": {
        "topics": [],
        "port": 70000
      },
      "store": { "driver": "mysql" }
    }`);
    expect(problems).toHaveLength(3);
    expect(problems).toContainEqual(expect.stringMatching(/^receive\.port: .* \(line 4\)$/));
    expect(problems).toContainEqual(expect.stringMatching(/^store.*driver: .* \(line 6\)$/));
  });

  test('that is not there says so', () => {
    expect(() => loadConfiguration(join(folder, 'missing'), {})).toThrow(/it does not exist/);
    expect(() => loadConfiguration(folder, {})).toThrow(/it is a folder, not a file/);
  });
});
