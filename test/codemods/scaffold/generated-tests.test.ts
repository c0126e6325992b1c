import { spawnSync } from 'node:child_process';
import { scaffoldProject } from './scaffold-project';
import { shops } from './shops';

const subscription = {
  'subscriptions.js': '// client.offAmazonPayments.confirmBillingAgreement({ AmazonBillingAgreementId: id })\n',
};

const projects = {
  'in CommonJS': shops['express']?.files ?? {},
  'with ES modules, tabs and no semicolons': shops['express with ES modules, tabs and no semicolons']?.files ?? {},
  'with subscriptions': { ...shops['http']?.files, ...subscription },
};

/** The tests that come with the scaffold pass as soon as the SDK is there. */
it.each(Object.entries(projects))('%s: the emitted tests pass', async (name, files) => {
  const project = await scaffoldProject(files);
  try {
    const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap'], {
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
