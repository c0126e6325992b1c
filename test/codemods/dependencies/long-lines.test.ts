import type { FindingDraft } from '../../../codemods/codemod';
import { codemod } from '../../../codemods/dependencies';
import { findNamedPackages } from '../../../codemods/dependencies/find-named-packages';
import { languageOf } from '../run-codemod';

/** A bundle: one line of many thousand characters. Looking at all of it again at each name took minutes. */
const LONG = 4000;

const findingsIn = async (path: string, text: string): Promise<readonly FindingDraft[]> =>
  (await codemod.run({ files: [{ path, text, language: languageOf(path) }], packages: [], strategy: 'instead' }))
    .findings;

describe('lines of many thousand characters', () => {
  it('are no list of modules for a tool, however often they name one', async () => {
    expect(await findingsIn('dist/out.js', 'x="amazon-payments";'.repeat(LONG))).toEqual([]);
    const nested = { path: 'dist/out.js', text: 'a=function a(a[a{"amazon-payments"'.repeat(LONG) } as const;
    expect(
      findNamedPackages({ files: [{ ...nested, language: 'javascript' }], packages: [], strategy: 'instead' }, []),
    ).toEqual([]);
    expect(await findingsIn('dist/out.js', `${'aaaaaaaaaaaaaaaaaaaaaaaaa'.repeat(LONG)} 'amazon-payments'`)).toEqual(
      [],
    );
  });

  it('are listed once for each name where the file is of a tool', async () => {
    const found = await findingsIn('webpack.config.js', '"amazon-payments","amazon-pay-async",'.repeat(LONG));
    expect(found.map(({ legacy }) => legacy.name)).toEqual(['amazon-payments', 'amazon-pay-async']);
  });

  it('are read as far as a value may stand from its name', async () => {
    const text = `x();${'y();'.repeat(LONG)}build({ bundle: true, external: ['amazon-payments'] });`;
    expect(await findingsIn('build.js', `require('esbuild');${text}`)).toMatchObject([
      { rule: 'dependency/named-package' },
    ]);
  });

  it('are left after so many places that nobody writes by hand', async () => {
    const far = `${'f("amazon-payments");'.repeat(LONG)}require('esbuild').build({ external: ['amazon-payments'] });`;
    expect(await findingsIn('build.js', far)).toEqual([]);
  });

  it('hold commands that end where they end, whatever stands between their words', async () => {
    const gaps = `npm${' , '.repeat(40)}amazon-payments `;
    expect(await findingsIn('ci.yml', `run: ${gaps.repeat(100)}`)).toEqual([]);
    expect(await findingsIn('ci.yml', `run: npm${' , '.repeat(40)}install --a=b amazon-payments`)).toMatchObject([
      { rule: 'dependency/install-command' },
    ]);
    expect(await findingsIn('ci.yml', 'run: npm install; amazon-payments')).toEqual([]);
    expect(await findingsIn('ci.yml', 'run: npminstall install amazon-payments')).toEqual([]);
    expect(await findingsIn('ci.yml', 'run: npm install=amazon-payments')).toEqual([]);
  });

  it('are no worse than many lines in one list', async () => {
    const lines = `require('webpack')({ externals: {\n${"  'amazon-payments/lib': load((a) => [a]),\n".repeat(LONG)}} });`;
    const started = process.cpuUsage();
    expect(await findingsIn('build.js', lines)).not.toEqual([]);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(2);
  });

  it('may be the range of a dependency', async () => {
    const text = JSON.stringify({
      engines: { node: ' '.repeat(100_000) },
      dependencies: { '@amazonpay/amazon-pay-api-sdk-nodejs': ' '.repeat(100_000) },
    });
    expect(await findingsIn('package.json', text)).toEqual([]);
  });
});
