import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { operations, rules } from '../../src/catalog';
import { renderOperationsPage } from '../../src/cli/explain/operations-page';
import { renderRulePages } from '../../src/cli/explain/rule-pages';

const root = resolve(__dirname, '../..');

const pages = new Map([
  ...renderRulePages(Object.values(rules)),
  ['docs/operations.md', renderOperationsPage(Object.values(operations))],
]);

function listFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    return statSync(join(root, path)).isDirectory() ? listFiles(path) : [path];
  });
}

/** `UPDATE_TABLES=1` (npm run update-tables) writes the pages anew, and removes those of rules that are gone. */
if (process.env.UPDATE_TABLES === '1') {
  rmSync(join(root, 'docs/rules'), { recursive: true, force: true });
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

it('there is a page for every rule, and none for a rule that is gone', () => {
  expect(listFiles('docs/rules').sort()).toEqual([...pages.keys()].filter((path) => path.includes('/rules/')).sort());
});

it.each([...pages])('%s says what the catalog says', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

it.each([...pages])('%s links to what is there', (path, text) => {
  // Examples hold brackets of their own.
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  const links = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
  const broken = links.filter((target) => !existsSync(join(root, dirname(path), target)));
  expect(broken).toEqual([]);
});

it('the package carries the pages', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
  expect(manifest.files).toContain('docs');
});
