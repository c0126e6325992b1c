import { join, resolve } from 'node:path';
import { runEngine } from '../../src/engine/engine';
import type { EngineOptions } from '../../src/engine/outcome';
import type { Run } from '../../src/engine/run';
import { mergeRuns } from '../../src/report/merge-runs';
import { auditOptions, createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

const audit = async (root: string, more: Partial<EngineOptions> = {}): Promise<Run> =>
  (await runEngine({ ...auditOptions, root, ...more })).run;

const filesOf = ({ findings }: Run): string[] => [...new Set(findings.map(({ file }) => file))].sort();

const shop = {
  'package.json': '{"name":"shop","dependencies":{"amazon-payments":"^0.2.9"}}',
  'pay.js': "module.exports = require('amazon-payments').connect({});\n",
  'use.js': "const pay = require('./pay');\npay.offAmazonPayments.capture({ AmazonAuthorizationId: id }, done);\n",
  'through.js': "const pay = require('./pay');\nmodule.exports = (api) => pay[api];\n",
  'other.js': 'f();\n',
  'old.php': '<?php $client = new OffAmazonPaymentsService_Client($config);\n',
};

describe('what has changed', () => {
  it('is reported as in a whole audit, with what it uses, and nothing else', async () => {
    const root = createFolder(shop);
    const whole = await audit(root);
    const part = await audit(root, { scope: { changed: { since: 'main', paths: ['use.js', 'gone.js', 'other.js'] } } });
    expect(filesOf(part)).toEqual(['use.js']);
    expect({ whole: whole.scope, part: part.scope }).toEqual({ part: [{ folder: '', since: 'main' }] });
    expect(part.findings).toEqual(whole.findings.filter(({ file }) => file === 'use.js'));
    expect(part.files).toEqual(whole.files.filter(({ path }) => path === 'use.js'));
    expect(part.summary).toMatchObject({
      files: { scanned: 2, analysed: 1 },
      findings: { total: part.findings.length },
    });
  });

  it('loads no codemod when nothing of it has to do with legacy code', async () => {
    const analysed: string[] = [];
    const onProgress: EngineOptions['onProgress'] = (event) => {
      if (event.phase === 'analysing') analysed.push(event.codemod);
    };
    const { findings } = await audit(createFolder(shop), {
      scope: { changed: { since: 'main', paths: ['other.js'] } },
      onProgress,
    });
    expect({ findings, analysed }).toEqual({ findings: [], analysed: [] });
  });
});

describe('the shares of a project', () => {
  const shops = resolve(__dirname, '../../fixtures');
  it.each(['shop', 'browser-shop'])('say together what an audit of fixtures/%s says', async (name) => {
    const root = join(shops, name);
    const whole = await audit(root);
    const shares: Run[] = [];
    for (const index of [1, 2, 3]) shares.push(await audit(root, { scope: { shard: { index, count: 3 } } }));
    const findings = shares.flatMap((share) => share.findings);
    const key = (finding: Run['findings'][number]): string => JSON.stringify(finding);
    expect(findings.map(key).sort()).toEqual(whole.findings.map(key).sort());
    const [first, ...others] = shares;
    if (first === undefined) throw new Error('no share');
    const merged = mergeRuns([first, ...others]);
    expect(merged.findings.map(key).sort()).toEqual(whole.findings.map(key).sort());
    expect(first.scope).toEqual([{ folder: '', shard: { index: 1, count: 3 } }]);
    expect(merged.scope).toBeUndefined();
    expect(merged.files).toEqual(whole.files);
    expect(merged.summary.files).toEqual(whole.summary.files);
    expect(merged.summary.findings).toEqual(whole.summary.findings);
  });

  it('leave packages whole, and are the same in every run', async () => {
    const root = createFolder({
      ...Object.fromEntries(Object.entries(shop).map(([path, text]) => [`packages/a/${path}`, text])),
      ...Object.fromEntries(Object.entries(shop).map(([path, text]) => [`packages/b/${path}`, text])),
      ...Object.fromEntries(Object.entries(shop).map(([path, text]) => [`packages/c/${path}`, text])),
    });
    const shares = await Promise.all([1, 2].map((index) => audit(root, { scope: { shard: { index, count: 2 } } })));
    const packagesOf = (run: Run): string[] => [...new Set(filesOf(run).map((file) => file.split('/')[1] ?? ''))];
    const all = shares.flatMap(packagesOf);
    expect([...all].sort()).toEqual(['a', 'b', 'c']);
  });
});
