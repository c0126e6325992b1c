import { join } from 'node:path';
import type { Codemod, CodemodInput } from '../../../codemods/codemod';
import { analyseClients } from '../../../codemods/node-client/analyse-clients';
import { codemod as nodeClient } from '../../../codemods/node-client';
import { codemod as rawMws } from '../../../codemods/raw-mws';
import { parseScript } from '../../../codemods/typed-program/parse-script';
import { languageOf, migrateTexts, readTree } from '../run-codemod';

const fixture = (path: string): Map<string, string> =>
  readTree(join(__dirname, '../../../fixtures/codemods', path, 'input'));

it('gives all who parse the same text of a file the same tree, and another text another one', () => {
  const tree = parseScript('a.js', 'f();');
  expect(parseScript('a.js', 'f();')).toBe(tree);
  expect(parseScript('b.js', 'f();')).not.toBe(tree);
  expect(parseScript('a.js', 'g();')).not.toBe(tree);
});

it('reads `await` at the top of a module that loads nothing', () => {
  const [statement] = parseScript('a.mjs', 'await [pay];').statements;
  expect(statement?.getText()).toBe('await [pay];');
});

const cases: readonly [string, Codemod][] = [
  ['ipn-handler/express-xml2js-callback', nodeClient],
  ['ipn-handler/layers-in-typescript', nodeClient],
  ['node-client/class-injection', nodeClient],
  ['raw-mws/certain-requests', rawMws],
];

// A crash on one file makes a codemod run again over the trees of all others.
it.each(cases)('%s: a second run over the same trees does the same', async (path, codemod) => {
  const files = fixture(path);
  const first = await migrateTexts(codemod, files);
  expect(first.edits).not.toEqual([]);
  expect(await migrateTexts(codemod, files)).toEqual(first);
});

it('types the clients once for all codemods that are given the same files', () => {
  const files = [...fixture('node-client/class-injection')].map(([path, text]) => ({
    path,
    text,
    language: languageOf(path),
  }));
  const input: CodemodInput = { files, packages: [], strategy: 'instead' };
  const analysis = analyseClients(input);
  expect(analyseClients({ ...input, files: [...files] })).toBe(analysis);
  expect(analyseClients({ ...input, files: files.slice(0, -1) })).not.toBe(analysis);
  expect(analyseClients({ ...input, strategy: 'beside' })).not.toBe(analysis);
});
