import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfiguration } from '../../../src/proxy/configuration/load-configuration';

test('the configuration that the README shows is one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-readme-'));
  const readme = readFileSync(resolve(__dirname, '../../../README.md'), 'utf8');
  const [, shown = ''] = /```jsonc\n(.*?)```/s.exec(readme) ?? [];
  writeFileSync(join(folder, 'proxy.jsonc'), shown);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const secret = 'a secret of the tests, long enough to be one';
  const { settings } = loadConfiguration(join(folder, 'proxy.jsonc'), {
    PROXY_LEGACY_SECRET: secret,
    PROXY_MIGRATED_SECRET: secret,
  });
  expect(settings).toMatchObject({
    store: { driver: 'sqlite' },
    receive: { port: 8080 },
    deliver: { legacy: { secret }, migrated: { v1Messages: 'as-v2' } },
    amazon: { region: 'eu', quotaShare: 0.5 },
  });
  rmSync(folder, { recursive: true });
});
