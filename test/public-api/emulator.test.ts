import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** `amazon-pay-migrate/emulator` by the names under which it is imported. */
const root = resolve(__dirname, '../..');
const run = (args: readonly string[]): string => execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

const use = `
startEmulator({ httpsPort: false, seed: 'public' }).then(async (amazon) => {
  console.log(amazon.order(amazon.people.startOrderReference()).legacy);
  await amazon.close();
});`;

test('from CommonJS', () => {
  expect(run(['-e', `const { startEmulator } = require('amazon-pay-migrate/emulator');${use}`])).toBe('Draft\n');
});

test('from a module', () => {
  const source = `import { startEmulator } from 'amazon-pay-migrate/emulator';${use}`;
  expect(run(['--input-type=module', '-e', source])).toBe('Draft\n');
});

test('the redirect says what it lacks', () => {
  const env = { PATH: process.env['PATH'] };
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', 'amazon-pay-migrate/emulator/redirect', '-e', '0'],
    {
      cwd: root,
      env,
      encoding: 'utf8',
    },
  );
  expect(stderr).toContain('AMAZON_PAY_EMULATOR is not set');
  expect(status).not.toBe(0);
});
