import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { scaffold, scaffoldProject, typescriptPreload } from './scaffold-project';
import { shops } from './shops';

const subscription = {
  'subscriptions.js': '// client.offAmazonPayments.confirmBillingAgreement({ AmazonBillingAgreementId: id })\n',
};

const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries(Object.entries(shops).map(([name, { files }]) => [name, files])),
  'with subscriptions': { ...shops['http']?.files, ...subscription },
};

/** The tests that come with the scaffold pass as soon as the SDK is there. */
it.each(Object.entries(projects))('%s: the emitted tests pass', async (name, files) => {
  const project = await scaffoldProject(files);
  try {
    const isTyped = Object.keys(files).some((path) => path.endsWith('.ts'));
    const preload = isTyped ? ['--require', typescriptPreload] : [];
    const path = findTest(project.directory);
    const { status, stdout } = spawnSync(process.execPath, [...preload, '--test', '--test-reporter=tap', path], {
      cwd: project.directory,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    const isRecurring = name === 'with subscriptions';
    expect(stdout).toContain(`# pass ${isRecurring ? 15 : 12}\n`);
    expect(stdout).toContain('# fail 0\n');
    expect(status).toBe(0);
  } finally {
    project.remove();
  }
});

it.each([
  ['express', 'amazon-pay/checkout-flow.test.mjs', './checkout-flow.js'],
  ['express with ES modules, tabs and no semicolons', 'src/amazon-pay/checkout-flow.test.js', './checkout-flow.js'],
])('%s: where vitest runs the tests, they are of vitest, in a module that can load it', async (name, path, flow) => {
  const files = shops[name]?.files ?? {};
  const workspace = { name: 'root', workspaces: ['shop'], dependencies: { vitest: '^2.1.0' } };
  const inWorkspace = Object.fromEntries(Object.entries(files).map(([file, text]) => [`shop/${file}`, text]));
  const migrated = await scaffold({ 'package.json': JSON.stringify(workspace), ...inWorkspace });
  const text = migrated.files.get(`shop/${path}`) ?? '';
  expect(text).toMatch(/^import \{ test \} from ['"]vitest['"];?$/m);
  expect(text).toMatch(new RegExp(`^import \\{ createCheckout \\} from ['"]${flow.replace(/\./g, '\\.')}['"];?$`, 'm'));
  expect(text).not.toMatch(/node:test|require\(/);
});

/** The test that the scaffold wrote, wherever that is. */
function findTest(directory: string): string {
  const found = readdirSync(directory, { recursive: true, encoding: 'utf8' }).find(
    (path) => !path.includes('node_modules') && /checkout-flow\.test\.[cm]?[jt]s$/.test(path),
  );
  return join(directory, found ?? 'no test was written');
}
