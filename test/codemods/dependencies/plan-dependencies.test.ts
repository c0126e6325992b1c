import type { CodemodResult, PackageInfo, SourceUnit } from '../../../codemods/codemod';
import { codemod, planDependencies, usageKey } from '../../../codemods/dependencies';
import { languageOf } from '../run-codemod';

const SDK = '@amazonpay/amazon-pay-api-sdk-nodejs';
const info = (directory: string): PackageInfo => ({
  directory,
  moduleType: 'commonjs',
  usesTypeScript: false,
  dependencies: new Map(),
});

const unitsOf = (files: Readonly<Record<string, string>>): SourceUnit[] =>
  Object.entries(files).map(([path, text]) => ({ path, text, language: languageOf(path) }));

const run = async (
  files: Readonly<Record<string, string>>,
  packages: readonly PackageInfo[] = [info('')],
): Promise<CodemodResult> => codemod.run({ files: unitsOf(files), packages, strategy: 'instead' });

const manifest = (content: object): string => JSON.stringify(content, null, 2);
const LEGACY = manifest({ dependencies: { 'amazon-payments': '^0.2.9' } });

describe('planDependencies', () => {
  const input = { files: unitsOf({ 'package.json': LEGACY }), packages: [info('')], strategy: 'instead' as const };

  it('goes by the usage that it is told', () => {
    const used = planDependencies(input, {
      stillUsed: new Set([usageKey('', 'amazon-payments')]),
      needsSdk: new Set(),
    });
    expect(used.edits).toEqual([]);
    expect(used.findings).toMatchObject([{ rule: 'dependency/legacy-client', rewritten: false }]);
    const free = planDependencies(input, { stillUsed: new Set(), needsSdk: new Set(['']) });
    expect(free.edits).toHaveLength(1);
    expect(free.findings.map(({ rule, rewritten }) => [rule, rewritten])).toEqual([
      ['dependency/v2-sdk', true],
      ['dependency/legacy-client', true],
    ]);
  });

  it('takes the use in one package for no use in another', () => {
    const files = unitsOf({ 'a/package.json': LEGACY, 'b/package.json': LEGACY });
    const { edits } = planDependencies(
      { files, packages: [info('a'), info('b')], strategy: 'instead' },
      { stillUsed: new Set([usageKey('a', 'amazon-payments')]), needsSdk: new Set() },
    );
    expect(edits.map(({ path }) => path)).toEqual(['b/package.json']);
  });
});

describe('the version of Node', () => {
  const migrate = (engines: object | undefined): CodemodResult => {
    const text = manifest({
      dependencies: { 'amazon-payments': '^0.2.9' },
      ...(engines === undefined ? {} : { engines }),
    });
    return planDependencies(
      { files: unitsOf({ 'package.json': text }), packages: [info('')], strategy: 'instead' },
      { stillUsed: new Set(), needsSdk: new Set(['']) },
    );
  };
  const aboutNode = (engines: object | undefined): number =>
    migrate(engines).findings.filter(({ legacy }) => legacy.name === 'engines.node').length;

  it.each(['>=0.10', '^8.0.0 || ^18', '12.x', '*', '<20', '~14.17'])(
    'is listed where %s admits one that is too old',
    (node) => {
      expect(aboutNode({ node })).toBe(1);
    },
  );

  it.each(['>=16', '^18.0.0 || >=20', '20.x', 'v22.1.0'])('is not listed where %s does not', (node) => {
    expect(aboutNode({ node })).toBe(0);
  });

  it('is a next step where package.json says nothing of it', () => {
    expect(aboutNode(undefined)).toBe(0);
    expect(migrate(undefined).findings[0]?.guidance).toContain('Node 16 and newer');
  });
});

describe('the client', () => {
  it('stays open while a file loads it, and the finding names the files', async () => {
    const { edits, findings } = await run({
      'package.json': LEGACY,
      'a.js': `require('amazon-payments')`,
      'b.js': `require('amazon-payments')`,
    });
    expect(edits).toEqual([]);
    expect(findings).toMatchObject([
      {
        rule: 'dependency/legacy-client',
        automation: 'manual',
        rewritten: false,
        message: expect.stringContaining('a.js, b.js') as string,
      },
    ]);
  });

  it('is used from a folder whose package.json only sets the module type', async () => {
    const files = {
      'package.json': LEGACY,
      'src/package.json': '{"type":"module"}',
      'src/a.js': `import pay from 'amazon-payments';`,
    };
    const { edits, findings } = await run(files, [info('src'), info('')]);
    expect(edits).toEqual([]);
    expect(findings.map(({ path }) => path)).toEqual(['package.json']);
  });

  it('is not named with a token that its address holds', async () => {
    const address = 'git+https://user:s3cr3t@example.com/amazon-payments.git';
    const text = manifest({ dependencies: { 'amazon-payments': address } });
    const { findings } = await run({ 'package.json': text, 'a.js': `require('amazon-payments')` });
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toContain('s3cr3t');
    expect(text.slice(findings[0]?.start, findings[0]?.end)).toBe('"amazon-payments"');
  });
});

describe('the SDK', () => {
  it('is not added twice, and not below a package.json that has it', async () => {
    const withSdk = manifest({ dependencies: { [SDK]: '^2.3.4' } });
    expect((await run({ 'package.json': withSdk, 'a.js': `require('${SDK}')` })).edits).toEqual([]);
    const nested = { 'package.json': withSdk, 'api/package.json': '{"name":"api"}', 'api/a.js': `require('${SDK}')` };
    expect((await run(nested, [info('api'), info('')])).edits).toEqual([]);
  });

  it('joins the package that installs something, not a folder marker', async () => {
    const files = {
      'package.json': LEGACY,
      'src/package.json': '{"type":"module"}',
      'src/a.js': `import { WebStoreClient } from '${SDK}';`,
    };
    const { edits } = await run(files, [info('src'), info('')]);
    expect(edits.map(({ path }) => path)).toEqual(['package.json']);
  });

  it('is reported when it is so old that its answers have another shape', async () => {
    const { edits, findings } = await run({
      'package.json': manifest({ dependencies: { [SDK]: '2.1.2' } }),
      'a.js': `require('${SDK}')`,
    });
    expect(edits).toEqual([]);
    expect(findings).toMatchObject([
      { rule: 'dependency/v2-sdk', automation: 'manual', confidence: 'high', rewritten: false },
    ]);
  });

  it('with a range that may resolve to an old release only matters beside legacy code', async () => {
    const text = manifest({ dependencies: { [SDK]: '^2.0.0' } });
    expect((await run({ 'package.json': text, 'a.js': `require('${SDK}')` })).findings).toEqual([]);
    const legacy = await run({
      'package.json': text,
      'a.js': `client.offAmazonPayments.capture({}, done); require('${SDK}')`,
    });
    expect(legacy.findings).toMatchObject([{ rule: 'dependency/v2-sdk', confidence: 'medium' }]);
  });

  it('is reported at the file that loads it when there is no package.json', async () => {
    const { edits, findings } = await run({ 'lib/a.js': `require('${SDK}')` });
    expect(edits).toEqual([]);
    expect(findings).toMatchObject([
      { rule: 'dependency/v2-sdk', path: 'lib/a.js', automation: 'manual', rewritten: false },
    ]);
  });
});

it('is not missed when only the engine has read the package.json that names it', async () => {
  const known = { ...info(''), dependencies: new Map([[SDK, '^2.3.4']]) };
  expect((await run({ 'lib/a.js': `require('${SDK}')` }, [known])).findings).toEqual([]);
});

describe('what came along', () => {
  const text = manifest({ dependencies: { request: '^2.88.2', xml2js: '^0.6.2', lodash: '^4.0.0' } });
  const mws = `const request = require('request'); post('https://mws.amazonservices.com/OffAmazonPayments/2013-01-01');`;

  it('may go when only legacy files load it', async () => {
    const { findings, edits } = await run({ 'package.json': text, 'mws.js': mws });
    expect(edits).toEqual([]);
    expect(findings).toMatchObject([
      {
        rule: 'dependency/only-for-legacy',
        legacy: { name: 'request' },
        confidence: 'low',
        message: expect.stringContaining(' may ') as string,
      },
    ]);
  });

  it('is not mentioned when another file loads it too', async () => {
    expect((await run({ 'package.json': text, 'mws.js': mws, 'feed.js': `require('request')` })).findings).toEqual([]);
  });
});

describe('the next command', () => {
  it.each([
    ['package-lock.json', 'npm install'],
    ['yarn.lock', 'yarn install'],
    ['pnpm-lock.yaml', 'pnpm install'],
  ])('beside %s is %s', async (lock, command) => {
    const { findings } = await run(
      { [lock]: '', 'api/package.json': LEGACY, 'api/a.js': `require('amazon-payments')` },
      [info('api')],
    );
    expect(findings[0]?.guidance).toContain(`\`${command}\` to bring ${lock} up to date`);
  });
});

describe('browser libraries', () => {
  it('are reported and stay', async () => {
    const { edits, findings } = await run({
      'package.json': manifest({ dependencies: { 'amazon-pay-react': '^0.9.0' } }),
    });
    expect(edits).toEqual([]);
    expect(findings).toMatchObject([
      { rule: 'dependency/legacy-client', surface: 'dependency', automation: 'manual', rewritten: false },
    ]);
  });
});

describe('forced versions', () => {
  it.each([
    'amazon-payments',
    '**/amazon-payments',
    'shop/amazon-payments',
    'shop>amazon-payments@^0.2',
    'amazon-payments/xml2js',
    'amazon-payments>xml2js',
    '@madisonreed/amazon-payments',
  ])('of a client are reported: %s', async (selector) => {
    const { findings } = await run({ 'package.json': manifest({ resolutions: { [selector]: '0.2.9' } }) });
    expect(findings).toMatchObject([{ rule: 'dependency/legacy-client', automation: 'manual', rewritten: false }]);
    expect(findings[0]?.legacy.name).toBe(selector.startsWith('@') ? selector : 'amazon-payments');
  });

  it.each(['@other/amazon-payments', 'amazon-payments-extra', 'request'])('of %s are not', async (selector) => {
    expect((await run({ 'package.json': manifest({ overrides: { [selector]: '1' } }) })).findings).toEqual([]);
  });
});

describe('a workspace catalog', () => {
  const workspace = 'packages:\n  - packages/*\ncatalog:\n  amazon-payments: ^0.2.9 # old\n  express: ^4.0.0\n';

  it('is reported where it names a client', async () => {
    const { findings } = await run({ 'pnpm-workspace.yaml': workspace });
    expect(findings).toMatchObject([
      { rule: 'dependency/legacy-client', path: 'pnpm-workspace.yaml', automation: 'manual' },
    ]);
    expect(workspace.slice(findings[0]?.start, findings[0]?.end)).toBe('amazon-payments');
  });

  it('lets the entry that refers to it leave', async () => {
    const text = manifest({ dependencies: { 'amazon-payments': 'catalog:' } });
    const { edits } = await run({
      'pnpm-workspace.yaml': workspace,
      'package.json': text,
      'a.js': `require('${SDK}')`,
    });
    expect(edits.map(({ path }) => path)).toEqual(['package.json']);
  });
});

describe('a package.json that cannot be read', () => {
  it.each([
    '{ "dependencies": { "amazon-payments": "^0.2.9", }',
    '["amazon-payments"]',
    '{\n  // why\n  "dependencies": {"amazon-payments": "1"}\n}',
  ])('is a failure with its reason: %s', async (text) => {
    const { edits, failures } = await run({ 'package.json': text });
    expect(edits).toEqual([]);
    expect(failures).toEqual([
      { path: 'package.json', error: expect.stringMatching(/^package\.json .*run again\.$/) as string },
    ]);
  });

  it('is nobody’s failure when it names no package of ours, such as a template', async () => {
    expect((await run({ 'templates/package.json': '{ "name": <%= name %> }' })).failures).toEqual([]);
  });

  it('does not keep the others from being edited', async () => {
    const files = { 'a/package.json': '{"amazon-payments"', 'b/package.json': LEGACY };
    const { edits, failures } = await run(files, [info('a'), info('b')]);
    expect(failures.map(({ path }) => path)).toEqual(['a/package.json']);
    expect(edits.map(({ path }) => path)).toEqual(['b/package.json']);
  });
});
