import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { settingsReference } from './settings-reference';

const page = resolve(__dirname, '../../../docs/proxy/configuration.md');
const MARK = '<!-- The tables are made of src/proxy/*/settings.ts by: npm run update-tables -->';

test('the page about the configuration names every setting, its values and its default', () => {
  const old = readFileSync(page, 'utf8');
  const [intro] = old.split(MARK);
  const current = `${intro}${MARK}\n\n${settingsReference()}`;
  if (process.env['UPDATE_TABLES'] !== undefined) writeFileSync(page, current);
  expect(readFileSync(page, 'utf8')).toBe(current);
});
