import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../src/engine/run';
import { runCli } from './run-cli';
import { createFolder } from './temporary-folder';

const shop = {
  'pay.js': "module.exports = require('amazon-payments').connect({});\n",
  'use.js': "require('./pay').offAmazonPayments.capture({ AmazonAuthorizationId: id }, done);\n",
  'other.js': 'f();\n',
};

function audit(cwd: string, ...args: string[]): Run {
  const { code, stdout, stderr } = runCli(['audit', '--json', '--quiet', ...args], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { ...(JSON.parse(stdout) as Run), startedAt: '', durationMs: 0 };
}

it('--cache says what an audit without it says, the first time and the next', () => {
  const cwd = createFolder(shop);
  const expected = audit(cwd);
  expect(expected.findings.length).toBeGreaterThan(0);
  expect(audit(cwd, '--cache')).toEqual(expected);
  expect(audit(cwd, '--cache')).toEqual(expected);
  expect(existsSync(join(cwd, 'node_modules/.cache/amazon-pay-migrate/audit.cache'))).toBe(true);
});

it('--cache refuses a name that is a folder, and says where the folder of the project goes', () => {
  const { code, stderr } = runCli(['audit', '--cache', 'shop'], { cwd: createFolder({ 'shop/a.js': '' }) });
  expect(code).toBe(2);
  expect(stderr).toContain('--cache shop: this is a folder');
});
