import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderTables } from '../../src/catalog/render-tables';

const path = join(__dirname, '../../MIGRATION.md');

/** `UPDATE_TABLES=1` (npm run update-tables) writes the tables anew. */
it('MIGRATION.md says what the catalog says', () => {
  const guide = readFileSync(path, 'utf8');
  const rendered = renderTables(guide);
  if (process.env.UPDATE_TABLES === '1') writeFileSync(path, rendered);
  expect(readFileSync(path, 'utf8')).toBe(rendered);
});

it('every table has rows', () => {
  const guide = readFileSync(path, 'utf8');
  for (const name of ['operations', 'parameters', 'fields', 'states', 'errors', 'symbols', 'options', 'quotas']) {
    const table = new RegExp(`<!-- generated: ${name} -->\\n([\\s\\S]*?)<!-- end -->`).exec(guide)?.[1] ?? '';
    expect(table.split('\n').length).toBeGreaterThan(10);
  }
});
